"""What others have said to a case goes when the case goes."""

from django.db import transaction

from casebook.models import Case, Offer, Question
from casebook.queries.exchange import HANDED_ON
from directory.actions import handovers
from directory.models import User


@transaction.atomic
def purge_exchange(case: Case, *, by: User | None = None) -> None:
    """Remove offers, questions and answers of a case, end its hand-overs and empty their words.

    For withdrawal and expiry; whether that may be was asked before. What stays of a hand-over are codes and moments.
    """
    Question.objects.filter(case=case).delete()
    Offer.objects.filter(case=case).delete()
    handovers.forget(by=by, kind=HANDED_ON, subject=case.pk)


@transaction.atomic
def end_exchange(case: Case, *, by: User | None = None) -> None:
    """For closing: hand-overs nobody has answered end. What was said stays until the case goes."""
    handovers.end_unanswered(by=by, kind=HANDED_ON, subject=case.pk)
