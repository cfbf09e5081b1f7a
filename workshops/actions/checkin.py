"""The day itself: who came, how many of a party, who came without registering. Figures stay when names are erased.

Every verb may be tapped twice. Each holds the occurrence first and the registration after (workshops.actions.capacity).
"""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from cms import audit
from cms.dates import now, today
from workshops.actions import registrations, waiting
from workshops.actions.capacity import Full, change_policy, give_back, lock, take
from workshops.actions.registrations import COPIED_WITHIN, AlreadyRegistered, Party
from workshops.enums import HOLDING, CapacityPolicy, Origin, RegistrationState, Way
from workshops.models import PARTY_LIMIT, Occurrence, Registration


class NotTheDay(Exception):
    """Nobody is received: the day has not come, lies too far back, or nothing takes place."""


class HoldsNoSeat(Exception):
    """The party waits, withdrew, or its offer ran out: whoever stands at the door decides (`let_in`)."""


def receives(occurrence: Occurrence) -> bool:
    """Whether people are received: from the first day on, and until the paper sheet is copied."""
    in_time = occurrence.starts_on <= today() <= occurrence.ends_on + COPIED_WITHIN
    return in_time and not (occurrence.is_cancelled or occurrence.is_postponed)


@transaction.atomic
def arrive(*, registration: Registration, by: models.Model, people: int | None = None) -> bool:
    """So many of a party came; without a number all of them. True when this call changed something.

    Without a number a second tap keeps what the first one said. Raises NotTheDay, HoldsNoSeat, or ValueError outside
    1 … PARTY_LIMIT: more may come than were announced.
    """
    if people is not None and not 1 <= people <= PARTY_LIMIT:
        raise ValueError("people out of range")
    _occurrence, current = _held(registration)
    if current.state not in HOLDING:
        raise HoldsNoSeat
    if current.checked_in_at and people in (None, current.attended):
        return False
    came = people or current.party_size
    _write(
        registration,
        state=RegistrationState.ACTIVE,  # who comes takes the offered seat by coming
        offer_until=None,
        checked_in_at=current.checked_in_at or now(),
        attended=came,
    )
    audit.record("registration.arrived", by=by, target=registration, people=came)
    return True


@transaction.atomic
def undo(*, registration: Registration, by: models.Model) -> bool:
    """Take back a tap. Who was added at the door goes again, with the seats. False when there was nothing to undo."""
    occurrence, current = _held(registration)
    if current.checked_in_at is None:
        return False
    added = current.origin == Origin.WALK_IN and current.state in HOLDING
    gone = {"state": RegistrationState.CANCELLED, "cancelled_at": now()} if added else {}
    _write(registration, checked_in_at=None, attended=None, **gone)
    if added:
        give_back(occurrence=occurrence, seats=current.seats, way=current.way)
        waiting.move_up(occurrence=occurrence, way=current.way)
    audit.record("registration.arrival_undone", by=by, target=registration)
    return True


@transaction.atomic
def let_in(*, registration: Registration, by: models.Model, people: int | None = None, beyond: bool = False) -> bool:
    """Seat and receive a party that holds no seat but stands at the door. True when this call did it.

    `beyond`: also past the capacity, which becomes a guide; recorded by name. Raises NotTheDay, or Full without it.
    """
    occurrence, current = _held(registration)
    if current.state not in HOLDING:
        _seat(occurrence, seats=current.seats, way=current.way, by=by, beyond=beyond)
        if current.is_waiting:
            waiting.leave_the_list(current, occurrence)
        _write(registration, state=RegistrationState.ACTIVE, cancelled_at=None)
        audit.record("registration.let_in", by=by, target=registration, seats=current.seats, was=current.state)
    return arrive(registration=registration, by=by, people=people)


@transaction.atomic
def walk_in(
    *,
    occurrence: Occurrence,
    key: str,
    by: models.Model,
    name: str = "",
    people: int = 1,
    way: Way | str = "",
    beyond: bool = False,
) -> Registration:
    """Somebody stands at the door without having registered: entered and received in one step, once a `key`.

    `beyond`: also past the capacity, which becomes a guide, and past those who wait; recorded by name.
    Raises NotTheDay, CalledOff, Closed, or Full without `beyond`.
    """
    if not receives(occurrence):
        raise NotTheDay
    party = Party(name=name, people=people, way=way)
    if beyond:
        seats, chosen = occurrence.event.seats_for(people), party.way_at(occurrence.event)
        _open(lock(occurrence), seats=seats, way=chosen, by=by)
    try:
        receipt = registrations.register(
            occurrence=occurrence,
            party=party,
            key=key,
            by=by,
            or_wait=False,
            origin=Origin.WALK_IN,
            past_the_queue=beyond,
        )
    except AlreadyRegistered as before:
        return before.receipt.registration
    arrive(registration=receipt.registration, by=by)
    return receipt.registration


def _held(registration: Registration) -> tuple[Occurrence, Registration]:
    """Occurrence and registration as they are now, held until the transaction ends. Raises NotTheDay."""
    occurrence = lock(registration.occurrence)
    if not receives(occurrence):
        raise NotTheDay
    return occurrence, Registration.objects.select_for_update().get(pk=registration.pk)


def _write(registration: Registration, **columns: Any) -> None:
    Registration.objects.filter(pk=registration.pk).update(**columns, changed_at=now())
    registration.refresh_from_db(fields=[*columns, "changed_at"])


def _seat(occurrence: Occurrence, *, seats: int, way: Way | str, by: models.Model, beyond: bool) -> None:
    if beyond:
        _open(occurrence, seats=seats, way=way, by=by)
    take(occurrence=occurrence, seats=seats, way=way, past_the_queue=True)


def _open(occurrence: Occurrence, *, seats: int, way: Way | str, by: models.Model) -> None:
    """Where the seats do not suffice the capacity becomes a guide: a decision of a named person."""
    part = occurrence.part(way)
    if part.policy == CapacityPolicy.SOFT or part.seats_left is None or part.seats_left >= seats:
        return
    change_policy(
        occurrence=occurrence, policy=CapacityPolicy.SOFT, waiting_limit=part.waiting_limit, by=by, way=part.way
    )


__all__ = ["Full", "HoldsNoSeat", "NotTheDay", "arrive", "let_in", "receives", "undo", "walk_in"]
