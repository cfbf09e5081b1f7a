"""Handing on ends with the consultation: what every road to an end has in common."""

from __future__ import annotations

from cms import audit, dates
from directory.actions import handovers
from directory.enums import ConsentState
from directory.models import ConsentQuestion, Consultation, Hold, User
from directory.queries.consultations.handing_on import KIND


def end_handing(consultation: Consultation, *, by: User | None = None) -> None:
    """The person need not answer any more, and no other organisation either; what was taken on ends as well."""
    asked = ConsentQuestion.objects.filter(consultation=consultation, state=ConsentState.ASKED)
    asked.update(state=ConsentState.TAKEN_BACK, answered_at=dates.now())
    handovers.forget(by=by, kind=KIND, subject=consultation.pk)


def end_hold(consultation: Consultation, *, by: User | None) -> bool:
    """It leaves the desk, and that desk keeps nothing of it: also when it comes back some day. Whether there was one."""
    ended = bool(
        Hold.objects.filter(consultation=consultation, desk=consultation.desk, lifted_at=None).update(
            lifted_at=dates.now()
        )
    )
    if ended:
        audit.record("consultation.hold_lifted", by=by, target=consultation)
    return ended
