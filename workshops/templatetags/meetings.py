"""Meetings in templates: the weekday on a date plate, and what residents may know of a body's meetings."""

from __future__ import annotations

from typing import Any

from django import template

from cms.dates import weekday
from directory.models import Body
from workshops.queries.meetings import public_meetings

register = template.Library()
register.filter("weekday_sign", weekday)


@register.inclusion_tag("workshops/components/public_meetings.html")
def meetings_of_body(body: Body) -> dict[str, Any]:
    """``{% meetings_of_body body %}``: day, title and press of meetings that are named in public; else nothing."""
    return {"held": list(public_meetings(body))}
