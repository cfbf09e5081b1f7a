"""The door, role by role and event by event; what the screens say, and that they ask the database few questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.dates import JST
from tests.access import without_csrf
from tests.factories.events import make_event, make_occurrence, make_registration
from tests.factories.people import make_organization
from workshops.actions import passes, registrations
from workshops.actions.erasing import erase
from workshops.enums import CapacityPolicy, Origin
from workshops.models import Occurrence, Registration

pytestmark = pytest.mark.django_db

DAY = dt.datetime(2026, 12, 19, 15, tzinfo=JST)
READS = ("event_people", "event_result", "check_in", "check_in_walk_in", "check_in_sheet")
WRITES = ("check_in_arrived", "check_in_undo", "check_in_walk_in", "event_result")


class Door:
    """An event of today with a host's administrator at its door."""

    def __init__(self, login: Callable[..., Any], **fields: Any) -> None:
        self.host = make_organization(name="水辺のいえ")
        self.client, self.user = login("orgadmin", organization=self.host)
        fields = {"starts_at": DAY, "host": self.host, **fields}
        self.occurrence: Occurrence = make_occurrence(make_event(**fields))
        self.event = self.occurrence.event

    def url(self, name: str) -> str:
        pk = self.event.pk if name.startswith("event_") else self.occurrence.pk
        return reverse(f"members:{name}", args=[pk])

    def get(self, name: str) -> str:
        response = self.client.get(self.url(name))
        assert response.status_code == 200
        return str(response.content.decode())

    def post(self, name: str, /, **data: Any) -> Any:
        return self.client.post(self.url(name), data)

    def register(self, **fields: Any) -> Registration:
        return make_registration(self.occurrence, **fields).registration


@pytest.fixture
def door(frozen: Callable[[str], Any], login: Callable[..., Any]) -> Door:
    frozen("2026-12-19T13:00+09:00")
    return Door(login)


def test_the_host_sees_who_comes_but_not_how_to_reach_them(door: Door) -> None:
    door.register(
        name="なぎ", people=2, companions=["そら"], supports=["meet"], email="nagi@example.jp", phone="0000-00-0009"
    )
    assert door.event.title in door.client.get("/members/events/").content.decode()
    for name in ("event_people", "check_in", "check_in_sheet"):
        page = door.get(name)
        assert ("なぎ" in page, "そら" in page, "入口で" in page) == (True, True, True), name
        assert ("nagi@example.jp" in page, "0000-00-0009" in page) == (False, False), name
    assert "なぎ" not in door.client.get("/members/events/").content.decode()


def test_a_tap_a_second_tap_and_back(door: Door) -> None:
    party = door.register(name="なぎ", people=3)
    for _tap in range(2):
        assert door.post("check_in_arrived", registration=party.pk)["Location"] == door.url("check_in")
    party.refresh_from_db()
    assert (party.attended, "3人、来ました" in door.get("check_in")) == (3, True)
    door.post("check_in_arrived", registration=party.pk, people=2)
    party.refresh_from_db()
    assert party.attended == 2
    for _tap in range(2):
        door.post("check_in_undo", registration=party.pk)
    party.refresh_from_db()
    assert (party.attended, party.checked_in_at) == (None, None)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("なぎ", ["なぎさ", "ミケ"]),  # ミケ brings ナギ along
        ("ﾅｷﾞ", ["なぎさ", "ミケ"]),
        ("みけ", ["ミケ"]),
        ("だれもいない", []),
        ("", ["なぎさ", "ミケ", "たけ"]),
    ],
)
def test_finding_by_any_name_in_any_writing(door: Door, sought: str, found: list[str]) -> None:
    door.register(name="なぎさ")
    door.register(name="ミケ", people=2, companions=["ナギ"])
    door.register(name="たけ")
    page = door.post("check_in", q=sought).content.decode()
    assert [name for name in ("なぎさ", "ミケ", "たけ") if f"{name}さん" in page] == found


def test_finding_by_the_code_as_it_is_typed(door: Door) -> None:
    receipt = make_registration(door.occurrence, name="なぎ")
    door.register(name="たけ")
    for typed in (receipt.code, receipt.code.lower().replace("-", " "), receipt.code.replace("0", "O")):
        page = door.post("check_in", q=typed).content.decode()
        assert ("なぎさん" in page, "たけさん" in page) == (True, False)


