"""Write the questions of an event. What somebody has answered is never pulled away from under the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from cms import audit
from workshops.enums import QuestionKind
from workshops.models import Answer, Event, Question

CHOOSING = (QuestionKind.CHOICE, QuestionKind.MULTIPLE)


@dataclass(frozen=True)
class QuestionPlan:
    """One question. `pk` names an existing one; `remove` takes it away, or retires it when answers are kept."""

    text: str
    hint: str = ""
    kind: QuestionKind | str = QuestionKind.SHORT
    choices: Sequence[str] = field(default_factory=tuple)
    required: bool = False
    kept_days: int = 30
    pk: int | None = None
    remove: bool = False


@transaction.atomic
def write_questions(*, event: Event, by: models.Model | None, questions: Sequence[QuestionPlan]) -> list[Question]:
    """The questions in this order. Returns those that were retired instead of deleted, because answers are kept.

    A question that is answered already keeps its kind and how long it is kept: people were told so. A changed one of
    those is refused (ValidationError); words and choices may be mended.
    """
    known = {question.pk: question for question in Question.objects.select_for_update().filter(event=event)}
    answered = set(Answer.objects.filter(question__in=known).values_list("question_id", flat=True))
    retired = []
    for number, plan in enumerate(questions):
        question = known.get(plan.pk) if plan.pk else Question(event=event)
        if question is None:
            raise ValidationError(_("Somebody else has changed the questions. Look again."), code="changed")
        if plan.remove:
            retired += _take_away(question, answered)
            continue
        if question.pk in answered and (question.kind, question.kept_days) != (plan.kind, plan.kept_days):
            raise ValidationError(
                _("“%(question)s” is answered already: its kind and how long it is kept can no longer change.")
                % {"question": question.text},
                code="answered",
            )
        _write(question, plan, number)
    audit.record("event.questions_written", by=by, target=event, questions=len(questions), retired=len(retired))
    return retired


def _take_away(question: Question, answered: set[int]) -> list[Question]:
    if question.pk is None:
        return []
    if question.pk not in answered:
        question.delete()
        return []
    question.is_retired = True
    question.save(update_fields=["is_retired"])
    return [question]


def _write(question: Question, plan: QuestionPlan, order: int) -> None:
    question.order, question.is_retired = order, False
    for name in ("text", "hint", "kind", "required", "kept_days"):
        setattr(question, name, getattr(plan, name))
    question.choices = list(plan.choices) if plan.kind in CHOOSING else []
    if plan.kind in CHOOSING and len(question.choices) < 2:
        raise ValidationError(_("A question with a choice needs at least two lines to choose from."), code="choices")
    question.full_clean()
    question.save()
