"""Asking about a case, asking back about an offer, answering, taking a question back."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casebook.actions.cases import locked
from casebook.actions.guarding import cleared, kept
from casebook.actions.news import tell
from casebook.models import Case, Offer, Question
from casebook.permissions import can_ask, can_ask_about, can_take_question_back, is_asked
from casebook.queries import can_see
from casebook.queries.exchange import those_who_answer
from cms import audit, dates
from cms.guard import Dismissal
from directory.models import User


class TooLate(Exception):
    """Somebody has answered, or taken the question back, a moment ago."""


@transaction.atomic
def ask(*, by: User, case: Case, text: str, dismissals: Iterable[Dismissal] = ()) -> Question:
    """A reader asks the side that wrote the case. Raises PermissionDenied, OpenFindings, GuardUnavailable."""
    case = locked(case)
    if not (can_ask(by, case) and can_see(by, case)):
        raise PermissionDenied
    return _asked(by, case, None, text, dismissals)


@transaction.atomic
def ask_about(*, by: User, offer: Offer, text: str, dismissals: Iterable[Dismissal] = ()) -> Question:
    """The author would like to hear more of an offer (もう少し聞く). Raises as `ask`."""
    case = locked(offer.case)
    offer = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    offer.case = case
    if not (can_ask_about(by, offer) and can_see(by, case)):
        raise PermissionDenied
    return _asked(by, case, offer, text, dismissals)


def _asked(by: User, case: Case, offer: Offer | None, text: str, dismissals: Iterable[Dismissal]) -> Question:
    found = cleared({"text": text}, dismissals)
    made = Question.objects.create(
        case=case,
        offer=offer,
        organization_id=by.organization_id,  # type: ignore[misc]
        asked_by=by,
        text=text,
        dismissals=kept(found.dismissals),
        asked_at=dates.now(),
    )
    codes = {"case": str(case.pk), "offer": str(offer.pk) if offer else None}
    audit.record("question.asked", by=by, target=made, **codes)
    tell(case, f"question-{made.pk}", those_who_answer(made))
    return made


def _held(question: Question) -> Question:
    """The row as it is now, locked after its case. Raises TooLate when it is gone."""
    case = locked(question.case)
    rows = Question.objects.select_for_update(of=("self",)).select_related("offer")
    fresh = rows.filter(pk=question.pk).first()
    if fresh is None:
        raise TooLate
    fresh.case = case
    return fresh


@transaction.atomic
def answer(*, by: User, question: Question, text: str, dismissals: Iterable[Dismissal] = ()) -> Question:
    """Answer it, once. Whoever asked hears of it. Raises PermissionDenied, TooLate, OpenFindings, GuardUnavailable."""
    question = _held(question)
    if not (is_asked(by, question) and can_see(by, question.case)):
        raise PermissionDenied
    if not question.is_open:
        raise TooLate
    found = cleared({"answer": text}, dismissals)
    question.answer, question.answer_dismissals = text, kept(found.dismissals)
    question.answered_by, question.answered_at = by, dates.now()
    question.save(update_fields=["answer", "answer_dismissals", "answered_by", "answered_at"])
    audit.record("question.answered", by=by, target=question, case=str(question.case_id))
    tell(question.case, f"reply-{question.pk}", [question.asked_by])
    return question


@transaction.atomic
def take_back(*, by: User, question: Question) -> None:
    """The own question, while nobody has answered: it is deleted. Raises PermissionDenied, TooLate."""
    was_open, question = question.is_open, _held(question)
    if was_open and not question.is_open:
        raise TooLate
    if not (can_take_question_back(by, question) and can_see(by, question.case)):
        raise PermissionDenied
    audit.record("question.taken_back", by=by, target=question, case=str(question.case_id))
    question.delete()
