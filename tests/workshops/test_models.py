"""Events as they really were: the model events of Ichihara, the steps of Kasaoka; days, seats and who sees what."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.test import Client

from cms.dates import JST, now
from tests.factories.events import make_event, make_occurrence, make_registration
from tests.factories.people import make_user
from workshops.actions import events as actions
from workshops.actions.events import Plan
from workshops.models import Event, EventProse, FormationStep, Occurrence, Registration
from workshops.queries.events import next_occurrences, seats_of

pytestmark = pytest.mark.django_db
UNITS = {"組": "party", "人": "person"}


@pytest.fixture
def seeds() -> dict[str, Any]:
    path = Path(settings.SHARED_DATA) / "seeds" / "fixture.json"
    if not path.exists():
        pytest.skip("SHARED_DATA is not there")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_the_model_events_of_ichihara_load_and_are_printed(seeds: dict[str, Any], client: Client) -> None:
    pages = {}
    for row in seeds["ichihara"]["model_events"]:
        start = dt.datetime.fromisoformat(row["date"]).replace(tzinfo=JST)
        plan = Plan(starts_at=start, ends_at=start + dt.timedelta(days=1), all_day=True, capacity=row["capacity"])
        event = actions.create_event(
            by=None,
            title=row["title"],
            summary=row["summary"],
            host_text=row["npo"] or "",
            format=row.get("format", "venue"),
            unit=UNITS[row["unit"]],
            plans=[plan],
        )
        actions.record_result(
            event=event, by=None, attended=row["attended"], unit=UNITS[row["unit"]], effect=row["effect"]
        )
        actions.make_page(event=event, live=True)
        pages[row["title"]] = client.get(f"/events/{event.slug}/").content.decode()
    assert "4組が参加" in pages["ほっこり皆の集いの場"]
    assert "定員40人に対し60人が参加 参加者間の交流が生まれた" in pages["ウェルキャンオンライン"]
    assert "60人が参加しました" in pages["ウェルキャンオンライン"]
    assert "オンライン" in pages["ウェルキャンオンライン"]
    assert "98人が参加" in pages["グランパ・フェスタ"]
    assert "2022年（令和4年）" in pages["ほっこり皆の集いの場"] or "令和4年（2022年）" in pages["ほっこり皆の集いの場"]


def test_the_steps_of_kasaoka_load_and_are_printed_in_order(seeds: dict[str, Any]) -> None:
    for row in seeds["kasaoka"]["steps"]:
        FormationStep.objects.create(
            order=row["order"],
            title=row["title"],
            body="\n".join(row["bullets"]),
            when_text=row.get("date", ""),
            state="done",
        )
    html = Template("{% load events %}{% formation_steps as steps %}{{ steps }}").render(Context())
    titles = [row["title"] for row in seeds["kasaoka"]["steps"]]
    places = [html.index(f"<h3>{title}") for title in titles]
    assert places == sorted(places)
    assert html.count("<li class=") == 3
    assert all(bullet in html for row in seeds["kasaoka"]["steps"] for bullet in row["bullets"])


def test_no_steps_no_section() -> None:
    assert Template("{% load events %}{% formation_steps as steps %}[{{ steps }}]").render(Context()) == "[]"


@pytest.mark.parametrize(
    ("start", "end", "days", "words"),
    [
        ("2026-12-19T15:00", "2026-12-19T17:30", (19, 19), "15時〜17時30分"),
        ("2026-12-19T15:00", None, (19, 19), "15時から"),
        ("2026-12-19T22:00", "2026-12-20T00:00", (19, 19), "22時〜0時"),
        ("2026-12-19T22:00", "2026-12-20T06:00", (19, 20), "22時〜6時"),
        ("2026-12-19T00:30", "2026-12-19T01:00", (19, 19), "0時30分〜1時"),
    ],
)
def test_days_are_japanese_days(start: str, end: str | None, days: tuple[int, int], words: str) -> None:
    moment = {name: dt.datetime.fromisoformat(text).replace(tzinfo=JST) for name, text in
              (("starts_at", start), ("ends_at", end)) if text}  # fmt: skip
    event = actions.create_event(by=None, title="夜", plans=[Plan(**moment)])
    occurrence = Occurrence.objects.get(event=event)
    assert (occurrence.starts_on.day, occurrence.ends_on.day, occurrence.hours) == (*days, words)


@pytest.mark.parametrize(
    "wrong", [{"capacity": 200_000}, {"capacity": 1, "taken": 2}, {"ends_at": now() - dt.timedelta(days=900)}]
)
def test_the_table_refuses_what_cannot_be(wrong: dict[str, Any]) -> None:
    occurrence = make_occurrence()
    with pytest.raises(IntegrityError), transaction.atomic():
        Occurrence.objects.filter(pk=occurrence.pk).update(**wrong)


@pytest.mark.parametrize("size", [0, 21])
def test_a_party_has_between_one_and_twenty_people(size: int) -> None:
    registration = make_registration().registration
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=registration.pk).update(party_size=size)


def test_a_deadline_after_the_start_is_refused_beside_its_field() -> None:
    with pytest.raises(ValidationError) as error:
        make_event(closes_at=now() + dt.timedelta(days=30))
    assert list(error.value.message_dict) == ["closes_at"]
    assert not Event.objects.exists()


def test_public_means_a_live_page_and_the_office_sees_all() -> None:
    live, draft, closed = make_event(), make_event(live=False), make_event(page=False)
    assert set(Event.objects.visible_to(AnonymousUser())) == {live}
    assert set(Event.objects.visible_to(make_user("member"))) == {live}
    assert set(Event.objects.visible_to(make_user("secretariat"))) == {live, draft, closed}
    assert set(Occurrence.objects.visible_to(AnonymousUser()).values_list("event", flat=True)) == {live.pk}


@pytest.mark.parametrize("role", ["member", "publisher", "admin", "auditor", "orgadmin"])
def test_only_the_office_sees_registrations(role: str) -> None:
    make_registration()
    assert not Registration.objects.visible_to(make_user(role)).exists()
    assert not Registration.objects.visible_to(AnonymousUser()).exists()
    assert Registration.objects.visible_to(make_user("secretariat")).count() == 1


def test_one_page_an_event_and_language() -> None:
    event = make_event()
    other = EventProse.objects.get(event=make_event())
    with pytest.raises(IntegrityError), transaction.atomic():
        EventProse.objects.filter(pk=other.pk).update(event=event)
    assert actions.make_page(event=event).pk == EventProse.objects.get(event=event).page_id


def test_the_next_events_are_public_to_come_and_held() -> None:
    first, second = make_event(), make_event(starts_at=now() + dt.timedelta(days=20))
    make_event(live=False)
    make_event(starts_at=now() - dt.timedelta(days=2))
    off = make_event()
    actions.call_off(event=off, by=None)
    assert [occurrence.event for occurrence in next_occurrences(5)] == [first, second]
    html = Template("{% load events %}{% next_events 1 as coming %}{% for o in coming %}{% event_card o %}{% endfor %}")
    card = html.render(Context())
    assert first.title in card
    assert second.title not in card
    assert "申込できます" in card


@pytest.mark.parametrize(
    ("fields", "people", "window", "words"),
    [
        ({"unit": "person", "capacity": 10}, 1, "on", "申込できます"),
        ({"unit": "person", "capacity": 5}, 3, "soon", "あと2人"),
        ({"unit": "party", "capacity": 1}, 3, "full", "満席"),
        ({"registration_mode": "here", "closes_at": dt.timedelta(hours=-1)}, 0, "off", "申込は締め切りました"),
        ({"opens_at": dt.timedelta(hours=1)}, 0, "soon", "申込はこれからです"),
        ({"registration_mode": "none"}, 0, "on", "申込はいりません"),
        ({"registration_mode": "elsewhere"}, 0, "on", "主催者に申し込む"),
    ],
)
def test_a_window_says_how_the_seats_stand(fields: dict[str, Any], people: int, window: str, words: str) -> None:
    moments = {name: now() + value if isinstance(value, dt.timedelta) else value for name, value in fields.items()}
    occurrence = make_occurrence(**moments)
    if people:
        make_registration(occurrence, people=people)
    seats = seats_of(make_occurrence(occurrence.event))
    assert (seats.window, seats.words) == (window, words)


def test_names_reach_no_message_of_an_error_page() -> None:
    registration = make_registration(name="ひみつの人").registration
    assert "ひみつ" not in str(registration) + repr(registration)
