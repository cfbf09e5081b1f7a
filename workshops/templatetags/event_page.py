"""The page of an event: its panel of dates and seats, the programme, what follows afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.dates import japanese_date, japanese_time, jst
from workshops.actions.registrations import is_open
from workshops.enums import Access, CapacityPolicy, Target
from workshops.models import Event, EventPage, Occurrence, Part, Session
from workshops.queries.events import Seats, next_occurrences, seats_left_words, seats_of

register = template.Library()

#: So many dates stand in the panel; the rest are counted.
SHOWN = 12
#: Windows are drawn up to this capacity; more would only be a pattern.
WINDOWS = 24
NEXT_STEPS = 3
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ICONS = {
    Access.WHEELCHAIR: "wheelchair",
    Access.TOILET: "wheelchair",
    Access.CAPTIONS: "document",
    Access.SIGN: "hands",
    Access.WRITING: "pen",
    Access.CHILDCARE: "child",
    Access.NURSING: "child",
    Access.PARKING: "pin",
    Access.QUIET: "quiet",
    Access.CAMERA_OFF: "no-face",
}


@dataclass(frozen=True)
class WayLine:
    """The seats of one way to take part, in words."""

    label: str
    window: str
    words: str


@dataclass(frozen=True)
class DateRow:
    """One date in the panel."""

    occurrence: Occurrence
    seats: Seats
    windows: list[str]
    left: str
    counted: bool
    ways: list[WayLine]
    note: str  # moved, put off, called off: a sentence; "" when it is as it was


@register.inclusion_tag("workshops/public/event_panel.html")
def event_panel(page: EventPage, css: str = "") -> dict[str, Any]:
    """Dates, seats and the button of the event that a page speaks of; on a copy nothing."""
    event = page.event
    if event is None:
        return {"event": None}
    coming = list(event.occurrences.upcoming().select_related("event"))
    shown = coming or list(event.occurrences.select_related("event").order_by("-starts_at")[:1])
    rows = [date_row(occurrence) for occurrence in shown[:SHOWN]]
    open_ones = [each for each in coming if is_open(each) and not each.is_cancelled and not each.is_postponed]
    return {
        "event": event,
        "css": css,
        "first": rows[0] if rows else None,
        "others": rows[1:],
        "more": max(len(shown) - SHOWN, 0),
        "can_register": bool(open_ones),
        "can_wait": any(each.has_room_to_wait for each in open_ones),
        "all_full": bool(open_ones) and all(each.is_full for each in open_ones),
        "closes_at": max((each.closes_at for each in open_ones), default=None),
        "result": getattr(event, "result", None) if not coming else None,
    }


def date_row(occurrence: Occurrence) -> DateRow:
    """One date: a window a seat where they can be counted at a glance."""
    event, parts = occurrence.event, occurrence.parts
    counted = bool(event.takes_registrations and not occurrence.is_over and not _does_not_stand(occurrence))
    single = parts[0] if len(parts) == 1 else None
    drawn = counted and single is not None and _can_be_drawn(single)
    return DateRow(
        occurrence=occurrence,
        seats=seats_of(occurrence),
        windows=_windows(single) if drawn and single else [],
        left=seats_left_words(occurrence) if counted and single and single.capacity and not single.is_full else "",
        counted=counted and single is not None and bool(single.capacity),
        ways=[_way_line(part, event) for part in parts] if counted and single is None else [],
        note=_note(occurrence),
    )


def _does_not_stand(occurrence: Occurrence) -> bool:
    return occurrence.is_cancelled or occurrence.is_postponed


def _can_be_drawn(part: Part) -> bool:
    return part.policy != CapacityPolicy.SOFT and part.capacity is not None and 0 < part.capacity <= WINDOWS


def _windows(part: Part) -> list[str]:
    lit = min(part.taken, part.capacity or 0)
    return ["on"] * lit + ["off"] * ((part.capacity or 0) - lit)


def _way_line(part: Part, event: Event) -> WayLine:
    """「会場　あと3組」「画面　申し込めます」「会場　満席（キャンセル待ちできます）」."""
    if part.is_full:
        words = _("Full; one can wait for a seat") if part.has_room_to_wait else _("Full")
        return WayLine(str(part.way.label), "full", words)
    if part.seats_left is None or part.policy == CapacityPolicy.SOFT:
        return WayLine(str(part.way.label), "on", _("You can register"))
    words = _("%(left)d %(unit)s left of %(capacity)d") % {
        "left": part.seats_left, "unit": event.get_unit_display(), "capacity": part.capacity,
    }  # fmt: skip
    return WayLine(str(part.way.label), "on", words)


def _note(occurrence: Occurrence) -> str:
    """What changed about this date, in a sentence."""
    if occurrence.is_cancelled:
        return "" if occurrence.event.is_cancelled else _("This date does not take place.")
    if occurrence.is_postponed:
        return _("It is put off. The new day will stand here as soon as it is known.")
    if occurrence.moved_from and not occurrence.is_over:
        was = jst(occurrence.moved_from)
        return _("Day or time has changed. It was to be on %(day)s at %(time)s.") % {
            "day": japanese_date(was.date()), "time": japanese_time(was),
        }  # fmt: skip
    return ""


@register.simple_tag
def programme_of(event: Event) -> list[Session]:
    """The parts of the programme with their speakers. Two queries."""
    return list(event.sessions.prefetch_related("speakers"))


@register.filter
def numbered(lines: list[str]) -> list[tuple[str, str]]:
    """①, ②, … beside each line."""
    return [(CIRCLED[place] if place < len(CIRCLED) else f"({place + 1})", line) for place, line in enumerate(lines)]


@register.simple_tag
def access_chips(event: Event | None) -> list[dict[str, str]]:
    """What makes coming possible, each with its icon, in the order of the list; nothing on a copy without an event."""
    if event is None:
        return []
    return [{"icon": ICONS[code], "text": str(code.label)} for code in Access if code.value in event.access_facts]


@register.filter
def lines(text: str) -> list[str]:
    """A text line by line, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.simple_tag
def is_over(event: Event) -> bool:
    """No date is to come. An event that has no date yet is not over."""
    dates = list(event.occurrences.select_related("event"))
    return bool(dates) and all(date.is_over for date in dates)


@register.simple_tag
def next_steps(event: Event) -> list[Occurrence]:
    """What one may come to next: of the same kind or host first, else anything soon. Never the event itself."""
    found: dict[int, Occurrence] = {}
    for occurrence in next_occurrences(60):
        if occurrence.event_id != event.pk:
            found.setdefault(occurrence.event_id, occurrence)
    alike = [each for each in found.values() if each.event.kind == event.kind or each.event.host_id == event.host_id]
    return (alike or list(found.values()))[:NEXT_STEPS]


@register.filter
def target_labels(event: Event) -> list[str]:
    """Whom it is meant for, in words."""
    return [str(code.label) for code in Target if code.value in event.targets]
