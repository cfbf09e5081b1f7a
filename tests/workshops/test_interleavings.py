"""Any order of deeds on one occurrence: register, withdraw, answer an offer, let it run out, resize, put off, hold.

A machine that Hypothesis drives; after every deed the same promises are looked at.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cms.dates import now
from tests.factories.events import make_event, make_occurrence
from workshops.actions import capacity, events, registrations, waiting
from workshops.actions.capacity import BelowTaken, CalledOff, Full, recount
from workshops.actions.registrations import Closed, NotActive, Party
from workshops.enums import CapacityPolicy, EventStatus, RegistrationState, Way
from workshops.models import Occurrence, Registration

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 12, 1, 0, 0, tzinfo=dt.UTC)
PEOPLE = st.integers(1, 4)
WAYS = st.sampled_from(list(Way))
WHICH = st.integers(0, 40)


class Machine(RuleBasedStateMachine):
    """One occurrence at a venue and online, and everything that may happen to it."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.clock = time_machine.travel(START, tick=False)
        self.clock.start()
        self.refusals = 0
        self.made: list[Any] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)
        self.clock.stop()

    @initialize(seats=st.integers(0, 8), places=st.one_of(st.none(), st.integers(0, 4)))
    def begin(self, seats: int, places: int | None) -> None:
        event = make_event(capacity=seats, unit="person", party_limit=20, format="both", page=False,
                           starts_at=START + dt.timedelta(days=20))  # fmt: skip
        self.pk = make_occurrence(event).pk
        Occurrence.objects.filter(pk=self.pk).update(
            policy=CapacityPolicy.WAITLIST, waiting_limit=places, online_capacity=3, online_policy=CapacityPolicy.SOFT
        )

    @property
    def occurrence(self) -> Occurrence:
        return Occurrence.objects.select_related("event").get(pk=self.pk)

    def somebody(self, which: int, *states: str) -> Registration | None:
        """One of those that were made, in the order of making: the draw must not hang on random keys."""
        rows = Registration.objects.select_related("occurrence__event").in_bulk(self.made)
        found = [rows[pk] for pk in self.made if not states or rows[pk].state in states]
        return found[which % len(found)] if found else None

    @rule(people=PEOPLE, way=WAYS, or_wait=st.booleans())
    def register_somebody(self, people: int, way: Way, or_wait: bool) -> None:
        self.register(people, way, or_wait)

    @rule(people=PEOPLE)
    def register_at_the_venue(self, people: int) -> None:
        self.register(people, Way.VENUE, True)

    def register(self, people: int, way: Way, or_wait: bool) -> None:
        before = self.occurrence
        part = before.part(way)
        fits = part.policy == CapacityPolicy.SOFT or part.seats_left is None or people <= part.seats_left
        try:
            receipt = registrations.register(
                occurrence=before, party=Party("なぎ", people, way=way), key=secrets.token_urlsafe(18), or_wait=or_wait
            )
        except (Full, CalledOff, Closed):
            assert before.state != EventStatus.SCHEDULED or not (fits and part.waiting == 0)
            return
        wanted = RegistrationState.ACTIVE if fits and part.waiting == 0 else RegistrationState.WAITING
        assert receipt.registration.state == wanted
        self.made.append(receipt.registration.pk)

    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        registration = self.somebody(which)
        if registration and registrations.withdraw(registration=registration):
            self.nobody_waits_beside_a_seat(Way(registration.way))

    @rule(which=WHICH, people=PEOPLE)
    def change(self, which: int, people: int) -> None:
        if registration := self.somebody(which):
            try:
                with transaction.atomic():
                    registrations.change(registration=registration, party=Party("なぎ", people))
            except (Full, CalledOff, Closed, NotActive):
                self.refusals += 1

    @rule(which=WHICH)
    def accept(self, which: int) -> None:
        if registration := self.somebody(which, RegistrationState.OFFERED):
            waiting.accept(registration=registration)

    @rule(hours=st.integers(1, 60))
    def time_goes_by(self, hours: int) -> None:
        later = min(now() + dt.timedelta(hours=hours), START + dt.timedelta(days=19))
        self.clock.stop()
        self.clock = time_machine.travel(later, tick=False)
        self.clock.start()
        waiting.expire_offers(at=now())

    @rule(seats=st.one_of(st.none(), st.integers(0, 10)), policy=st.sampled_from(list(CapacityPolicy)), way=WAYS)
    def resize(self, seats: int | None, policy: CapacityPolicy, way: Way) -> None:
        occurrence = self.occurrence
        try:
            with transaction.atomic():
                capacity.lock(occurrence)
                capacity.change_capacity(occurrence=occurrence, capacity=seats, by=None, way=way)
                limit = occurrence.part(way).waiting_limit
                capacity.change_policy(occurrence=occurrence, policy=policy, waiting_limit=limit, by=None, way=way)
                waiting.move_up(occurrence=occurrence, way=way)
        except BelowTaken:
            self.refusals += 1
        else:
            self.nobody_waits_beside_a_seat(way)

    @rule()
    def put_off(self) -> None:
        events.put_off(occurrence=self.occurrence, by=None)

    @precondition(lambda self: hasattr(self, "pk"))
    @rule()
    def hold_after_all(self) -> None:
        if self.occurrence.state != EventStatus.SCHEDULED:
            events.hold_date_after_all(occurrence=self.occurrence, by=None)
            self.nobody_waits_beside_a_seat()

    def nobody_waits_beside_a_seat(self, *ways: Way) -> None:
        """After seats were given back, or opened, whoever fits has an offer. (Who joins later waits behind the others.)"""
        occurrence = self.occurrence
        for way in ways or tuple(Way):
            part = occurrence.part(way)
            waits = occurrence.registrations.waiting().filter(way=way)
            if occurrence.state == EventStatus.SCHEDULED and waits:
                assert part.policy != CapacityPolicy.SOFT
                assert part.seats_left is not None
                assert all(row.seats > part.seats_left for row in waits)

    @invariant()
    def promises(self) -> None:
        if not hasattr(self, "pk"):
            return
        occurrence = self.occurrence
        for way in Way:
            part = occurrence.part(way)
            counter, held = recount(occurrence=occurrence, way=way)
            waits = list(occurrence.registrations.waiting().filter(way=way))
            assert counter == held
            assert part.waiting == len(waits)
            if part.capacity is not None and part.policy != CapacityPolicy.SOFT:
                assert counter <= part.capacity
        offered = occurrence.registrations.filter(state=RegistrationState.OFFERED)
        assert all(row.offer_until is not None and row.offer_until > now() for row in offered)


