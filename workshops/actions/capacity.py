"""The only place, with workshops.actions.waiting, that writes the counters of an occurrence.

One conditional UPDATE asks and takes in the same breath; the CHECK constraint of the table is the last line. Whoever
changes counter and registration together locks the occurrence first and its registrations after (`lock`), so that no
two wait for each other. Measured against locks and counting in docs/adr; `tests/workshops/test_races.py` shows what
happens without the condition.
"""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from cms import audit
from workshops.enums import CapacityPolicy, EventStatus, Way
from workshops.models import CAPACITY_LIMIT, Occurrence, Part


class Full(Exception):
    """Not enough free seats. `left` is what one could have at once, in the event's unit; `can_wait`: there is a list."""

    def __init__(self, left: int, *, can_wait: bool = False) -> None:
        super().__init__(f"{left} seats are left")
        self.left = left
        self.can_wait = can_wait


class CalledOff(Exception):
    """The occurrence, or its event, does not take place."""


class BelowTaken(Exception):
    """The new capacity is smaller than the seats already given. `taken` says how many those are."""

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} seats are taken")
        self.taken = taken


def lock(occurrence: Occurrence) -> Occurrence:
    """The row as it is now, held until the transaction ends. Always before a registration of it is locked."""
    return Occurrence.objects.select_for_update(of=("self",)).select_related("event").get(pk=occurrence.pk)


def free(part: Part, seats: int) -> Q:
    """So many seats may be taken on this part."""
    capacity, taken = part.column("capacity"), part.column("taken")
    return (
        Q(**{capacity: None})
        | Q(**{part.column("policy"): CapacityPolicy.SOFT})
        | Q(**{f"{taken}__lte": F(capacity) - seats})
    )


def take(*, occurrence: Occurrence, seats: int, way: Way | str = Way.VENUE, past_the_queue: bool = False) -> None:
    """Take seats, in the caller's transaction. Raises Full or CalledOff; then nothing has changed.

    While anybody waits nobody else gets a seat; `past_the_queue` is for those who come from it.
    """
    part = occurrence.part(way)
    condition = free(part, seats)
    if not past_the_queue:
        condition &= Q(**{part.column("waiting"): 0})
    # No join here: Django would move the condition into a subquery, which PostgreSQL does not ask again after waiting.
    row = Occurrence.objects.filter(pk=occurrence.pk)
    taken = part.column("taken")
    if row.filter(condition, state=EventStatus.SCHEDULED).update(**{taken: F(taken) + seats}):
        return
    occurrence.refresh_from_db(fields=[*(part.column(name) for name in COUNTERS), "state"])
    if occurrence.state == EventStatus.CANCELLED:
        raise CalledOff
    part = occurrence.part(way)
    raise Full(0 if part.waiting else part.seats_left or 0, can_wait=part.has_room_to_wait)


COUNTERS = ("capacity", "taken", "policy", "waiting", "waiting_limit")


def give_back(*, occurrence: Occurrence, seats: int, way: Way | str = Way.VENUE) -> None:
    """Free seats, in the caller's transaction. Who waits moves up in the same one: workshops.actions.waiting."""
    taken = occurrence.part(way).column("taken")
    Occurrence.objects.filter(pk=occurrence.pk).update(**{taken: F(taken) - seats})


@transaction.atomic
def change_capacity(
    *, occurrence: Occurrence, capacity: int | None, by: models.Model | None, way: Way | str = Way.VENUE
) -> None:
    """Set the number of seats; None means no limit. Raises BelowTaken, or ValueError outside 0 … CAPACITY_LIMIT.

    Who waits is not moved here: call workshops.actions.waiting.move_up after it, in the same transaction.
    """
    if capacity is not None and not 0 <= capacity <= CAPACITY_LIMIT:
        raise ValueError("capacity out of range")
    part = occurrence.part(way)
    column, taken = part.column("capacity"), part.column("taken")
    row = Occurrence.objects.filter(pk=occurrence.pk)
    before = row.values_list(column, flat=True).get()
    soft = Q(**{part.column("policy"): CapacityPolicy.SOFT})
    fits = row if capacity is None else row.filter(soft | Q(**{f"{taken}__lte": capacity}))
    if not fits.update(**{column: capacity}):
        raise BelowTaken(row.values_list(taken, flat=True).get())
    if capacity != before:
        audit.record("occurrence.capacity_changed", by=by, target=occurrence, capacity=capacity, way=str(part.way))
    setattr(occurrence, column, capacity)


@transaction.atomic
def change_policy(
    *,
    occurrence: Occurrence,
    policy: CapacityPolicy | str,
    waiting_limit: int | None,
    by: models.Model | None,
    way: Way | str = Way.VENUE,
) -> None:
    """What happens when the seats are taken. To open a full part (SOFT) is a decision of a named person: it is recorded.

    Raises BelowTaken when more seats are given than the capacity that would hold again.
    """
    current = lock(occurrence)
    part = current.part(way)
    if policy != CapacityPolicy.SOFT and part.capacity is not None and part.taken > part.capacity:
        raise BelowTaken(part.taken)
    wanted: dict[str, Any] = {part.column("policy"): policy, part.column("waiting_limit"): waiting_limit}
    Occurrence.objects.filter(pk=occurrence.pk).update(**wanted)
    if policy != part.policy:
        audit.record("occurrence.policy_changed", by=by, target=occurrence, policy=str(policy), way=str(part.way))
    for column, value in wanted.items():
        setattr(occurrence, column, value)


def recount(*, occurrence: Occurrence, way: Way | str | None = None) -> tuple[int, int]:
    """(counter, sum of the registrations that hold seats): equal, always. For the nightly check."""
    way = way or occurrence.event.ways[0]
    held = occurrence.registrations.holding()
    if len(occurrence.event.ways) > 1:
        held = held.filter(way=way)
    seats = held.aggregate(seats=models.Sum("seats"))["seats"] or 0
    taken = occurrence.part(way).column("taken")
    return Occurrence.objects.values_list(taken, flat=True).get(pk=occurrence.pk), seats
