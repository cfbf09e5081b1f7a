"""居場所 in templates: the window and its words, dates as they are said, chips."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms import dates
from directory.enums import PLACE_FACT_ICONS, PlaceFact
from directory.hours import Light, closes_words, opens_words
from directory.hours.wording import day_word, span_words
from directory.queries.places import PlaceAt, PlaceFilters, When
from home.queries.places import find_places

register = template.Library()

MOST_FIGURES = 8  # more people are told by the words alone
CHIPS = 3


def minutes(moment: dt.datetime) -> int:
    """Minutes from its midnight."""
    return moment.hour * 60 + moment.minute


def times_of(when: When) -> str:
    """「13時～16時」「13時から」「終日」."""
    if when.all_day:
        return _("all day")
    if when.end is None or when.end == when.start:
        return _("from %(start)s") % {"start": span_words(minutes(when.start), minutes(when.start) + 60).split("～")[0]}
    return span_words(minutes(when.start), minutes(when.end))


@register.filter
def when_words(when: When, at: dt.datetime) -> SafeString:
    """``{{ when|when_words:item.at }}``: 「あす（月）13時～16時」; a line may break between the day and the time."""
    day = at.date() if when.start <= at and when.title else when.start.date()
    return format_html(
        '<span class="nb">{}</span> <span class="nb">{}</span>', day_word(day, at.date()), times_of(when)
    )


def state_words(item: PlaceAt) -> tuple[str, str]:
    """The bold words and the small ones beside the window."""
    state, at = item.state, item.at
    if item.is_open and state is not None:
        if state.until is None:
            return _("Open day and night"), ""
        small = _("until %(when)s") % {"when": closes_words(state.until, at)}
        return (_("Closes soon") if state.light is Light.SOON else _("Open now")), small
    if not item.dates:
        return _("Please ask when it is open"), ""
    first = item.dates[0]
    small = first.title or (
        _("until %(when)s") % {"when": span_words(0, minutes(first.end)).split("～")[-1]} if first.end else ""
    )
    if first.start <= at:
        return _("Going on now"), small
    if first.start.date() == at.date():
        return _("Still to come today"), f"{day_word(at.date(), at.date())} {times_of(first)}"
    return _("Next: %(when)s") % {"when": opens_words(first.start, at)}, small


@register.inclusion_tag("components/status.html")
def place_status(item: PlaceAt) -> dict[str, Any]:
    """``{% place_status item %}``: window, state in words, until when."""
    words, small = state_words(item)
    return {"state": item.light.value, "text": words, "detail": small}


@register.inclusion_tag("home/public/place_card.html")
def place_card(item: PlaceAt, level: int = 3) -> dict[str, Any]:
    """``{% place_card item %}``: a place in the list, with its first visit and its next dates."""
    return {"item": item, "place": item.place, "level": level, "below": level + 1}


@register.inclusion_tag("home/public/place_lines.html", takes_context=True)
def place_lines(context: template.Context, limit: int = 3) -> dict[str, Any]:
    """``{% place_lines 3 %}``: the places one can go to soonest, a line each; nothing while none is listed."""
    found = find_places(PlaceFilters(), dates.now(), user=getattr(context.get("request"), "user", None))
    return {"rows": [(item, *state_words(item)) for item in found.items[:limit]], "total": found.total}


@register.inclusion_tag("home/public/place_people.html")
def people_figures(place: Any) -> dict[str, Any]:
    """``{% people_figures place %}``: who is always there, and who may come; the words say the same."""
    sure, most = place.crowd_from or 0, place.crowd_to or place.crowd_from or 0
    shown = min(most, MOST_FIGURES)
    return {"sure": range(min(sure, shown)), "maybe": range(max(0, shown - sure))}


@register.filter
def fact_icon(fact: PlaceFact) -> str:
    """The icon of a fact."""
    return PLACE_FACT_ICONS[fact]


@register.filter
def first_facts(place: Any) -> list[PlaceFact]:
    """The facts of a card; its page has all."""
    facts: list[PlaceFact] = place.facts
    return facts[:CHIPS]