def interleave(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_few_interleavings() -> None:
    interleave(12, 15)


@pytest.mark.prove
def test_five_hundred_interleavings() -> None:
    interleave(500, 30)


@pytest.fixture
def machine() -> Iterator[Machine]:
    """One whose deeds a test does by hand: a single seat, taken, and somebody who waits."""
    made = Machine()
    made.begin(seats=1, places=None)
    made.register(1, Way.VENUE, True)
    made.register(1, Way.VENUE, True)
    yield made
    made.teardown()


def test_by_hand_the_promises_hold(machine: Machine) -> None:
    machine.promises()
    machine.withdraw(which=0)
    machine.promises()


def test_a_forgotten_promotion_is_noticed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: without moving up somebody waits beside a free seat."""
    monkeypatch.setattr(waiting, "move_up", lambda **_keywords: [])
    with pytest.raises(AssertionError):
        machine.withdraw(which=0)


def test_a_seat_that_is_not_given_back_is_noticed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the counter no longer equals the rows."""
    monkeypatch.setattr(registrations, "give_back", lambda **_keywords: None)
    monkeypatch.setattr(waiting, "move_up", lambda **_keywords: [])
    monkeypatch.setattr(Machine, "nobody_waits_beside_a_seat", lambda *_arguments: None)
    machine.withdraw(which=0)
    with pytest.raises(AssertionError):
        machine.promises()
