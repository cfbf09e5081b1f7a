"""A desk has to keep a consultation: a supervisor says why and until when, beforehand; and takes it back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms import audit, dates
from directory.actions.consultations import erasing, notices, states
from directory.actions.consultations.receiving import kept
from directory.enums import DESK_STATES, ConsultationState, Erased, HeldFor
from directory.models import Consultation, Hold, User
from directory.permissions import supervises

YEARS = 2  # no hold is longer


class AlreadyHeld(Exception):
    """It is held already: lift that hold first."""


def latest() -> dt.date:
    """The last day a hold may end on."""
    today = dates.today()
    return today.replace(year=today.year + YEARS, day=min(today.day, 28) if today.month == 2 else today.day)


@transaction.atomic
def hold(*, by: User, consultation: Consultation, reason: str, until: dt.date, note: str = "") -> Hold:
    """From now on deleting does not destroy it. The person reads so on the reply page, and is told as they wished.

    Nothing that the person has deleted or taken back can be held: the desk has it no more. Raises PermissionDenied,
    TooLate, AlreadyHeld, ValueError.
    """
    found = kept(by, consultation, among=DESK_STATES)
    if not supervises(by, found.desk):
        raise PermissionDenied
    if reason not in HeldFor or not dates.today() < until <= latest():
        raise ValueError("A reason of the list, and a day within two years.")
    if erasing.is_held(found):
        raise AlreadyHeld
    now = dates.now()
    Hold.objects.filter(consultation=found, desk=found.desk, lifted_at=None).update(lifted_at=now)  # over, not lifted
    row = Hold.objects.create(
        consultation=found, desk=found.desk, reason=reason, until=until, note=note.strip() or None, by=by, placed_at=now
    )
    states.note(found, "held")
    notices.to_person(found, key=f"consultation:{found.pk}:hold:{row.pk}")
    audit.record("consultation.hold_placed", by=by, target=found, reason=reason, until=until.isoformat())
    return row


@transaction.atomic
def lift(*, by: User, consultation: Consultation) -> bool:
    """The reason has ended. What the person had deleted meanwhile is destroyed at once; whether it was.

    Raises PermissionDenied, TooLate when nothing is held.
    """
    found = states.locked(consultation)
    if not supervises(by, found.desk):
        raise PermissionDenied
    if not Hold.objects.standing().filter(consultation=found).update(lifted_at=dates.now()):
        raise states.TooLate
    audit.record("consultation.hold_lifted", by=by, target=found)
    if found.state == ConsultationState.HELD:
        erasing.destroy(found, why=Erased.HOLD_OVER)
        return True
    states.note(found, "hold_over")
    return False


def read_held(*, by: User, consultation: Consultation) -> None:
    """A supervisor opens what the person has deleted: one line in the trail each time. Raises PermissionDenied."""
    if not Consultation.objects.held_for(by).filter(pk=consultation.pk).exists():
        raise PermissionDenied
    audit.record("consultation.held_read", by=by, target=consultation)
