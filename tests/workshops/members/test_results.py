"""What came of it: asked for until given, more than the seats allowed, unknown stays unknown, few are not broken down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.dates import JST, today
from cms.models import AuditEvent
from tests.factories.events import make_event, make_occurrence
from tests.factories.people import make_organization, sign_in
from workshops.actions import checkin
from workshops.models import Event, EventResult, Feedback
from workshops.queries.results import said_of, without_result

pytestmark = pytest.mark.django_db

DAY = dt.datetime(2026, 12, 19, 15, tzinfo=JST)


@pytest.fixture
def host(frozen: Callable[[str], Any], login: Callable[..., Any]) -> tuple[Client, Any, Event]:
    """The evening after the event."""
    frozen("2026-12-19T21:00+09:00")
    organization = make_organization()
    client, user = login("orgadmin", organization=organization)
    return client, user, make_event(starts_at=DAY, host=organization, unit="party", capacity=4, title="終わった集い")


def page_of(event: Event) -> str:
    return f"/members/events/{event.pk}/result/"


def test_asked_for_until_it_is_given(host: Any, login: Any) -> None:
    client, _user, event = host
    office = login("secretariat")[0]
    places = [(client, "/members/events/"), (office, "/members/office/events/")]
    for one, address in places:
        assert "終わった集い" in one.get(address + "?when=none").content.decode()
        assert "これからわかること" not in one.get("/members/").content.decode()
        assert "どうでしたか" in one.get("/members/").content.decode()
    assert client.post(page_of(event), {"attended": "", "unit": "party", "effect": "静かに過ごせた"}).status_code == 302
    for one, address in places:
        assert page_of(event) not in one.get(address).content.decode()
        assert "どうでしたか" not in one.get("/members/").content.decode()
    result = EventResult.objects.get(event=event)
    assert (result.attended, result.effect) == (None, "静かに過ごせた")
    assert AuditEvent.objects.filter(action="event.result_recorded").count() == 1


def test_another_host_is_not_asked(host: Any, login: Any) -> None:
    other = login("orgadmin", organization=make_organization())[0]
    assert "どうでしたか" not in other.get("/members/").content.decode()


def test_what_was_counted_at_the_door_stands_there_already(host: Any) -> None:
    client, user, event = host
    occurrence = make_occurrence(event)
    for number in range(3):
        checkin.walk_in(occurrence=occurrence, key=f"{number}" * 30, by=user, people=2)
    form = client.get(page_of(event)).context["form"]
    assert (form["attended"].value(), form["unit"].value()) == (3, "party")


def test_nobody_counted_leaves_it_empty(host: Any) -> None:
    client, _user, event = host
    assert client.get(page_of(event)).context["form"]["attended"].value() is None


@pytest.mark.parametrize(
    ("data", "status", "attended"),
    [
        ({"attended": "60", "effect": ""}, 302, 60),  # of four seats
        ({"attended": "0", "effect": ""}, 302, 0),
        ({"attended": "", "effect": ""}, 422, None),
        ({"attended": "-1", "effect": "x"}, 422, None),
        ({"attended": "たくさん", "effect": "x"}, 422, None),
        ({"attended": "1000000", "effect": "x"}, 422, None),
    ],
)
def test_numbers(host: Any, data: dict[str, str], status: int, attended: int | None) -> None:
    client, _user, event = host
    answer = client.post(page_of(event), {"unit": "party", "learning": "次は早めに", **data})
    assert answer.status_code == status
    result = EventResult.objects.filter(event=event).first()
    assert (result.attended if result else None) == attended
    if status == 422:
        assert "次は早めに" in answer.content.decode()


def test_not_before_it_began(host: Any, frozen: Any) -> None:
    client, user, event = host
    frozen("2026-12-19T14:59+09:00")
    sign_in(client, user)
    assert '<form class="form"' not in client.get(page_of(event)).content.decode()
    assert client.post(page_of(event), {"attended": "3", "unit": "party"}).status_code == 422
    assert not EventResult.objects.exists()


@pytest.mark.parametrize(
    ("fields", "asked"),
    [({}, True), ({"status": "cancelled"}, False), ({"source_key": "table-1"}, False), ({"times": 2}, False)],
)
def test_of_which_events_a_result_is_asked(frozen: Any, fields: dict[str, Any], asked: bool) -> None:
    frozen("2026-12-19T21:00+09:00")
    event = make_event(starts_at=DAY, **fields)
    assert (event in without_result(Event.objects.all())) is asked


def say(event: Event, *moods: int, words: str = "", may_quote: bool = False) -> None:
    occurrence = make_occurrence(event)
    for mood in moods:
        Feedback.objects.create(
            occurrence=occurrence, once=f"{Feedback.objects.count():064d}", mood=mood, words=words or None,
            may_quote=may_quote, said_on=today(), erase_on=today(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("moods", "told", "numbers"),
    [
        ([4] * 4, False, None),
        ([4] * 5, True, [5, 0, 0, 0]),
        ([4] * 6 + [1], True, [None, 0, 0, None]),  # one hidden number would be the rest: a second one goes with it
        ([4] * 6 + [3] * 9 + [1], True, [None, 9, 0, None]),
        ([4] * 6 + [2] * 2 + [1] * 2, True, [6, 0, None, None]),
    ],
)
def test_few_faces_are_not_told_apart(
    host: Any, moods: list[int], told: bool, numbers: list[int | None] | None
) -> None:
    client, _user, event = host
    say(event, *moods)
    said = said_of(event)
    assert (said.answers, said.is_told) == (len(moods), told)
    if numbers is not None:
        assert [number for _label, number in said.faces] == numbers
    page = client.get(page_of(event)).content.decode()
    assert ('class="faces' in page) is told


def test_only_words_that_may_be_quoted_are_shown(host: Any) -> None:
    client, _user, event = host
    say(event, 1, words="だれにも言わないで")
    say(event, 4, words="また来たい", may_quote=True)
    page = client.get(page_of(event)).content.decode()
    assert ("また来たい" in page, "だれにも言わないで" in page) == (True, False)
