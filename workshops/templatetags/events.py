"""Live rows in pages: the panel of an event, the next events, the steps of formation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.dates import era_year, japanese_date, japanese_time, jst, weekday
from cms.templatetags.design import is_sample, tel
from workshops.actions.registrations import is_open
from workshops.enums import StepState, Unit
from workshops.models import Event, EventPage, FormationStep, Occurrence, Registration
from workshops.queries import Seats, next_occurrences, seats_left_words, seats_of

register = template.Library()

#: So many occurrences stand in the panel; the rest are counted.
SHOWN = 12
#: Windows are drawn up to this capacity; more would only be a pattern.
WINDOWS = 24
STEP_CSS = {StepState.DONE: "done", StepState.UNDER_WAY: "now", StepState.PLANNED: "todo"}

register.simple_tag(next_occurrences, name="next_events")


@register.filter
def moment(at: dt.datetime) -> str:
    """「12月17日（木）17時」."""
    return f"{japanese_date(jst(at).date())}{japanese_time(at)}"


@register.filter
def years(day: dt.date) -> str:
    """「令和8年（2026年）」, beside a plate that shows month and day."""
    return f"{era_year(day)}（{day.year}年）"


@register.filter
def veiled(email: str) -> str:
    """An address that its owner recognises: na…@example.jp."""
    name, _at, domain = email.partition("@")
    return f"{name[:2]}…@{domain}"


@register.simple_tag
def event_phone(number: str) -> SafeString:
    """A number to call; a sample is drawn without a link."""
    if not number or is_sample(number):
        return format_html('<span class="nb">{}</span>', number)
    return format_html('<a class="nb" href="tel:{}">{}</a>', tel(number), number)


@register.inclusion_tag("workshops/public/date_plate.html")
def date_plate(occurrence: Occurrence) -> dict[str, Any]:
    """The square with month, day and weekday."""
    return plate(occurrence)


def plate(occurrence: Occurrence) -> dict[str, Any]:
    """Month, day and weekday of the first day."""
    day = occurrence.starts_on
    return {"month": f"{day.month}月", "day": day.day, "weekday": f"（{weekday(day)}）"}


@register.inclusion_tag("components/event_card.html")
def event_card(occurrence: Occurrence, level: int = 3) -> dict[str, Any]:
    """A card of one occurrence; needs `event` selected."""
    event = occurrence.event
    seats = seats_of(occurrence)
    return {
        "href": f"/events/{event.slug}/",
        "title": event.title,
        "time": occurrence.hours if occurrence.starts_on == occurrence.ends_on else occurrence.days,
        "place": event.venue_name or (event.get_format_display() if event.format != "venue" else ""),
        "seats_state": seats.window,
        "seats_text": seats.words,
        "tags": [str(event.get_kind_display())],
        "level": level,
        **plate(occurrence),
    }


@register.inclusion_tag("workshops/public/event_panel.html")
def event_panel(page: EventPage, css: str = "") -> dict[str, Any]:
    """Dates, seats and the button of the event that a page speaks of; on a copy nothing."""
    event = page.event
    if event is None:
        return {"event": None}
    coming = list(event.occurrences.upcoming().select_related("event"))
    shown = coming or list(event.occurrences.select_related("event").order_by("-starts_at")[:1])
    return {
        "event": event,
        "css": css,
        "rows": [panel_row(occurrence) for occurrence in shown[:SHOWN]],
        "more": max(len(shown) - SHOWN, 0),
        "can_register": any(is_open(occurrence) and not occurrence.is_cancelled for occurrence in coming),
        "all_full": bool(coming) and all(occurrence.is_full for occurrence in coming),
        "closes_at": max((occurrence.closes_at for occurrence in coming), default=None),
        "result": getattr(event, "result", None) if not coming else None,
    }


def panel_row(occurrence: Occurrence) -> dict[str, Any]:
    """One occurrence in the panel."""
    seats: Seats = seats_of(occurrence)
    counted = occurrence.event.takes_registrations and occurrence.capacity and not occurrence.is_over
    lit = min(occurrence.taken, occurrence.capacity or 0)
    drawn = counted and occurrence.capacity is not None and occurrence.capacity <= WINDOWS
    return {
        "occurrence": occurrence,
        "seats": seats,
        "counted": counted and not occurrence.is_cancelled,
        "windows": ["on"] * lit + ["off"] * (occurrence.capacity - lit) if drawn and occurrence.capacity else [],
        "left": seats_left_words(occurrence) if counted else "",
    }


@register.simple_tag
def event_of(page: EventPage) -> Event | None:
    """The event a page speaks of."""
    return page.event


@register.inclusion_tag("workshops/staff/event_facts.html")
def event_facts(page: EventPage | None) -> dict[str, Any]:
    """For the page editor: dates and seats, read-only, or that the page is linked with no registration."""
    event = page.event if page is not None and page.pk else None
    rows = event.occurrences.select_related("event") if event else []
    return {"event": event, "rows": rows, "is_new": page is None or page.pk is None}


@register.simple_tag
def person_count(number: int | None) -> str:
    """「3人」."""
    return ngettext("%(number)d person", "%(number)d people", number or 0) % {"number": number or 0}


@register.simple_tag
def registration_size(registration: Registration) -> str:
    """「3人」, and the seats where they are counted in another unit: 「1組3人」."""
    people = person_count(registration.party_size)
    event = registration.occurrence.event
    if event.unit == Unit.PERSON:
        return people
    return f"{registration.seats}{event.get_unit_display()}{people}"


@register.simple_tag
def registration_people(registration: Registration) -> str:
    """The names of those who come, as one calls them."""
    return "、".join(_("Mr or Ms %(name)s") % {"name": name} for name in registration.people)


@register.simple_tag
def formation_steps() -> SafeString | str:
    """The steps of forming the partnership on the thread; "" when there are none."""
    steps = [{"step": step, "css": STEP_CSS[StepState(step.state)]} for step in FormationStep.objects.all()]
    if not steps:
        return ""
    return SafeString(render_to_string("workshops/public/formation_steps.html", {"steps": steps}))
