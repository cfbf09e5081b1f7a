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
from workshops.enums import Access, StepState, Unit
from workshops.models import Event, EventPage, FormationStep, Occurrence, Registration
from workshops.queries.events import FREE, next_occurrences, seats_of

register = template.Library()

#: Facts of access that stand on a card, at most so many.
ON_CARDS = (Access.WHEELCHAIR, Access.CAPTIONS, Access.SIGN, Access.CHILDCARE, Access.QUIET, Access.CAMERA_OFF)
EASIER_SHOWN = 2
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
        "tags": card_tags(event),
        "gone": occurrence.is_cancelled or occurrence.is_postponed,
        "level": level,
        **plate(occurrence),
    }


def card_tags(event: Event) -> list[str]:
    """What decides whether somebody comes, in a few words: what it is, free of charge, what makes it easier."""
    easier = [str(Access(code).label) for code in event.access_facts if code in ON_CARDS]
    free = [_("Free of charge")] if event.fee_text.startswith(FREE) else []
    return [str(event.get_kind_display()), *free, *easier[:EASIER_SHOWN]]


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
