"""Two thousand people at once on forty seats and ten places to wait: what must hold, however they fall."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from tests.factories.events import make_occurrence
from tests.workshops.test_races import SMALL, at_once, keys
from workshops.actions import registrations
from workshops.actions.capacity import recount
from workshops.actions.registrations import AlreadyRegistered, Party
from workshops.enums import CapacityPolicy, RegistrationState
from workshops.models import Occurrence, Registration

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, PLACES = 40, 10
RUNS = 5 if connection.vendor == "sqlite" else 20
THREADS = 8 if SMALL else 40


@dataclass(frozen=True)
class Sent:
    """A form as it was filled in; some are sent several times."""

    key: str
    people: int


def crowd(size: int, dice: random.Random) -> list[Sent]:
    """So many forms, singles and parties of up to three; every third is sent three times, in any order."""
    forms = [Sent(key, dice.choice((1, 1, 2, 3))) for key in keys(size)]
    sent = [form for number, form in enumerate(forms) for _time in range(3 if number % 3 == 0 else 1)]
    dice.shuffle(sent)
    return sent


def send(occurrence: Occurrence, form: Sent, answers: list[tuple[str, str]]) -> Any:
    """One resident at the button; the answer by key is written down (appending is safe between threads)."""

    def deed() -> str:
        try:
            receipt = registrations.register(occurrence=occurrence, party=Party("なぎ", form.people), key=form.key)
        except AlreadyRegistered as first:
            answers.append((form.key, first.receipt.registration.state))
            return "again"
        except registrations.Full:
            answers.append((form.key, "full"))
            return "full"
        answers.append((form.key, receipt.registration.state))
        return receipt.registration.state

    return deed


def run(size: int, seed: int) -> Counter[str]:
    """One crowd; then everything that must hold is looked at. How often each answer came."""
    dice = random.Random(seed)
    occurrence = make_occurrence(capacity=SEATS, unit="person", party_limit=3)
    Occurrence.objects.filter(pk=occurrence.pk).update(policy=CapacityPolicy.WAITLIST, waiting_limit=PLACES)
    occurrence.refresh_from_db()
    sent = crowd(size, dice)
    answers: list[tuple[str, str]] = []
    outcomes = at_once([send(occurrence, form, answers) for form in sent], threads=THREADS)
    look(occurrence, sent, answers)
    return outcomes


def look(occurrence: Occurrence, sent: list[Sent], answers: list[tuple[str, str]]) -> None:
    """What must hold after any crowd."""
    occurrence.refresh_from_db()
    rows = list(Registration.objects.filter(occurrence=occurrence).order_by("queue_number"))
    waits = [row for row in rows if row.state == RegistrationState.WAITING]
    # Never more seats than there are, and the counters are the rows.
    assert recount(occurrence=occurrence) == (occurrence.taken, occurrence.taken)
    assert occurrence.taken <= SEATS
    assert (occurrence.waiting, len(waits)) == (len(waits), min(len(waits), PLACES))
    # A party comes whole or not at all; one outcome a form, however often it was sent.
    assert {row.seats for row in rows} <= {1, 2, 3}
    assert all(row.seats == row.party_size for row in rows)
    by_key: dict[str, set[str]] = {}
    for key, state in answers:
        by_key.setdefault(key, set()).add(state)
    assert len(answers) == len(sent)
    assert [states for states in by_key.values() if len(states) > 1] == []
    assert len(rows) == sum(1 for states in by_key.values() if states != {"full"})
    # Nobody was refused while there was a place to wait; nobody waits who would have fitted when nobody waited.
    if any(state == "full" for _key, state in answers):
        assert len(waits) == PLACES
    if waits:
        assert waits[0].seats > SEATS - occurrence.taken
    assert [row.queue_number for row in waits] == list(range(1, len(waits) + 1))


def test_a_crowd_on_forty_seats() -> None:
    outcomes = run(60 if SMALL else 150, seed=7)
    assert set(outcomes) == {"active", "waiting", "full", "again"}


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(RUNS))
def test_two_thousand_on_forty_seats(seed: int) -> None:
    outcomes = run(2000, seed)
    assert outcomes["waiting"] == PLACES


@pytest.mark.prove
@pytest.mark.postgres
def test_without_the_guard_the_crowd_gets_too_many_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the same crowd, the question and the writing apart, the counter's last line taken away."""
    from workshops.actions import waiting

    def read_then_write(*, occurrence: Occurrence, seats: int, way: str, **_more: Any) -> None:
        held = Registration.objects.filter(occurrence=occurrence).count()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.001)")
        if held + seats > SEATS:
            raise registrations.Full(0)

    monkeypatch.setattr(waiting, "take", read_then_write)
    occurrence = make_occurrence(capacity=SEATS, unit="person", party_limit=3)
    answers: list[tuple[str, str]] = []
    at_once([send(occurrence, form, answers) for form in crowd(200, random.Random(1))], threads=THREADS)
    seats = sum(Registration.objects.filter(occurrence=occurrence).values_list("seats", flat=True))
    assert seats > SEATS
