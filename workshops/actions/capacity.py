"""The only place that writes `Occurrence.taken` and `Occurrence.capacity`.

One conditional UPDATE asks and takes in the same breath; the CHECK constraint of the table is the last line. Measured
against locks and counting in docs/adr; `tests/workshops/test_races.py` shows what happens without the condition.
"""

from django.db import models, transaction
from django.db.models import F, Q

from cms import audit
from workshops.enums import EventStatus
from workshops.models import CAPACITY_LIMIT, Occurrence


class Full(Exception):
    """Not enough free seats. `left` is what is free now, in the event's unit."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} seats are left")
        self.left = left


class CalledOff(Exception):
    """The occurrence, or its event, does not take place."""


class BelowTaken(Exception):
    """The new capacity is smaller than the seats already given. `taken` says how many those are."""

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} seats are taken")
        self.taken = taken


def take(*, occurrence: Occurrence, seats: int) -> None:
    """Take seats, in the caller's transaction. Raises Full or CalledOff; then nothing has changed."""
    free = Q(capacity=None) | Q(taken__lte=F("capacity") - seats)
    # No join here: Django would move the condition into a subquery, which PostgreSQL does not ask again after waiting.
    row = Occurrence.objects.filter(pk=occurrence.pk)
    if row.filter(free, state=EventStatus.SCHEDULED).update(taken=F("taken") + seats):
        return
    occurrence.refresh_from_db(fields=["capacity", "taken", "state"])
    if occurrence.state == EventStatus.CANCELLED:
        raise CalledOff
    raise Full(occurrence.seats_left or 0)


def give_back(*, occurrence: Occurrence, seats: int) -> None:
    """Free seats, in the caller's transaction. A waiting list will move up from here."""
    Occurrence.objects.filter(pk=occurrence.pk).update(taken=F("taken") - seats)


@transaction.atomic
def change_capacity(*, occurrence: Occurrence, capacity: int | None, by: models.Model | None) -> None:
    """Set the number of seats; None means no limit. Raises BelowTaken, or ValueError outside 0 … CAPACITY_LIMIT."""
    if capacity is not None and not 0 <= capacity <= CAPACITY_LIMIT:
        raise ValueError("capacity out of range")
    row = Occurrence.objects.filter(pk=occurrence.pk)
    before = row.values_list("capacity", flat=True).get()
    fits = row if capacity is None else row.filter(taken__lte=capacity)
    if not fits.update(capacity=capacity):
        raise BelowTaken(row.values_list("taken", flat=True).get())
    if capacity != before:
        audit.record("occurrence.capacity_changed", by=by, target=occurrence, capacity=capacity)
    occurrence.capacity = capacity


def recount(*, occurrence: Occurrence) -> tuple[int, int]:
    """(counter, sum of the registrations that hold seats): equal, always. For the nightly check."""
    held = occurrence.registrations.holding().aggregate(seats=models.Sum("seats"))["seats"] or 0
    return Occurrence.objects.values_list("taken", flat=True).get(pk=occurrence.pk), held
