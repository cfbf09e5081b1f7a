"""A case on paper: printed under a number, called back, ticked off (CB-13)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casebook.actions import eyes
from casebook.actions.cases import locked
from casebook.models import Case, CopyState, PrintedCopy
from casebook.models.copies import new_copy_number
from casebook.permissions import can_print
from casebook.queries import can_see
from cms import audit, dates
from directory.actions.notifications import notify
from directory.models import User

RECALL_NEWS = "copy_recalled"


def print_copy(*, by: User, case: Case) -> PrintedCopy:
    """One more copy, after its line in the log of readings. Raises PermissionDenied, BudgetSpent; then nothing is shown.

    The line has a transaction of its own: who has read too much is reported, whatever becomes of the paper.
    """
    if not (can_print(by, case) and can_see(by, case)):
        raise PermissionDenied
    copy = PrintedCopy(case=case, printed_by=by, organization=by.organization)
    while PrintedCopy.objects.filter(number=copy.number).exists():  # six million numbers: hardly ever twice
        copy.number = new_copy_number()
    eyes.note_print(by=by, case=case, copy=copy.number)
    with transaction.atomic():
        held = locked(case)  # taken back, stopped or run out in this moment: no paper that nobody could call back
        if not (can_print(by, held) and can_see(by, held)):
            raise PermissionDenied
        copy.save()
        audit.record("case.printed", by=by, target=case, copy=copy.number)
    return copy


@transaction.atomic
def settle(*, by: User, copy: PrintedCopy, state: CopyState) -> PrintedCopy:
    """Say where a paper went: who printed it, or the secretariat. `OUT` takes a mistaken tick back."""
    held = PrintedCopy.objects.settled_by(by).select_for_update(of=("self",)).filter(pk=copy.pk).first()
    if held is None:
        raise PermissionDenied
    if held.state == state:
        return held
    is_out = state == CopyState.OUT
    held.state = state
    held.settled_by, held.settled_at = (None, None) if is_out else (by, dates.now())
    held.save(update_fields=["state", "settled_by", "settled_at"])
    audit.record("copy.settled", by=by, target=held, state=str(state), copy=held.number)
    return held


def recall(case: Case) -> int:
    """Ask everybody who still holds a paper of it to give it back. Each copy is asked for once."""
    return sum(
        notify(kind=RECALL_NEWS, people=[copy.printed_by], target=copy.pk, key=f"copy:{copy.pk}:recall")
        for copy in case.copies.outstanding().select_related("printed_by")
    )
