"""Handing on ends with the consultation: what every road to an end has in common."""

from __future__ import annotations

from cms import dates
from directory.actions import handovers
from directory.enums import ConsentState
from directory.models import ConsentQuestion, Consultation, User
from directory.queries.consultations.handing_on import KIND


def end_handing(consultation: Consultation, *, by: User | None = None) -> None:
    """The person need not answer any more, and no other organisation either; what was taken on ends as well."""
    asked = ConsentQuestion.objects.filter(consultation=consultation, state=ConsentState.ASKED)
    asked.update(state=ConsentState.TAKEN_BACK, answered_at=dates.now())
    handovers.forget(by=by, kind=KIND, subject=consultation.pk)
