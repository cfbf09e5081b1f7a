"""Make, change, call off events, and lay the draft of their page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms import audit, outbox
from workshops.actions.capacity import BelowTaken, change_capacity
from workshops.actions.registrations import KEPT_FOR, mail_words
from workshops.enums import EventStatus
from workshops.models import Event, EventIndexPage, EventPage, EventProse, EventResult, Occurrence, Registration

MAIL_CALLED_OFF = "event.called_off"
MAIL_MOVED = "event.moved"


@dataclass(frozen=True)
class Plan:
    """One occurrence as somebody plans it. `pk` names an existing one; `remove` takes it away if nobody registered."""

    starts_at: dt.datetime
    ends_at: dt.datetime | None = None
    all_day: bool = False
    capacity: int | None = None
    pk: int | None = None
    remove: bool = False


def check_deadline(*, opens_at: dt.datetime | None, closes_at: dt.datetime | None, plans: Sequence[Plan]) -> None:
    """Registration closes after it opens and not after the last occurrence begins. Raises ValidationError by field."""
    starts = [plan.starts_at for plan in plans if not plan.remove]
    if closes_at and starts and closes_at > max(starts):
        raise ValidationError({"closes_at": _("Registration cannot close after the event begins.")})
    if opens_at and closes_at and closes_at <= opens_at:
        raise ValidationError({"closes_at": _("Registration must close after it opens.")})


@transaction.atomic
def create_event(*, by: models.Model | None, plans: Sequence[Plan], themes: Sequence[Any] = (), **fields: Any) -> Event:
    """A new event with its occurrences. Its page comes with `make_page`. Raises ValidationError by field."""
    check_deadline(opens_at=fields.get("opens_at"), closes_at=fields.get("closes_at"), plans=plans)
    event = Event(**fields)
    event.full_clean()
    event.save(force_insert=True)
    event.themes.set(themes)
    for plan in plans:
        _add(event, plan)
    audit.record("event.created", by=by, target=event)
    return event


@transaction.atomic
def change_event(
    *, event: Event, by: models.Model | None, plans: Sequence[Plan], themes: Sequence[Any] | None = None, **fields: Any
) -> None:
    """Change an event and its occurrences. What is counted cannot change while people are registered.

    Raises ValidationError by field (occurrences under "occurrences"), BelowTaken when a capacity is too small.
    """
    check_deadline(
        opens_at=fields.get("opens_at", event.opens_at), closes_at=fields.get("closes_at", event.closes_at), plans=plans
    )
    stored = Event.objects.select_for_update().get(pk=event.pk)
    if "unit" in fields and fields["unit"] != stored.unit and has_registrations(event):
        raise ValidationError({"unit": _("People are registered: what is counted can no longer change.")})
    for name, value in fields.items():
        setattr(event, name, value)
    event.full_clean()
    event.save()
    if themes is not None:
        event.themes.set(themes)
    for plan in plans:
        _settle(event, plan, by)
    audit.record("event.changed", by=by, target=event)


def has_registrations(event: Event) -> bool:
    """Somebody registered at some time, and may come back to the link."""
    return Registration.objects.filter(occurrence__event=event).exists()


def _add(event: Event, plan: Plan) -> Occurrence:
    occurrence = Occurrence(
        event=event,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        all_day=plan.all_day,
        capacity=plan.capacity,
        state=event.status,
    )
    occurrence.set_days()
    occurrence.full_clean()
    occurrence.save(force_insert=True)
    return occurrence


def _settle(event: Event, plan: Plan, by: models.Model | None) -> None:
    if plan.pk is None:
        if not plan.remove:
            _add(event, plan)
        return
    occurrence = Occurrence.objects.select_for_update().get(pk=plan.pk, event=event)
    if plan.remove:
        _remove(occurrence)
        return
    moved = (plan.starts_at, plan.ends_at, plan.all_day) != (
        occurrence.starts_at, occurrence.ends_at, occurrence.all_day,
    )  # fmt: skip
    if moved:
        _move(occurrence, plan)
    if plan.capacity != occurrence.capacity:
        try:
            change_capacity(occurrence=occurrence, capacity=plan.capacity, by=by)
        except BelowTaken as short:
            raise ValidationError({"occurrences": too_small(short.taken)}) from short


def too_small(taken: int) -> str:
    """The sentence for a capacity below what is given away."""
    return _("%(taken)d seats are taken already; the capacity cannot be smaller.") % {"taken": taken}


def _remove(occurrence: Occurrence) -> None:
    if occurrence.registrations.exists():
        raise ValidationError({"occurrences": _("People are registered for this date: call it off instead.")})
    occurrence.delete()


def _move(occurrence: Occurrence, plan: Plan) -> None:
    """Another time. The registered keep their seats, are told, and their data is kept until the new day has passed."""
    occurrence.starts_at, occurrence.ends_at, occurrence.all_day = plan.starts_at, plan.ends_at, plan.all_day
    occurrence.set_days()
    occurrence.full_clean()
    occurrence.save(update_fields=["starts_at", "ends_at", "all_day", "starts_on", "ends_on"])
    Registration.objects.filter(occurrence=occurrence).update(erase_on=occurrence.ends_on + KEPT_FOR)
    _tell(occurrence, MAIL_MOVED, "workshops/mail/event_moved", f"moved:{occurrence.starts_at:%Y%m%d%H%M}")


@transaction.atomic
def call_off(*, event: Event, by: models.Model | None) -> None:
    """The event does not take place: nobody can register any more, and those who left an address are told."""
    if not Event.objects.filter(pk=event.pk, status=EventStatus.SCHEDULED).update(status=EventStatus.CANCELLED):
        return
    event.status = EventStatus.CANCELLED
    event.occurrences.update(state=EventStatus.CANCELLED)
    audit.record("event.called_off", by=by, target=event)
    for occurrence in event.occurrences.select_related("event"):
        if not occurrence.is_over:
            _tell(occurrence, MAIL_CALLED_OFF, "workshops/mail/event_called_off", "called_off")


@transaction.atomic
def hold_after_all(*, event: Event, by: models.Model | None) -> None:
    """Takes back a calling-off made by mistake. Registrations were never touched."""
    if Event.objects.filter(pk=event.pk, status=EventStatus.CANCELLED).update(status=EventStatus.SCHEDULED):
        event.status = EventStatus.SCHEDULED
        event.occurrences.update(state=EventStatus.SCHEDULED)
        audit.record("event.held_after_all", by=by, target=event)


def _tell(occurrence: Occurrence, kind: str, template: str, what: str) -> None:
    for registration in occurrence.registrations.holding():
        if registration.email:
            outbox.post(
                kind=kind,
                to=registration.email,
                template=template,
                context=mail_words(occurrence),
                key=f"registration:{registration.pk}:{what}",
            )


@transaction.atomic
def make_page(
    *, event: Event, by: Any = None, live: bool = False, introduction: str = "", body: Any = None
) -> EventPage:
    """The page of an event under the index, as a draft unless `live`. A second call returns the first page."""
    locale = Locale.get_default()
    prose = EventProse.objects.select_related("page").filter(event=event, locale=locale).first()
    if prose:
        return prose.page
    index = EventIndexPage.objects.filter(locale=locale).get()
    page = EventPage(title=event.title, slug=event.slug, introduction=introduction or event.summary[:1000], live=live)
    if body is not None:
        page.body = body
    page.owner = by
    index.add_child(instance=page)
    EventProse.objects.create(event=event, locale=locale, page=page)
    revision = page.save_revision(user=by)
    if live:
        revision.publish(user=by)
    return page


@transaction.atomic
def record_result(*, event: Event, by: models.Model | None, **fields: Any) -> EventResult:
    """Write down how it went: attended, unit, effect, learning. Replaces what was there."""
    result, _made = EventResult.objects.update_or_create(event=event, defaults=fields)
    audit.record("event.result_recorded", by=by, target=event, attended=result.attended)
    return result
