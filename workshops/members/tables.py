"""Registrations of an event, day by day, as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from workshops.models import Event, Occurrence, Registration
from workshops.queries.events import occurrences_with_people
from workshops.queries.results import Arrivals, arrivals


@dataclass(frozen=True)
class Line:
    """One registration: its place on the waiting list (from 1; None: it does not wait), and what it answered."""

    registration: Registration
    place: int | None
    answers: list[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """One day."""

    occurrence: Occurrence
    lines: list[Line]
    arrivals: Arrivals

    @property
    def rows(self) -> list[Registration]:
        """The registrations alone."""
        return [line.registration for line in self.lines]


def answer_words(value: Any) -> str:
    """An answer as one reads it."""
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    return str(value)


def tables_of(event: Event, user: Any) -> list[Table]:
    """Every day of the event with its people, each query once whatever their number."""
    people = Registration.objects.visible_to(user).filter(occurrence__event=event)
    rows = list(people.select_related("entered_by").prefetch_related("answers__question"))
    days = list(occurrences_with_people(Event.objects.filter(pk=event.pk)).order_by("starts_at", "pk"))
    return [_table(day, [row for row in rows if row.occurrence_id == day.pk]) for day in days]


def _table(day: Occurrence, rows: list[Registration]) -> Table:
    waiting = sorted((row for row in rows if row.is_waiting), key=lambda row: (row.way, row.queue_number or 0))
    places: dict[Any, int] = {}
    for way in {row.way for row in waiting}:
        places |= {row.pk: place for place, row in enumerate((r for r in waiting if r.way == way), start=1)}
    for row in rows:
        row.occurrence = day
    lines = [Line(row, places.get(row.pk), answers_of(row)) for row in rows]
    return Table(day, lines, arrivals(rows))


def answers_of(registration: Registration) -> list[tuple[str, str]]:
    """(question, answer) in the order of the questions; asks for nothing when prefetched."""
    answers = sorted(registration.answers.all(), key=lambda answer: (answer.question.order, answer.question_id))
    return [(answer.question.text, answer_words(answer.value)) for answer in answers]
