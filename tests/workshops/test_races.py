"""Many people at once: never one seat too many, and what happens without the guard (negative control)."""

from __future__ import annotations

import random
import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from tests.factories.events import make_event, make_occurrence
from workshops.actions import capacity, registrations, waiting
from workshops.actions.capacity import Full, recount
from workshops.actions.registrations import AlreadyRegistered, NotActive, Party
from workshops.models import Occurrence, Registration

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = 40
SMALL = connection.vendor == "sqlite"  # one writer at a time: the same questions, fewer of them
ATTEMPTS, THREADS = (60, 8) if SMALL else (200, 40)


def at_once(deeds: list[Callable[[], Any]], threads: int = THREADS) -> Counter[str]:
    """Do all of it, `threads` at a time; how often each outcome came."""

    def one(deed: Callable[[], Any]) -> str:
        try:
            return str(deed() or "done")
        except (Full, AlreadyRegistered, NotActive) as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return Counter(pool.map(one, deeds))


def attempt(occurrence: Occurrence, key: str, people: int) -> Callable[[], None]:
    """One resident."""

    def deed() -> None:
        registrations.register(occurrence=occurrence, party=Party(name="なぎ", people=people), key=key)

    return deed


def keys(number: int) -> list[str]:
    return [secrets.token_urlsafe(16) for _ in range(number)]


def test_exactly_all_seats_are_taken() -> None:
    occurrence = make_occurrence(capacity=SEATS, unit="person")
    outcomes = at_once([attempt(occurrence, key, 1) for key in keys(ATTEMPTS)])
    assert outcomes == {"done": SEATS, "Full": ATTEMPTS - SEATS}
    assert recount(occurrence=occurrence) == (SEATS, SEATS)
    assert Registration.objects.count() == SEATS


def test_the_same_form_sent_many_times_at_once_is_one_registration() -> None:
    occurrence = make_occurrence(capacity=SEATS, unit="person")
    sent = [attempt(occurrence, key, 2) for key in keys(5) for _ in range(6)]
    random.shuffle(sent)
    assert at_once(sent) == {"done": 5, "AlreadyRegistered": 25}
    assert recount(occurrence=occurrence) == (10, 10)


def test_without_the_guard_a_seat_is_sold_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: read, then write, as one would without thinking. Both ask before either writes."""
    both_have_asked = threading.Barrier(2, timeout=20)

    def read_then_write(*, occurrence: Occurrence, seats: int, **_more: Any) -> None:
        held = Registration.objects.filter(occurrence=occurrence).count()
        both_have_asked.wait()
        if held + seats > 1:
            raise Full(0)

    occurrence = make_occurrence(capacity=1, unit="person")
    if SMALL:
        # SQLite lets one transaction in at a time: the question is asked before it, as a view would.
        deeds = [asked_before(occurrence, key, read_then_write) for key in keys(2)]
    else:
        monkeypatch.setattr(waiting, "take", read_then_write)
        deeds = [attempt(occurrence, key, 1) for key in keys(2)]
    assert at_once(deeds, threads=2) == {"done": 2}
    monkeypatch.undo()
    Registration.objects.all().delete()
    with_guard = [attempt(occurrence, key, 1) for key in keys(2)]
    assert at_once(with_guard, threads=2) == {"done": 1, "Full": 1}


def asked_before(occurrence: Occurrence, key: str, question: Callable[..., None]) -> Callable[[], None]:
    """Ask outside the transaction, write inside."""

    def deed() -> None:
        question(occurrence=occurrence, seats=1)
        Registration.objects.create(
            occurrence=occurrence, party_size=1, seats=1, idempotency_key=key, token_hash=key, code_hash=key,
            name="なぎ", erase_on=occurrence.ends_on,
        )  # fmt: skip

    return deed


@pytest.mark.prove
@pytest.mark.postgres
def test_without_the_guard_two_hundred_people_get_more_than_forty_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with a crowd; a millisecond of work lies between question and answer."""

    def read_then_write(*, occurrence: Occurrence, seats: int, **_more: Any) -> None:
        held = Registration.objects.filter(occurrence=occurrence).count()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.001)")
        if held + seats > SEATS:
            raise Full(SEATS - held)

    occurrence = make_occurrence(capacity=SEATS, unit="person")
    monkeypatch.setattr(waiting, "take", read_then_write)
    outcomes = at_once([attempt(occurrence, key, 1) for key in keys(ATTEMPTS)])
    assert outcomes["done"] > SEATS


def test_the_table_itself_refuses_one_seat_too_many() -> None:
    occurrence = make_occurrence(capacity=1)
    with pytest.raises(Exception, match="occurrence_never_oversold"), transaction.atomic():
        Occurrence.objects.filter(pk=occurrence.pk).update(taken=2)


def send_form(slug: str) -> str:
    """Through the door: open the page, wait, press the button. What the answer was."""
    client = Client()
    page = client.get(f"/events/{slug}/register/").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(key|occurrence)" value="([^"]*)"', page))
    answer = client.post(f"/events/{slug}/register/", {"name": "なぎ", "people": "1", "website": "", **hidden})
    return {200: "done", 422: "refused"}.get(answer.status_code, str(answer.status_code))


@pytest.mark.prove
def test_two_hundred_people_at_the_door(settings: Any) -> None:
    settings.THROTTLE_FACTOR = 1_000_000
    event = make_event(capacity=SEATS, unit="person")
    outcomes = at_once([lambda: send_form(event.slug) for _ in range(200)], threads=THREADS)
    assert outcomes == {"done": SEATS, "refused": 200 - SEATS}
    assert recount(occurrence=make_occurrence(event)) == (SEATS, SEATS)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(5))
def test_registering_changing_withdrawing_and_resizing_at_once(seed: int) -> None:
    """Random deeds on one occurrence: the counter equals the registrations, and never passes the capacity."""
    dice = random.Random(seed)
    occurrence = make_occurrence(capacity=SEATS, unit="person")
    at_once([attempt(occurrence, key, dice.randint(1, 3)) for key in keys(15)])
    people = list(Registration.objects.select_related("occurrence__event"))

    def change(registration: Registration, size: int) -> Callable[[], None]:
        return lambda: registrations.change(registration=registration, party=Party(name="なぎ", people=size))

    def withdraw(registration: Registration) -> Callable[[], Any]:
        return lambda: registrations.withdraw(registration=registration) and None

    def resize(number: int) -> Callable[[], str | None]:
        def deed() -> str | None:
            try:
                capacity.change_capacity(occurrence=occurrence, capacity=number, by=None)
            except capacity.BelowTaken:
                return "BelowTaken"
            return None

        return deed

    deeds: list[Callable[[], Any]] = [attempt(occurrence, key, dice.randint(1, 5)) for key in keys(ATTEMPTS // 2)]
    deeds += [change(dice.choice(people), dice.randint(1, 5)) for _ in range(ATTEMPTS // 4)]
    deeds += [withdraw(dice.choice(people)) for _ in range(ATTEMPTS // 8)]
    deeds += [resize(dice.randint(20, 60)) for _ in range(ATTEMPTS // 8)]
    dice.shuffle(deeds)
    at_once(deeds)
    counter, held = recount(occurrence=occurrence)
    limit = Occurrence.objects.get(pk=occurrence.pk).capacity
    assert limit is not None
    assert counter == held <= limit
