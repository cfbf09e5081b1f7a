"""Filters that say dates and times in Japanese."""

from django import template

from cms import dates

register = template.Library()
register.filter("japanese_date", dates.japanese_date)
register.filter("japanese_date_with_year", dates.japanese_date_with_year)
register.filter("japanese_date_long", dates.japanese_date_long)
register.filter("japanese_time", dates.japanese_time)
register.filter("near_words", dates.near_words)
register.filter("era_year", dates.era_year)
register.filter("fiscal_year", dates.fiscal_year)
register.filter("jst", dates.jst)
