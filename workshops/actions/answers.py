"""Answers to the host's questions: kept encrypted, each until the day its question promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from workshops.models import Answer, Question, Registration


def keep_answers(registration: Registration, answers: Mapping[int, Any]) -> None:
    """Write or replace the answers of a registration, in the caller's transaction; an empty one is not kept.

    Only questions of its event count; others are ignored.
    """
    if not answers:
        return
    asked = Question.objects.filter(event=registration.occurrence.event_id, pk__in=answers)
    for question in asked:
        value = answers[question.pk]
        if is_empty(value):
            Answer.objects.filter(registration=registration, question=question).delete()
            continue
        erase_on = registration.occurrence.ends_on + dt.timedelta(days=question.kept_days)
        Answer.objects.update_or_create(
            registration=registration, question=question, defaults={"value": value, "erase_on": erase_on}
        )


def is_empty(value: Any) -> bool:
    """Nothing was answered; no (False) and none (0) are answers."""
    return value is None or value == "" or value == []


def given(answers: Mapping[int, Any]) -> dict[int, Any]:
    """What was really answered: question → value."""
    return {question: value for question, value in answers.items() if not is_empty(value)}


def answers_of(registration: Registration) -> dict[int, Any]:
    """What is kept: question → value."""
    return {answer.question_id: answer.value for answer in registration.answers.all()}