def test_who_withdrew_is_found_only_when_looked_for(door: Door) -> None:
    party = door.register(name="やめた人")
    registrations.withdraw(registration=party)
    assert "やめた人" not in door.get("check_in")
    assert "やめた人" in door.post("check_in", q="やめた").content.decode()
    door.post("check_in_arrived", registration=party.pk)
    party.refresh_from_db()
    assert (party.is_active, party.attended) == (True, 1)


def test_a_walk_in_is_one_form(door: Door) -> None:
    form = door.client.get(door.url("check_in_walk_in")).context["form"]
    sent = {"key": form["key"].value(), "people": "2"}
    for _tap in range(2):
        assert door.post("check_in_walk_in", **sent).status_code == 302
    made = Registration.objects.get(occurrence=door.occurrence)
    assert (made.origin, made.attended, made.name, made.entered_by) == (Origin.WALK_IN, 2, "", door.user)
    assert "当日参加" in door.get("check_in")


def test_a_full_room_asks_once_more_and_forgets_nothing(door: Door) -> None:
    Occurrence.objects.filter(pk=door.occurrence.pk).update(capacity=1)
    door.register(name="なぎ")
    sent = {"key": "abc", "people": "3", "name": "とびいり"}
    answer = door.post("check_in_walk_in", **sent)
    page = answer.content.decode()
    assert (answer.status_code, 'value="とびいり"' in page, 'name="beyond"' in page) == (409, True, True)
    assert door.post("check_in_walk_in", **sent, beyond="1").status_code == 302
    door.occurrence.refresh_from_db()
    assert (door.occurrence.taken, door.occurrence.policy) == (4, CapacityPolicy.SOFT)


def test_who_waits_is_let_in_by_two_taps(door: Door) -> None:
    Occurrence.objects.filter(pk=door.occurrence.pk).update(capacity=1, policy=CapacityPolicy.WAITLIST)
    door.register(name="なぎ")
    waits = door.register(name="たけ")
    answer = door.post("check_in_arrived", registration=waits.pk)
    assert (answer.status_code, 'name="beyond"' in answer.content.decode()) == (409, True)
    door.post("check_in_arrived", registration=waits.pk, beyond="1")
    waits.refresh_from_db()
    assert (waits.is_active, waits.attended) == (True, 1)


@pytest.mark.parametrize("data", [{}, {"people": "0"}, {"people": "99"}, {"people": "x"}])
def test_bad_numbers_change_nothing(door: Door, data: dict[str, str]) -> None:
    party = door.register(people=2)
    assert door.post("check_in_walk_in", key="k", **data).status_code == 422
    if data:
        assert door.post("check_in_arrived", registration=party.pk, **data).status_code == 404
    party.refresh_from_db()
    assert (party.attended, Registration.objects.count()) == (None, 1)


def test_before_the_day_nothing_can_be_ticked(login: Any, frozen: Any) -> None:
    frozen("2026-12-18T13:00+09:00")
    door = Door(login)
    party = door.register(name="なぎ")
    page = door.get("check_in")
    assert ("なぎ" in page, door.url("check_in_arrived") in page) == (True, False)
    door.post("check_in_arrived", registration=party.pk)
    party.refresh_from_db()
    assert party.checked_in_at is None
    assert door.post("check_in_walk_in", key="k", people="1").status_code == 422


def test_the_qr_code_opens_one_party_for_its_host_alone(door: Door, login: Any, client: Client) -> None:
    receipt = make_registration(door.occurrence, name="なぎ")
    address = reverse("members:check_in_scanned", args=[passes.mark_of(receipt.registration)])
    drawn = client.get(reverse("workshops:registration_qr", args=[receipt.token]))
    assert (drawn["Content-Type"], "no-store" in drawn["Cache-Control"]) == ("image/svg+xml", True)
    page = door.client.get(address).content.decode()
    assert ("なぎ" in page, str(receipt.registration.pk) in page) == (True, True)
    stranger = client.get(address)
    assert (stranger.status_code, stranger["Location"].startswith("/accounts/login/")) == (302, True)
    other = login("orgadmin", organization=make_organization())[0]
    foreign, missing = other.get(address), other.get(reverse("members:check_in_scanned", args=["nothing"]))
    assert (foreign.status_code, without_csrf(foreign.content)) == (404, without_csrf(missing.content))
    registrations.withdraw(registration=receipt.registration)
    assert client.get(reverse("workshops:registration_qr", args=[receipt.token])).status_code == 404


