"""Events as tables made of data: 時期｜団体｜概要｜効果, and one event as 時期｜対象者｜内容 (Ichihara's report)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Max, Min, QuerySet, Sum
from django.utils.translation import gettext as _

from cms.dates import today
from workshops.enums import Purpose
from workshops.models import Event, EventPage, EventResult
from workshops.templatetags.event_page import numbered

register = template.Library()


@dataclass(frozen=True)
class Line:
    """One event in the table. An unknown cell is ""; no figure is made up."""

    title: str
    url: str
    when: str
    host: str
    what: str
    effects: list[str]


def slashed(day: dt.date) -> str:
    """2022/12/11."""
    return f"{day.year}/{day.month}/{day.day}"


def when(first: dt.date, last: dt.date) -> str:
    """One day, or the first and the last of several."""
    return slashed(first) if first == last else f"{slashed(first)}～{slashed(last)}"


def held(purpose: str, year: int | None) -> QuerySet[Event]:
    """Public events of that purpose that have taken place, in their order. One query with host and result."""
    found = (
        Event.objects.public()
        .filter(purpose=purpose)
        .annotate(first=Min("occurrences__starts_on"), last=Max("occurrences__ends_on"))
        .annotate(room=Sum("occurrences__capacity"))
        .filter(last__lt=today())
    )
    if year:
        found = found.filter(first__gte=dt.date(year, 4, 1), first__lt=dt.date(year + 1, 4, 1))
    return found.defer("source_row").select_related("host", "result").order_by("first", "pk")


def effects(result: EventResult | None, capacity: int | None, unit: str) -> list[str]:
    """「4組が参加」, or 「定員40人に対し60人が参加」 when more came than there were seats; then what came of it in words."""
    if result is None:
        return []
    words = [line.strip() for line in result.effect.splitlines() if line.strip()]
    if result.attended is None:
        return words
    number = f"{result.attended}{result.get_unit_display()}"
    if any(number in each for each in words):
        return words  # somebody has written the figure into the sentence
    told = {"capacity": capacity, "attended": result.attended, "unit": result.get_unit_display()}
    if capacity is not None and result.unit == unit and result.attended > capacity:
        return [_("%(attended)d %(unit)s came, for %(capacity)d %(unit)s") % told, *words]
    return [_("%(attended)d %(unit)s came") % told, *words]


def line(event: Any) -> Line:
    """An event of `held`."""
    result = getattr(event, "result", None)
    return Line(
        title=event.title,
        url=f"/events/{event.slug}/",
        when=when(event.first, event.last),
        host=event.host_name,
        what=event.summary,
        effects=effects(result, event.room, event.unit),
    )


@register.inclusion_tag("workshops/components/event_table.html")
def event_table(purpose: str, caption: str = "", year: int | None = None) -> dict[str, Any]:
    """``{% event_table "trial" "官民連携モデル事業" 2022 %}``: the events beside each other; nothing when there are none."""
    rows = [line(event) for event in held(purpose, year)]
    label = str(Purpose(purpose).label) if purpose in Purpose.values else ""
    return {"rows": rows, "caption": caption or label, "purpose": label}


@register.inclusion_tag("workshops/components/event_outline.html")
def event_outline(page: EventPage | None) -> dict[str, Any]:
    """One event in short: when, for whom, what with sub-themes and speakers."""
    event = page.event if page is not None and page.live else None
    if event is None:
        return {"event": None}
    days = event.occurrences.aggregate(first=Min("starts_on"), last=Max("ends_on"))
    return {
        "event": event,
        "when": when(days["first"], days["last"]) if days["first"] else "",
        "lines": [text for session in event.sessions.prefetch_related("speakers") for text in session_lines(session)],
    }


def session_lines(session: Any) -> list[str]:
    """「トークセッション…」「小テーマ①…」「野沢氏（植草学園大学）、…」."""
    themes = [_("Sub-theme %(number)s") % {"number": number} + text for number, text in numbered(session.subthemes)]
    people = [str(each) + (f"（{each.affiliation}）" if each.affiliation else "") for each in session.speakers.all()]
    return [session.title, *themes, *(["、".join(people)] if people else [])]
