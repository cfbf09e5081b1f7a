"""The second person: releasing a case or giving it back."""

from collections.abc import Iterable

from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casebook.actions.cases import locked
from casebook.actions.guarding import cleared
from casebook.actions.news import tell
from casebook.enums import CaseState
from casebook.models import Case
from casebook.permissions import can_release
from casebook.queries import can_see, readers_of
from cms import audit, dates
from cms.guard import Dismissal
from directory.models import User

REVIEW_AFTER = relativedelta(months=6)
KEPT_FOR = relativedelta(years=1)


def _held_for(by: User, case: Case) -> Case:
    case = locked(case)
    if not (can_release(by, case) and can_see(by, case)):
        raise PermissionDenied
    return case


@transaction.atomic
def release(*, by: User, case: Case) -> Case:
    """Open it to its audience. Raises PermissionDenied for the author, whatever their roles; OpenFindings and
    GuardUnavailable as everywhere: what the guard cannot read is not released."""
    case = _held_for(by, case)
    cleared(case.texts, case.dismissed)
    today = dates.today()
    case.state, case.released_at, case.released_by, case.reviewer = CaseState.RELEASED, dates.now(), by, by
    case.review_on, case.expires_on = today + REVIEW_AFTER, today + KEPT_FOR
    case.save(update_fields=["state", "released_at", "released_by", "reviewer", "review_on", "expires_on"])
    audit.record("case.released", by=by, target=case, dismissed=len(case.dismissed))
    tell(case, "released", readers_of(case))
    return case


@transaction.atomic
def give_back(*, by: User, case: Case, note: str, dismissals: Iterable[Dismissal] = ()) -> Case:
    """Ask the author to say it more coarsely. The note is seen by the author alone, and passes the guard too."""
    case = _held_for(by, case)
    cleared({"note": note}, dismissals)
    case.state, case.reviewer, case.reviewer_note = CaseState.DRAFT, None, note
    case.save(update_fields=["state", "reviewer", "reviewer_note"])
    audit.record("case.returned", by=by, target=case)
    tell(case, "returned", [case.author])
    return case
