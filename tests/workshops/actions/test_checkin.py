"""The day itself: taps that may come twice, parties that come in part, people nobody had registered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from cms.dates import JST, now
from cms.models import AuditEvent, Mail
from tests.factories.events import make_event, make_occurrence, make_registration
from tests.factories.people import make_user
from workshops.actions import checkin, erasing, passes, registrations
from workshops.actions.capacity import Full, recount
from workshops.enums import CapacityPolicy, EventStatus, Origin, RegistrationState, Way
from workshops.models import Occurrence, Registration
from workshops.queries.results import arrivals, attended

pytestmark = pytest.mark.django_db

DAY = dt.datetime(2026, 12, 19, 15, tzinfo=JST)


@pytest.fixture
def helper() -> Any:
    return make_user("secretariat")


@pytest.fixture
def the_day(frozen: Callable[[str], Any]) -> Callable[..., Occurrence]:
    """An occurrence of 19 December, and the clock at its door; registrations are made the week before."""

    def arrange(*parties: int, waiting_list: bool = False, **fields: Any) -> Occurrence:
        frozen("2026-12-12T10:00+09:00")
        occurrence = make_occurrence(make_event(starts_at=DAY, **fields))
        if waiting_list:
            Occurrence.objects.filter(pk=occurrence.pk).update(policy=CapacityPolicy.WAITLIST)
        for people in parties:
            make_registration(occurrence, people=people)
        frozen("2026-12-19T14:45+09:00")
        return Occurrence.objects.select_related("event").get(pk=occurrence.pk)

    return arrange


def rows(occurrence: Occurrence) -> list[Registration]:
    return list(occurrence.registrations.order_by("created_at", "queue_number", "party_size"))


def actions_of(registration: Registration) -> list[str]:
    target = f"workshops.registration:{registration.pk}"
    return list(AuditEvent.objects.filter(target=target).order_by("pk").values_list("action", flat=True))


def test_a_tap_counts_the_whole_party_and_a_second_one_nothing(the_day: Any, helper: Any) -> None:
    (party,) = rows(the_day(3))
    assert checkin.arrive(registration=party, by=helper)
    assert (party.attended, party.checked_in_at) == (3, now())
    assert not checkin.arrive(registration=party, by=helper)
    assert actions_of(party).count("registration.arrived") == 1
    row = AuditEvent.objects.get(action="registration.arrived")
    assert (row.actor, row.codes) == (str(helper.pk), {"people": 3})


@pytest.mark.parametrize("people", [1, 2, 4, 20])
def test_two_of_three_come_or_four(the_day: Any, helper: Any, people: int) -> None:
    occurrence = the_day(3)
    (party,) = rows(occurrence)
    checkin.arrive(registration=party, by=helper, people=people)
    assert party.attended == people
    assert not checkin.arrive(registration=party, by=helper, people=people)
    assert not checkin.arrive(registration=party, by=helper)  # the big button does not overwrite what was counted
    assert checkin.arrive(registration=party, by=helper, people=3)
    assert (party.attended, recount(occurrence=occurrence)) == (3, (3, 3))


@pytest.mark.parametrize("people", [0, -1, 21])
def test_no_such_number(the_day: Any, helper: Any, people: int) -> None:
    (party,) = rows(the_day(2))
    with pytest.raises(ValueError, match="people"):
        checkin.arrive(registration=party, by=helper, people=people)


def test_undo_and_again(the_day: Any, helper: Any) -> None:
    (party,) = rows(the_day(2))
    checkin.arrive(registration=party, by=helper)
    assert checkin.undo(registration=party, by=helper)
    assert (party.attended, party.checked_in_at, party.is_active) == (None, None, True)
    assert not checkin.undo(registration=party, by=helper)
    assert checkin.arrive(registration=party, by=helper)
    assert actions_of(party)[-3:] == [
        "registration.arrived",
        "registration.arrival_undone",
        "registration.arrived",
    ]


@pytest.mark.parametrize(
    ("at", "received"),
    [
        ("2026-12-18T23:59+09:00", False),
        ("2026-12-19T00:00+09:00", True),
        ("2026-12-19T22:00+09:00", True),
        ("2027-01-02T23:59+09:00", True),  # the paper sheet is copied
        ("2027-01-03T00:00+09:00", False),
    ],
)
def test_only_from_the_day_on(the_day: Any, helper: Any, frozen: Any, at: str, received: bool) -> None:
    occurrence = the_day(2)
    (party,) = rows(occurrence)
    frozen(at)
    assert checkin.receives(occurrence) is received
    if received:
        assert checkin.arrive(registration=party, by=helper)
        assert checkin.walk_in(occurrence=occurrence, key="k" * 30, by=helper).attended == 1
        return
    with pytest.raises(checkin.NotTheDay):
        checkin.arrive(registration=party, by=helper)
    with pytest.raises(checkin.NotTheDay):
        checkin.walk_in(occurrence=occurrence, key="k" * 30, by=helper)


@pytest.mark.parametrize("state", [EventStatus.CANCELLED, EventStatus.POSTPONED])
def test_nobody_is_received_where_nothing_takes_place(the_day: Any, helper: Any, state: str) -> None:
    occurrence = the_day(2)
    Occurrence.objects.filter(pk=occurrence.pk).update(state=state)
    with pytest.raises(checkin.NotTheDay):
        checkin.arrive(registration=rows(occurrence)[0], by=helper)


def test_a_walk_in_needs_no_name_no_address_and_gets_no_mail(the_day: Any, helper: Any) -> None:
    occurrence = the_day(1)
    made = checkin.walk_in(occurrence=occurrence, key="k" * 30, by=helper, people=2)
    assert (made.name, made.email, made.phone, made.origin, made.entered_by) == ("", None, None, Origin.WALK_IN, helper)
    assert (made.attended, made.state, recount(occurrence=occurrence)) == (2, RegistrationState.ACTIVE, (3, 3))
    again = checkin.walk_in(occurrence=occurrence, key="k" * 30, by=helper, people=2)
    assert (again.pk, occurrence.registrations.count(), Mail.objects.count()) == (made.pk, 2, 0)


def test_beyond_the_capacity_somebody_decides_and_is_recorded(the_day: Any, helper: Any) -> None:
    occurrence = the_day(2, capacity=2)
    with pytest.raises(Full):
        checkin.walk_in(occurrence=occurrence, key="k" * 30, by=helper)
    assert not AuditEvent.objects.filter(action="occurrence.policy_changed").exists()
    for _tap in range(2):
        checkin.walk_in(occurrence=occurrence, key="k" * 30, by=helper, beyond=True)
    assert recount(occurrence=occurrence) == (3, 3)
    row = AuditEvent.objects.get(action="occurrence.policy_changed")
    assert (row.actor, row.codes) == (str(helper.pk), {"policy": "soft", "way": "venue"})


def test_who_waits_is_not_passed_by_accident(the_day: Any, helper: Any) -> None:
    occurrence = the_day(2, 2, capacity=3, waiting_list=True)
    waits = occurrence.registrations.get(state=RegistrationState.WAITING)
    with pytest.raises(Full):  # one seat is free, but somebody waits
        checkin.walk_in(occurrence=occurrence, key="k" * 30, by=helper)
    with pytest.raises(checkin.HoldsNoSeat):
        checkin.arrive(registration=waits, by=helper)
    with pytest.raises(Full):
        checkin.let_in(registration=waits, by=helper)
    assert checkin.let_in(registration=waits, by=helper, beyond=True)
    assert not checkin.let_in(registration=waits, by=helper, beyond=True)
    occurrence.refresh_from_db()
    assert (waits.state, waits.attended, occurrence.waiting) == (RegistrationState.ACTIVE, 2, 0)
    assert recount(occurrence=occurrence) == (4, 4)
    assert checkin.walk_in(occurrence=occurrence, key="w" * 30, by=helper, beyond=True).attended == 1


def test_who_withdrew_and_comes_all_the_same(the_day: Any, helper: Any) -> None:
    occurrence = the_day(2)
    (party,) = rows(occurrence)
    registrations.withdraw(registration=party)
    assert checkin.let_in(registration=party, by=helper, people=1)
    assert (party.is_active, party.cancelled_at, party.attended) == (True, None, 1)
    assert recount(occurrence=occurrence) == (2, 2)


def test_an_offered_seat_is_taken_by_coming(the_day: Any, helper: Any, frozen: Any) -> None:
    frozen("2026-12-19T09:00+09:00")
    occurrence = make_occurrence(make_event(starts_at=DAY, capacity=1))
    Occurrence.objects.filter(pk=occurrence.pk).update(policy=CapacityPolicy.WAITLIST)
    first, second = (make_registration(occurrence).registration for _ in range(2))
    registrations.withdraw(registration=first)
    second.refresh_from_db()
    assert second.is_offered
    checkin.arrive(registration=second, by=helper)
    assert (second.state, second.offer_until) == (RegistrationState.ACTIVE, None)


def test_taking_back_a_walk_in_frees_the_seat(the_day: Any, helper: Any) -> None:
    occurrence = the_day(1)
    made = checkin.walk_in(occurrence=occurrence, key="k" * 30, by=helper, people=3)
    assert checkin.undo(registration=made, by=helper)
    assert (made.state, recount(occurrence=occurrence)) == (RegistrationState.CANCELLED, (1, 1))
    assert not checkin.undo(registration=made, by=helper)


def test_each_way_has_its_own_seats(the_day: Any, helper: Any) -> None:
    occurrence = the_day(1, capacity=1, format="both")
    made = checkin.walk_in(occurrence=occurrence, key="k" * 30, by=helper, way=Way.ONLINE)
    occurrence.refresh_from_db()
    assert (made.way, occurrence.taken, occurrence.online_taken) == (Way.ONLINE, 1, 1)


def test_figures_outlive_names(the_day: Any, helper: Any, frozen: Any) -> None:
    occurrence = the_day(3, 2, unit="party")
    first, second = rows(occurrence)
    checkin.arrive(registration=first, by=helper, people=2)
    checkin.arrive(registration=second, by=helper)
    before = arrivals(rows(occurrence))
    frozen("2027-02-01T09:00+09:00")
    assert erasing.erase_due(on=dt.date(2027, 2, 1)) == 2
    after = rows(occurrence)
    assert {row.name for row in after} == {""}
    assert arrivals(after) == before
    assert (before.parties, before.people, attended(occurrence.event)) == (2, first.attended + second.attended, 2)  # type: ignore[operator]


def test_nobody_received_is_not_nobody_came(the_day: Any) -> None:
    assert attended(the_day(2).event) is None


def test_the_pass_names_nobody_and_is_ours_alone(the_day: Any) -> None:
    (party,) = rows(the_day(1))
    mark = passes.mark_of(party)
    assert passes.registration_of(mark) == party.pk
    assert str(party.pk) not in mark
    for forged in (mark[:-1], mark.swapcase(), "x" * 40, "", f"{'A' * 22}:{mark.split(':')[1]}"):
        assert passes.registration_of(forged) is None
    assert passes.drawing(party).startswith(b"<?xml")
