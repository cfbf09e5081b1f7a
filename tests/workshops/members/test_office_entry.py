"""The office enters somebody, lets more in, and sees by which road each came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.models import AuditEvent, Mail
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops.actions import registrations
from workshops.enums import CapacityPolicy, Origin, RegistrationState
from workshops.models import Answer, Event, Occurrence, Question, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(login: Callable[..., Any]) -> tuple[Client, Any]:
    client, user = login("secretariat", name="事務局の人")
    return client, user


def sent(event: Event, **data: Any) -> dict[str, Any]:
    return {
        "origin": "paper", "occurrence": make_occurrence(event).pk, "name": "てがみの人", "people": "2", "key": "k1", **data,
    }  # fmt: skip


@pytest.mark.parametrize("origin", ["phone", "counter", "paper"])
def test_by_every_road_with_and_without_an_address(office: Any, origin: str) -> None:
    client, user = office
    event = make_event()
    answer = client.post(f"/members/office/events/{event.pk}/enter/", sent(event, origin=origin))
    made = Registration.objects.get()
    code = answer.context["receipt"].code
    assert (answer.status_code, code in answer.content.decode()) == (200, True)
    assert (made.origin, made.entered_by, made.email, made.party_size) == (origin, user, None, 2)
    assert Registration.objects.by_code(code).get() == made
    again = client.post(f"/members/office/events/{event.pk}/enter/", sent(event, origin=origin))
    assert (again.status_code, Registration.objects.count()) == (200, 1)
    page = client.get(f"/members/office/events/{event.pk}/").content.decode()
    assert (str(made.get_origin_display()) in page, "事務局の人" in page) == (True, True)


def test_with_an_address_the_confirmation_goes_there(office: Any) -> None:
    client, _user = office
    event = make_event()
    client.post(f"/members/office/events/{event.pk}/enter/", sent(event, email="ｎａｇｉ@example.jp"))
    assert Mail.objects.filter(kind="registration.confirmed").count() == 1


@pytest.mark.parametrize("origin", ["web", "walk_in", "", "x"])
def test_no_other_road(office: Any, origin: str) -> None:
    client, _user = office
    event = make_event()
    answer = client.post(f"/members/office/events/{event.pk}/enter/", sent(event, origin=origin))
    assert (answer.status_code, "てがみの人" in answer.content.decode()) == (422, True)
    assert not Registration.objects.exists()


def test_answers_come_along_and_nothing_is_required_of_a_letter(office: Any) -> None:
    client, _user = office
    event = make_event()
    kinds = [("short", []), ("choice", ["赤", "青"]), ("multiple", ["卵", "乳"]), ("yes_no", []), ("number", [])]
    asked = [
        Question.objects.create(event=event, text=f"質問{kind}", kind=kind, choices=choices, required=True)
        for kind, choices in kinds
    ]
    path = f"/members/office/events/{event.pk}/enter/"
    assert client.post(path, sent(event)).status_code == 200
    given = dict(zip((f"q{each.pk}" for each in asked), ["はい", "青", ["卵", "乳"], "no", "0"], strict=True))
    client.post(path, sent(event, key="k2", **given))
    kept = [Answer.objects.get(question=each).value for each in asked[:4]]
    assert kept == ["はい", "青", ["卵", "乳"], False]
    page = client.get(f"/members/office/events/{event.pk}/").content.decode()
    assert ("卵、乳" in page, "いいえ" in page) == (True, True)
    table = client.post(f"/members/office/events/{event.pk}/registrations.csv").content.decode("utf-8-sig")
    assert ("質問multiple" in table, "卵、乳" in table, "手紙・FAX" in table) == (True, True, True)


def test_a_full_event_waits_or_says_so(office: Any) -> None:
    client, _user = office
    event = make_event(capacity=1)
    occurrence = make_occurrence(event)
    make_registration(occurrence)
    path = f"/members/office/events/{event.pk}/enter/"
    assert client.post(path, sent(event, people="1", or_wait="on")).status_code == 422
    Occurrence.objects.filter(pk=occurrence.pk).update(policy=CapacityPolicy.WAITLIST)
    assert client.post(path, sent(event, people="1")).status_code == 422
    assert client.post(path, sent(event, people="1", or_wait="on")).status_code == 200
    assert Registration.objects.get(origin=Origin.PAPER).is_waiting
    assert "待っています" in client.get(f"/members/office/events/{event.pk}/").content.decode()


def seats(client: Client, occurrence: Occurrence, way: str = "venue", **data: Any) -> Any:
    return client.post(f"/members/office/events/dates/{occurrence.pk}/seats/{way}/", data)


def test_let_more_in_is_recorded_by_name_and_goes_to_those_who_wait(office: Any) -> None:
    client, user = office
    occurrence = make_occurrence(capacity=1)
    Occurrence.objects.filter(pk=occurrence.pk).update(policy=CapacityPolicy.WAITLIST)
    make_registration(occurrence)
    waits = make_registration(occurrence, email="nagi@example.jp").registration
    assert seats(client, occurrence, capacity="1", policy="soft").status_code == 302
    waits.refresh_from_db()
    assert waits.state == RegistrationState.OFFERED
    row = AuditEvent.objects.get(action="occurrence.policy_changed")
    assert (row.actor, row.codes) == (str(user.pk), {"policy": "soft", "way": "venue"})


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"capacity": "5", "policy": "limit"}, 302),
        ({"capacity": "", "policy": "limit"}, 302),
        ({"capacity": "1", "policy": "limit"}, 422),  # two are taken
        ({"capacity": "x", "policy": "limit"}, 422),
        ({"capacity": "3", "policy": "none"}, 422),
    ],
)
def test_seats_as_they_may_be(office: Any, data: dict[str, str], status: int) -> None:
    client, _user = office
    occurrence = make_occurrence(capacity=3)
    make_registration(occurrence, people=2)
    assert seats(client, occurrence, **data).status_code == status
    occurrence.refresh_from_db()
    assert occurrence.capacity == (3 if status == 422 else int(data["capacity"]) if data["capacity"] else None)


def test_no_such_way_and_no_such_day(office: Any) -> None:
    client, _user = office
    occurrence = make_occurrence()
    assert seats(client, occurrence, "online", capacity="5", policy="limit").status_code == 404
    occurrence.pk = 999_999
    assert seats(client, occurrence, capacity="5", policy="limit").status_code == 404


def test_every_state_is_told(office: Any) -> None:
    client, _user = office
    occurrence = make_occurrence(capacity=1)
    Occurrence.objects.filter(pk=occurrence.pk).update(policy=CapacityPolicy.WAITLIST)
    first, *_waiting = [make_registration(occurrence, name=name).registration for name in ("一", "二", "三")]
    registrations.withdraw(registration=first)
    page = client.get(f"/members/office/events/{occurrence.event_id}/").content.decode()
    assert [words in page for words in ("取り消し", "までお席を用意", "1番目で待っています")] == [True, True, True]
