"""The waiting list: who waits keeps the place, a free seat is offered in order, an offer has an end.

Everything here happens in the transaction that frees or asks for seats, with the occurrence locked first.
"""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.db.models import F, Max

from cms import audit, outbox
from cms.dates import japanese_date, japanese_time, jst, now
from workshops.actions import links
from workshops.actions.capacity import CalledOff, Full, free, give_back, lock, take
from workshops.actions.confirming import MAIL_WAITING as MAIL_WAITING
from workshops.actions.confirming import confirm
from workshops.actions.mail_words import mail_words
from workshops.enums import EventStatus, RegistrationState, Way
from workshops.models import Occurrence, Registration

MAIL_OFFERED = "registration.offered"
MAIL_EXPIRED = "registration.expired"


class OfferGone(Exception):
    """Nothing is offered here any more: answered already, or the time is over."""


def hold_or_wait(
    *, occurrence: Occurrence, seats: int, way: Way | str, or_wait: bool, past_the_queue: bool = False
) -> tuple[RegistrationState, int | None]:
    """Take the seats, or a place on the list: (state, place), in the caller's transaction. Raises Full or CalledOff."""
    try:
        take(occurrence=occurrence, seats=seats, way=way, past_the_queue=past_the_queue)
    except Full as full:
        if not or_wait:
            raise
        return _join(occurrence, seats=seats, way=way, full=full)
    return RegistrationState.ACTIVE, None


def _join(occurrence: Occurrence, *, seats: int, way: Way | str, full: Full) -> tuple[RegistrationState, int | None]:
    current = lock(occurrence)
    if current.state != EventStatus.SCHEDULED:
        raise CalledOff
    part = current.part(way)
    if part.waiting == 0 and (part.seats_left is None or seats <= part.seats_left):
        take(occurrence=current, seats=seats, way=way)  # somebody left between asking and locking
        return RegistrationState.ACTIVE, None
    too_many = part.capacity is not None and seats > part.capacity
    if not part.has_room_to_wait or too_many:
        raise Full(full.left, can_wait=False)
    places = current.registrations.filter(way=way).aggregate(last=Max("queue_number"))
    waiting = part.column("waiting")
    Occurrence.objects.filter(pk=current.pk).update(**{waiting: F(waiting) + 1})
    return RegistrationState.WAITING, (places["last"] or 0) + 1


def move_up(*, occurrence: Occurrence, way: Way | str) -> list[Registration]:
    """Offer what is free to those who wait, in their order; who does not fit is passed over and keeps the place.

    In the caller's transaction, which holds the occurrence (`lock`). Nothing is offered once it began or is called off.
    """
    current = lock(occurrence)
    if current.is_cancelled or current.state != EventStatus.SCHEDULED or now() >= current.starts_at:
        return []
    part = current.part(way)
    taken, waiting = part.column("taken"), part.column("waiting")
    offered = []
    for registration in current.registrations.waiting().filter(way=way).select_for_update():
        row = Occurrence.objects.filter(free(part, registration.seats), pk=current.pk)
        if row.update(**{taken: F(taken) + registration.seats, waiting: F(waiting) - 1}):
            registration.occurrence = current
            _offer(registration)
            offered.append(registration)
    return offered


def _offer(registration: Registration) -> None:
    occurrence = registration.occurrence
    until = min(now() + dt.timedelta(hours=occurrence.event.offer_hours), occurrence.starts_at)
    registration.state, registration.offer_until = RegistrationState.OFFERED, until
    registration.save(update_fields=["state", "offer_until", "changed_at"])
    audit.record("registration.offered", by=None, target=registration, seats=registration.seats)
    if registration.email:
        outbox.post(
            kind=MAIL_OFFERED,
            to=registration.email,
            template="workshops/mail/registration_offered",
            context={
                "link": links.new_link(registration),
                "until": f"{japanese_date(jst(until).date())}{japanese_time(until)}",
                **mail_words(occurrence, way=registration.way),
            },
            key=f"registration:{registration.pk}:offered:{jst(until):%Y%m%d%H%M%S}",
        )


@transaction.atomic
def accept(*, registration: Registration, by: models.Model | None = None) -> None:
    """Take the offered seat. Raises OfferGone; a second yes changes nothing."""
    lock(registration.occurrence)
    current = Registration.objects.select_for_update().get(pk=registration.pk)
    if current.state == RegistrationState.ACTIVE:
        return
    if current.state != RegistrationState.OFFERED or not current.offer_until or current.offer_until <= now():
        raise OfferGone
    Registration.objects.filter(pk=current.pk).update(
        state=RegistrationState.ACTIVE, offer_until=None, changed_at=now()
    )
    registration.refresh_from_db(fields=["state", "offer_until", "changed_at"])
    audit.record("registration.accepted", by=by, target=registration, seats=registration.seats)
    if registration.email:
        confirm(registration, link=links.new_link(registration), step="accepted")


def expire_offers(*, at: dt.datetime) -> int:
    """End every offer whose time is over, and offer the seats to the next; how many ended."""
    due = Registration.objects.filter(state=RegistrationState.OFFERED, offer_until__lte=at)
    return sum(_expire(registration, at) for registration in due.select_related("occurrence__event"))


@transaction.atomic
def _expire(registration: Registration, at: dt.datetime) -> bool:
    occurrence = lock(registration.occurrence)
    ended = Registration.objects.filter(
        pk=registration.pk, state=RegistrationState.OFFERED, offer_until__lte=at
    ).update(state=RegistrationState.EXPIRED, cancelled_at=at, changed_at=at)
    if not ended:
        return False
    give_back(occurrence=occurrence, seats=registration.seats, way=registration.way)
    audit.record("registration.offer_expired", by=None, target=registration, seats=registration.seats)
    if registration.email:
        outbox.post(
            kind=MAIL_EXPIRED,
            to=registration.email,
            template="workshops/mail/registration_expired",
            context=mail_words(occurrence, way=registration.way),
            key=f"registration:{registration.pk}:expired",
        )
    move_up(occurrence=occurrence, way=registration.way)
    return True


def leave_the_list(registration: Registration, occurrence: Occurrence) -> None:
    """One fewer waits, in the caller's transaction, which has locked the occurrence."""
    waiting = occurrence.part(registration.way).column("waiting")
    Occurrence.objects.filter(pk=occurrence.pk).update(**{waiting: F(waiting) - 1})


def place_of(registration: Registration) -> int:
    """The how-manieth in the order of waiting, from 1."""
    before = Registration.objects.filter(
        occurrence=registration.occurrence_id, way=registration.way, queue_number__lt=registration.queue_number
    )
    return before.waiting().count() + 1