ROLES: list[tuple[str, str, int]] = [
    # role, organisation, what a read of this event answers
    ("orgadmin", "host", 200),
    ("orgadmin", "partner", 404),
    ("orgadmin", "other", 404),
    ("orgadmin", "", 404),
    ("secretariat", "other", 200),
    ("member", "host", 403),
    ("partner", "host", 403),
    ("counsellor", "host", 403),
    ("reviewer", "host", 403),
    ("publisher", "host", 403),
    ("editor", "host", 403),
    ("auditor", "host", 403),
    ("admin", "host", 403),
    ("", "host", 403),
]


@pytest.mark.parametrize(("role", "side", "status"), ROLES)
def test_who_may_do_what_at_whose_door(door: Door, login: Any, role: str, side: str, status: int) -> None:
    partner = make_organization()
    door.event.partners.add(partner)
    organization = {"host": door.host, "partner": partner, "other": make_organization(), "": None}[side]
    party = door.register(name="ひみつの人")
    client = login(*[role] * bool(role), organization=organization)[0]
    missing = {name: reverse(f"members:{name}", args=[999_999]) for name in (*READS, *WRITES)}
    for name in READS:
        answer, absent = client.get(door.url(name)), client.get(missing[name])
        assert (name, answer.status_code) == (name, status)
        if status == 404:
            assert (absent.status_code, without_csrf(answer.content)) == (404, without_csrf(absent.content))
        if status != 200:
            assert "ひみつの人" not in answer.content.decode()
    for name in WRITES:
        answer = client.post(door.url(name), {"registration": party.pk, "people": "1", "key": "k", "effect": "x"})
        assert (answer.status_code in {302, 409, 422}) is (status == 200), name
        assert status == 200 or answer.status_code == status
    party.refresh_from_db()
    assert Registration.objects.filter(origin=Origin.WALK_IN).exists() is (status == 200)
    assert status == 200 or party.checked_in_at is None


def test_a_registration_of_another_day_is_no_registration_of_this_one(door: Door, login: Any) -> None:
    foreign = make_registration(make_occurrence(starts_at=DAY)).registration
    assert door.post("check_in_arrived", registration=foreign.pk).status_code == 404
    assert door.post("check_in_undo", registration=foreign.pk).status_code == 404
    foreign.refresh_from_db()
    assert foreign.checked_in_at is None


@pytest.mark.parametrize("name", ["event_people", "check_in", "check_in_sheet", "event_result"])
def test_few_questions_however_many_people(door: Door, name: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            door.get(name)
        return len(queries)

    door.register()
    door.get(name)
    few = asked()
    for _number in range(5):
        party = door.register(people=2)
        door.post("check_in_arrived", registration=party.pk)
    door.get(name)  # the sentences after the taps
    assert asked() == few


def test_the_list_of_events_asks_the_same_for_many(door: Door) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            door.client.get("/members/events/")
        return len(queries)

    few = asked()
    for _number in range(4):
        make_registration(make_occurrence(make_event(starts_at=DAY, host=door.host)))
    assert asked() == few


def test_the_paper_has_names_as_given_and_room_for_those_who_just_come(door: Door) -> None:
    door.register(name="なぎ", email="nagi@example.jp", note="3歳の子がいます")
    page = door.get("check_in_sheet")
    assert (page.count('class="blank"'), "3歳の子" in page, "nagi@" in page) == (8, False, False)


def test_an_erased_registration_still_counts(door: Door, frozen: Any) -> None:
    party = door.register(name="なぎ", people=2)
    door.post("check_in_arrived", registration=party.pk)
    erase(party)
    page = door.get("event_people")
    assert ("なぎ" in page, "2人来ました" in page) == (False, True)
    assert "（お名前は消えました）" in door.get("check_in")
