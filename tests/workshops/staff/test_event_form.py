"""The whole form of an event: seats of each way, the rule of repetition, one date put off, a copy for next year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.dates import JST, jst
from cms.models import Mail
from tests.factories.events import make_event, make_occurrence, make_registration
from tests.workshops.staff.test_events import LOCAL, text, written
from workshops.actions import events as actions
from workshops.actions.programme import SessionPlan, SpeakerPlan, write_programme
from workshops.actions.questions import QuestionPlan, write_questions
from workshops.models import Event, EventPage, EventResult, Occurrence, Registration

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 12, 3, 10, 0, tzinfo=JST)  # a Thursday
ROW = {"starts_at": START.strftime(LOCAL), "ends_at": "2026-12-03T12:00", "capacity": "8"}


@pytest.fixture
def staff(login: Callable[..., Any], frozen: Any) -> Client:
    frozen("2026-11-20T10:00+09:00")
    client: Client = login("publisher")[0]
    return client


def rule(every: str = "week", **fields: str) -> dict[str, str]:
    return {"repeat-every": every, **{f"repeat-{name}": value for name, value in fields.items()}}


def rows_in(answer: Any) -> dict[str, str]:
    """The dates as the browser would post them again."""
    dates = answer.context["dates"]
    data = {"dates-TOTAL_FORMS": str(dates.total_form_count()), "dates-INITIAL_FORMS": str(dates.initial_form_count())}
    for form in dates:
        for field in form:
            value = field.value()
            if isinstance(value, dt.datetime):
                value = value.strftime(LOCAL)
            if value not in (None, False, ""):
                data[field.html_name] = "on" if value is True else str(value)
    return data | {"repeat-seen": answer.context["seen"]}


def days() -> list[str]:
    return [f"{jst(each.starts_at):%m-%d %H}" for each in Occurrence.objects.order_by("starts_at")]


def test_all_that_is_written_is_kept(staff: Client) -> None:
    row = ROW | {
        "policy": "waitlist", "waiting_limit": "5", "online_capacity": "50", "online_policy": "waitlist",
        "online_waiting_limit": "9",
    }  # fmt: skip
    data = written(
        row, format="both", purpose="trial", targets=["youth", "men"], access_facts=["captions"], who_greets="青い服の人",
        what_happens="はいる\nすわる", may_leave="on", online_link="https://meeting.example/a", offer_hours="24", remind_hours="",
    )  # fmt: skip
    assert staff.post("/admin/events/new/", data).status_code == 302
    event = Event.objects.get()
    kept = (event.purpose, event.targets, event.access_facts, event.who_greets, event.may_leave, event.may_watch)
    assert kept == ("trial", ["youth", "men"], ["captions"], "青い服の人", True, False)
    assert (event.online_link, event.offer_hours, event.remind_hours) == ("https://meeting.example/a", 24, None)
    date = make_occurrence(event)
    hall, screen = date.parts
    assert (hall.capacity, hall.policy, hall.waiting_limit) == (8, "waitlist", 5)
    assert (screen.capacity, screen.policy, screen.waiting_limit) == (50, "waitlist", 9)
    shown = text(staff.get(f"/admin/events/{event.pk}/"))
    for words in ("キャンセル待ち", "青い服の人", "https://meeting.example/a", "目的"):
        assert words in shown


def test_dates_of_a_rule_are_looked_at_before_they_are_saved(staff: Client) -> None:
    data = written(ROW) | rule(until="2027-01-07", without="2026-12-31")
    looked = staff.post("/admin/events/new/", data)
    assert looked.status_code == 200
    assert "まだ保存していません" in text(looked)
    assert not Event.objects.exists()
    assert staff.post("/admin/events/new/", data | rows_in(looked)).status_code == 302
    assert days() == ["12-03 10", "12-10 10", "12-17 10", "12-24 10", "01-07 10"]
    assert set(Occurrence.objects.values_list("capacity", flat=True)) == {8}
    event = Event.objects.get()
    assert event.recurrence == "RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL=20270107\nEXDATE:20261231"
    form = staff.get(f"/admin/events/{event.pk}/").context["repetition"]
    assert (form["every"].value(), form["without"].value()) == ("week", ["2026-12-31"])


def test_another_rule_says_which_dates_stay_because_people_are_registered(staff: Client) -> None:
    data = written(ROW) | rule(count="4")
    staff.post("/admin/events/new/", data | rows_in(staff.post("/admin/events/new/", data)))
    event = Event.objects.get()
    booked = event.occurrences.select_related("event").order_by("starts_at")[1]
    make_registration(booked)
    address = f"/admin/events/{event.pk}/"
    data = written(**rule("two_weeks", count="3")) | rows_in(staff.get(address))
    looked = staff.post(address, data)
    assert looked.context["looked"].kept == [dt.date(2026, 12, 10)]
    assert looked.context["looked"].dropped == [dt.date(2026, 12, 24)]
    assert "申込のある日です" in text(looked)
    assert days() == ["12-03 10", "12-10 10", "12-17 10", "12-24 10"]
    assert staff.post(address, data | rows_in(looked)).status_code == 302
    assert days() == ["12-03 10", "12-10 10", "12-17 10", "12-31 10"]
    assert Registration.objects.get().occurrence == booked


BAD = [
    (rule(), "いつまでか、何回かを"),
    (rule(until="あした"), "正しい日付"),
    (rule(count="999"), "60"),
    (rule(count="3", without="大みそか"), "1行に1日"),
    (rule("each_full_moon", count="3"), "選択"),
    ({"look": "1"}, "くりかえしかたをえらんで"),
]


@pytest.mark.parametrize(("fields", "sentence"), BAD)
def test_a_broken_rule_comes_back_with_a_sentence(staff: Client, fields: dict[str, str], sentence: str) -> None:
    answer = staff.post("/admin/events/new/", written(ROW, venue_name="のこる文字") | fields)
    assert answer.status_code == 422
    assert "のこる文字" in text(answer)
    assert answer.context["repetition"].errors, sentence
    assert not Event.objects.exists()


def test_more_rows_keep_what_was_typed_and_judge_nothing(staff: Client) -> None:
    answer = staff.post(
        "/admin/events/new/", written({"starts_at": "いつか"}, title="", venue_name="のこる文字", more="1")
    )
    assert answer.status_code == 200
    shown = text(answer)
    assert "のこる文字" in shown
    assert "いつか" in shown
    assert "dates-5-starts_at" in shown
    assert 'role="alert"' not in shown


def test_a_waiting_list_without_a_capacity_is_asked_about(staff: Client) -> None:
    answer = staff.post("/admin/events/new/", written(ROW | {"capacity": "", "policy": "waitlist"}))
    assert answer.status_code == 422
    assert "キャンセル待ちには、定員を" in text(answer)


@pytest.mark.parametrize(("verb", "state"), [("put-off", "postponed"), ("call-off", "cancelled")])
def test_one_date_asks_first_says_what_mails_go_out_and_can_be_taken_back(staff: Client, verb: str, state: str) -> None:
    event = make_event(times=2, starts_at=START)
    first = make_occurrence(event)
    make_registration(first, email="nagi@example.jp")
    make_registration(first)
    address = f"/admin/events/{event.pk}/dates/{first.pk}/"
    asked = text(staff.get(f"{address}{verb}/"))
    assert "2件の申込" in asked
    assert "メールのある1件" in asked
    before = Mail.objects.count()
    assert staff.post(f"{address}{verb}/").status_code == 302
    assert list(event.occurrences.order_by("starts_at").values_list("state", flat=True)) == [state, "scheduled"]
    assert Mail.objects.count() == before + 1
    staff.post(f"{address}hold/")
    assert make_occurrence(event).state == "scheduled"
    other = make_occurrence(make_event())
    assert staff.post(f"/admin/events/{event.pk}/dates/{other.pk}/{verb}/").status_code == 404
    assert staff.get(f"{address}explode/").status_code == 404


def test_last_years_event_becomes_a_draft_without_its_people(staff: Client) -> None:
    event = make_event(
        times=2, starts_at=START, targets=["men"], remind_hours=12, online_link="https://meeting.example/a"
    )
    page = EventPage.objects.get(prose__event=event)
    page.body = [("text", "<p>去年の文</p>")]
    page.materials = [("text", "<p>去年の紙</p>")]
    page.save_revision().publish()
    write_programme(event=event, by=None, sessions=[SessionPlan("はなし", speakers=[SpeakerPlan("野沢")])])
    write_questions(event=event, by=None, questions=[QuestionPlan("何色?", kind="choice", choices=["あか", "あお"])])
    actions.record_result(event=event, by=None, attended=9)
    last = event.occurrences.select_related("event").order_by("starts_at")[1]
    actions.call_off_date(occurrence=last, by=None)
    make_registration(make_occurrence(event))
    assert staff.post(f"/admin/events/{event.pk}/copy/").status_code == 302
    copied = Event.objects.exclude(pk=event.pk).get()
    date = copied.occurrences.get()  # the one that was called off is not planned again
    assert (f"{jst(date.starts_at):%Y-%m-%d %H %a}", date.capacity, date.taken) == ("2027-12-02 10 Thu", 12, 0)
    assert (copied.targets, copied.remind_hours, copied.online_link, copied.slug == event.slug) == (
        ["men"],
        12,
        "",
        False,
    )
    draft = EventPage.objects.get(prose__event=copied)
    assert (draft.live, "去年の文" in str(draft.body), "去年の紙" in str(draft.materials)) == (False, True, False)
    assert copied.sessions.get().speakers.get().name == "野沢"
    assert copied.questions.get().choices == ["あか", "あお"]
    assert not EventResult.objects.filter(event=copied).exists()
    assert Registration.objects.get().occurrence.event == event
    assert not Event.objects.public().filter(pk=copied.pk).exists()
