"""Meetings in templates: the weekday on a date plate, and what residents may know of a body's meetings."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import ngettext

from cms.dates import weekday
from directory.models import Body
from workshops.queries.meetings import public_meetings

register = template.Library()
register.filter("weekday_sign", weekday)


@register.filter
def short_date(day: str) -> str:
    """「2025/5/11」 of a date as exactly as it is known, for the head of a column."""
    return "/".join(str(int(part)) for part in day.split("-") if part)


@register.simple_tag
def minutes_long(number: int) -> str:
    """「20分」."""
    return ngettext("%(number)d minute", "%(number)d minutes", number) % {"number": number}


@register.inclusion_tag("workshops/components/public_meetings.html")
def meetings_of_body(body: Body) -> dict[str, Any]:
    """``{% meetings_of_body body %}``: day, title and press of meetings that are named in public; else nothing.

    Those whose summary residents may read lead to it.
    """
    return {"held": list(public_meetings(body))}
