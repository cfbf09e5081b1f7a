"""Make, change, call off events, and lay the draft of their page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms import audit, outbox
from cms.dates import now
from workshops import calendars
from workshops.actions import links
from workshops.actions.capacity import BelowTaken, change_capacity, change_policy
from workshops.actions.entries import replace_entries, told
from workshops.actions.mail_words import mail_words
from workshops.actions.registrations import KEPT_FOR
from workshops.actions.waiting import move_up
from workshops.enums import OPEN, CapacityPolicy, EventStatus, RegistrationState
from workshops.models import (
    Answer,
    Event,
    EventIndexPage,
    EventPage,
    EventProse,
    EventResult,
    Occurrence,
    Question,
    Registration,
)

MAIL_CALLED_OFF = "event.called_off"
MAIL_MOVED = "event.moved"
MAIL_PUT_OFF = "event.put_off"


@dataclass(frozen=True)
class Plan:
    """One occurrence as somebody plans it. `pk` names an existing one; `remove` takes it away if nobody registered."""

    starts_at: dt.datetime
    ends_at: dt.datetime | None = None
    all_day: bool = False
    capacity: int | None = None
    pk: int | None = None
    remove: bool = False
    policy: CapacityPolicy | str = CapacityPolicy.LIMIT
    waiting_limit: int | None = None
    online_capacity: int | None = None  # only where an event is held both at a venue and online
    online_policy: CapacityPolicy | str = CapacityPolicy.SOFT
    online_waiting_limit: int | None = None

    def counters(self) -> dict[str, Any]:
        """What it says about seats, by column."""
        return {
            prefix + name: getattr(self, prefix + name)
            for prefix in ("", "online_")
            for name in ("capacity", "policy", "waiting_limit")
        }


def check_deadline(*, opens_at: dt.datetime | None, closes_at: dt.datetime | None, plans: Sequence[Plan]) -> None:
    """Registration closes after it opens and not after the last occurrence begins. Raises ValidationError by field."""
    starts = [plan.starts_at for plan in plans if not plan.remove]
    if closes_at and starts and closes_at > max(starts):
        raise ValidationError({"closes_at": _("Registration cannot close after the event begins.")})
    if opens_at and closes_at and closes_at <= opens_at:
        raise ValidationError({"closes_at": _("Registration must close after it opens.")})


@transaction.atomic
def create_event(
    *,
    by: models.Model | None,
    plans: Sequence[Plan],
    themes: Sequence[Any] = (),
    partners: Sequence[Any] = (),
    **fields: Any,
) -> Event:
    """A new event with its occurrences. Its page comes with `make_page`. Raises ValidationError by field."""
    check_deadline(opens_at=fields.get("opens_at"), closes_at=fields.get("closes_at"), plans=plans)
    event = Event(**fields)
    event.full_clean()
    event.save(force_insert=True)
    event.themes.set(themes)
    event.partners.set(partners)
    for plan in plans:
        _add(event, plan)
    audit.record("event.created", by=by, target=event)
    return event


@transaction.atomic
def change_event(
    *,
    event: Event,
    by: models.Model | None,
    plans: Sequence[Plan],
    themes: Sequence[Any] | None = None,
    partners: Sequence[Any] | None = None,
    **fields: Any,
) -> None:
    """Change an event and its occurrences. What is counted, and how one takes part, stays while people are registered.

    Raises ValidationError by field (occurrences under "occurrences"), BelowTaken when a capacity is too small.
    """
    check_deadline(
        opens_at=fields.get("opens_at", event.opens_at), closes_at=fields.get("closes_at", event.closes_at), plans=plans
    )
    stored = Event.objects.select_for_update().get(pk=event.pk)
    if "unit" in fields and fields["unit"] != stored.unit and has_registrations(event):
        raise ValidationError({"unit": _("People are registered: what is counted can no longer change.")})
    if "format" in fields and fields["format"] != stored.format and has_registrations(event):
        raise ValidationError({"format": _("People are registered: how one takes part can no longer change.")})
    for name, value in fields.items():
        setattr(event, name, value)
    event.full_clean()
    event.save()
    if told(event) != told(stored):
        replace_entries(event)
    if themes is not None:
        event.themes.set(themes)
    if partners is not None:
        event.partners.set(partners)
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
        state=event.status,
        **plan.counters(),
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
    _settle_seats(occurrence, plan, by)


def _settle_seats(occurrence: Occurrence, plan: Plan, by: models.Model | None) -> None:
    """Seats of each way as planned; whoever waits and fits now is offered one."""
    for way in occurrence.event.ways:
        part, wanted = occurrence.part(way), plan.counters()
        capacity, policy = wanted[part.column("capacity")], wanted[part.column("policy")]
        limit = wanted[part.column("waiting_limit")]
        if (capacity, policy, limit) == (part.capacity, part.policy, part.waiting_limit):
            continue
        try:
            if policy == CapacityPolicy.SOFT:  # first open, then a smaller number is only a guide
                change_policy(occurrence=occurrence, policy=policy, waiting_limit=limit, by=by, way=way)
            change_capacity(occurrence=occurrence, capacity=capacity, by=by, way=way)
            change_policy(occurrence=occurrence, policy=policy, waiting_limit=limit, by=by, way=way)
        except BelowTaken as short:
            raise ValidationError({"occurrences": too_small(short.taken)}) from short
        move_up(occurrence=occurrence, way=way)


def too_small(taken: int) -> str:
    """The sentence for a capacity below what is given away."""
    return _("%(taken)d seats are taken already; the capacity cannot be smaller.") % {"taken": taken}


def _remove(occurrence: Occurrence) -> None:
    if occurrence.registrations.exists():
        raise ValidationError({"occurrences": _("People are registered for this date: call it off instead.")})
    occurrence.delete()


def _move(occurrence: Occurrence, plan: Plan) -> None:
    """Another time. The registered keep their seats, are told, and their data is kept until the new day has passed."""
    occurrence.moved_from = _known_beginning(occurrence, plan)
    occurrence.starts_at, occurrence.ends_at, occurrence.all_day = plan.starts_at, plan.ends_at, plan.all_day
    occurrence.set_days()
    occurrence.full_clean()
    occurrence.sequence += 1
    occurrence.changed_at = now()
    if occurrence.state == EventStatus.POSTPONED:
        occurrence.state = EventStatus.SCHEDULED  # the new day is known
    times = ["starts_at", "ends_at", "all_day", "starts_on", "ends_on"]
    occurrence.save(update_fields=[*times, "sequence", "changed_at", "state", "moved_from"])
    _keep_answers_until(occurrence)
    Registration.objects.filter(occurrence=occurrence).update(erase_on=occurrence.ends_on + KEPT_FOR)
    _tell(occurrence, MAIL_MOVED, "workshops/mail/event_moved", f"moved:{occurrence.starts_at:%Y%m%d%H%M}")


def _known_beginning(occurrence: Occurrence, plan: Plan) -> dt.datetime | None:
    """The beginning residents have read of, once it is another one; None before the page was ever public."""
    known = occurrence.moved_from or occurrence.starts_at
    if known == plan.starts_at:
        return None
    was_public = EventProse.objects.filter(event=occurrence.event_id, page__first_published_at__isnull=False).exists()
    return known if was_public else None


def _keep_answers_until(occurrence: Occurrence) -> None:
    """Answers are promised to be deleted so many days after the last day, which has moved."""
    for question in Question.objects.filter(event=occurrence.event_id):
        erase_on = occurrence.ends_on + dt.timedelta(days=question.kept_days)
        Answer.objects.filter(question=question, registration__occurrence=occurrence).update(erase_on=erase_on)


@transaction.atomic
def call_off(*, event: Event, by: models.Model | None) -> None:
    """The event does not take place: nobody can register any more, and those who left an address are told."""
    if not Event.objects.filter(pk=event.pk, status=EventStatus.SCHEDULED).update(
        status=EventStatus.CANCELLED, changed_at=now()
    ):
        return
    event.status = EventStatus.CANCELLED
    audit.record("event.called_off", by=by, target=event)
    for occurrence in event.occurrences.select_related("event").select_for_update(of=("self",)):
        if _set_state(occurrence, EventStatus.CANCELLED) and not occurrence.is_over:
            _tell(occurrence, MAIL_CALLED_OFF, "workshops/mail/event_called_off", "called_off")


@transaction.atomic
def call_off_date(*, occurrence: Occurrence, by: models.Model | None) -> None:
    """One date does not take place; the others do."""
    if _set_state(occurrence, EventStatus.CANCELLED):
        audit.record("occurrence.called_off", by=by, target=occurrence)
        if not occurrence.is_over:
            _tell(occurrence, MAIL_CALLED_OFF, "workshops/mail/event_called_off", f"called_off:{occurrence.sequence}")


@transaction.atomic
def put_off(*, occurrence: Occurrence, by: models.Model | None) -> None:
    """One date is postponed, its new day not known. Seats and the waiting list stay; those with an address are told.

    A later `change_event` with a new time makes it take place again.
    """
    if _set_state(occurrence, EventStatus.POSTPONED):
        audit.record("occurrence.put_off", by=by, target=occurrence)
        _tell(occurrence, MAIL_PUT_OFF, "workshops/mail/event_put_off", f"put_off:{occurrence.sequence}")


@transaction.atomic
def hold_date_after_all(*, occurrence: Occurrence, by: models.Model | None) -> None:
    """Takes back that a date was called off or put off by mistake."""
    if not occurrence.event.is_cancelled and _set_state(occurrence, EventStatus.SCHEDULED):
        audit.record("occurrence.held_after_all", by=by, target=occurrence)
        for way in occurrence.event.ways:
            move_up(occurrence=occurrence, way=way)


@transaction.atomic
def hold_after_all(*, event: Event, by: models.Model | None) -> None:
    """Takes back a calling-off made by mistake. Registrations were never touched."""
    if Event.objects.filter(pk=event.pk, status=EventStatus.CANCELLED).update(
        status=EventStatus.SCHEDULED, changed_at=now()
    ):
        event.status = EventStatus.SCHEDULED
        for occurrence in event.occurrences.select_related("event").select_for_update(of=("self",)):
            _set_state(occurrence, EventStatus.SCHEDULED)
        audit.record("event.held_after_all", by=by, target=event)


def _set_state(occurrence: Occurrence, state: EventStatus) -> bool:
    """Write the state and let calendars know that something changed. False when it was so already."""
    changed = Occurrence.objects.filter(pk=occurrence.pk).exclude(state=state)
    if not changed.update(state=state, sequence=F("sequence") + 1, changed_at=now()):
        return False
    occurrence.refresh_from_db(fields=["state", "sequence", "changed_at"])
    return True


def _tell(occurrence: Occurrence, kind: str, template: str, what: str) -> None:
    """To everybody who is registered or waits, with a link of their own; a kept calendar entry is replaced."""
    for registration in occurrence.registrations.filter(state__in=OPEN):
        if registration.email:
            registration.occurrence = occurrence
            outbox.post(
                kind=kind,
                to=registration.email,
                template=template,
                context={
                    "link": links.new_link(registration),
                    "waits": registration.is_waiting,
                    **mail_words(occurrence, way=registration.way),
                },
                key=f"registration:{registration.pk}:{what}",
                attachments=[calendars.own_attachment(registration)]
                if registration.state == RegistrationState.ACTIVE
                else [],
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
