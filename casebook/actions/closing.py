"""Saying what came of a case."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casebook.actions.cases import locked
from casebook.actions.exchange import end_exchange
from casebook.actions.guarding import cleared
from casebook.actions.news import tell
from casebook.actions.tallies import count_closed
from casebook.enums import CaseState, OfferState, Outcome
from casebook.models import Case, Offer
from casebook.permissions import can_close
from cms import audit, dates
from cms.guard import Dismissal
from directory.models import User


@transaction.atomic
def close(*, by: User, case: Case, outcome: str, note: str = "", dismissals: Iterable[Dismissal] = ()) -> Case:
    """Say what came of it. Open answers and hand-overs nobody answered end; those who helped are told."""
    case = locked(case)
    if not can_close(by, case):
        raise PermissionDenied
    cleared({"note": note}, dismissals)
    now = dates.now()
    case.state, case.ended_at, case.outcome = CaseState.CLOSED, now, Outcome(outcome)
    case.outcome_note = note or None
    case.save(update_fields=["state", "ended_at", "outcome", "outcome_note"])
    accepted = User.objects.filter(offers__case=case, offers__state=OfferState.ACCEPTED).distinct()
    helpers = list(accepted)
    Offer.objects.filter(case=case, state=OfferState.OFFERED).update(state=OfferState.DECLINED, decided_at=now)
    end_exchange(case, by=by)
    count_closed(case, at=now)
    audit.record("case.closed", by=by, target=case, outcome=str(outcome))
    tell(case, "closed", helpers)
    return case
