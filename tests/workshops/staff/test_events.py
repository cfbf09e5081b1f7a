"""Communications staff make an event, write its page, and cannot lose people's seats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from cms.dates import JST, jst, now
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops.models import Event, EventIndexPage, EventPage, Occurrence, Registration

pytestmark = pytest.mark.django_db
LOCAL = "%Y-%m-%dT%H:%M"
START = dt.datetime(2026, 12, 19, 15, 0, tzinfo=JST)


@pytest.fixture
def staff(login: Callable[..., Any]) -> Client:
    client: Client = login("publisher")[0]
    return client


def written(*dates: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The form as it is posted."""
    data: dict[str, Any] = {
        "title": "灯りをつくる夕べ",
        "kind": "family",
        "format": "venue",
        "registration_mode": "here",
        "unit": "party",
        "party_limit": "5",
        "dates-TOTAL_FORMS": str(len(dates) or 1),
        "dates-INITIAL_FORMS": str(sum("pk" in date for date in dates)),
    }
    for number, date in enumerate(dates or ({"starts_at": START.strftime(LOCAL), "capacity": "12"},)):
        data |= {f"dates-{number}-{name}": value for name, value in date.items()}
    return data | fields


def text(response: Any) -> str:
    return str(response.content.decode())


def test_saving_makes_the_draft_page_and_opens_its_editor(staff: Client) -> None:
    answer = staff.post("/admin/events/new/", written())
    page = EventPage.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/admin/pages/{page.pk}/edit/"
    event = Event.objects.get()
    assert (page.live, page.slug, page.title) == (False, event.slug, event.title)
    assert make_occurrence(event).capacity == 12
    assert make_occurrence(event).starts_at == START
    assert not Event.objects.public().exists()
    editor = text(staff.get(f"/admin/pages/{page.pk}/edit/"))
    assert "定員12組のうち0組の申込" in editor
    assert f"/admin/events/{event.pk}/" in editor


WRONG = [
    (written(title=""), "ここが、まだのようです"),
    (written(title="あ" * 10_000), "255"),
    (written({"starts_at": "2026-02-31T10:00"}), "日と時刻を書いてください"),
    (written({"starts_at": "2026-12-19T15:00", "ends_at": "2026-12-19T14:00"}), "終わりが、始まりより前"),
    (written({"starts_at": "2026-12-19T15:00", "capacity": "-1"}), "0以上で"),
    (written({"starts_at": "2026-12-19T15:00", "capacity": "9" * 30}), "100000"),
    (written({"capacity": "3"}), "始まりを書いてください"),
    (written({}), "日時を1つは"),
    (written(closes_at="2026-12-20T10:00"), "締切は、催しが始まる時刻より前"),
    (written(opens_at="2026-12-10T10:00", closes_at="2026-12-09T10:00"), "受付を始める時刻より後"),
    (written(party_limit="0"), "1以上で"),
    (written(party_limit="99"), "20"),
    (written(title="な\x00ぎ"), "使えない文字"),
]


@pytest.mark.parametrize(("data", "sentence"), WRONG)
def test_bad_input_comes_back_with_a_sentence_and_what_was_written(
    staff: Client, data: dict[str, Any], sentence: str
) -> None:
    answer = staff.post("/admin/events/new/", data | {"venue_name": "のこる文字"})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "のこる文字" in text(answer)
    assert not Event.objects.exists()
    assert not EventPage.objects.exists()


def test_dates_are_changed_added_and_taken_away(staff: Client) -> None:
    event = make_event(times=2, starts_at=START, unit="party")
    first, second = Occurrence.objects.order_by("starts_at")
    rows = (
        {"pk": str(first.pk), "starts_at": "2026-12-20T10:00", "capacity": "5"},
        {"pk": str(second.pk), "starts_at": jst(second.starts_at).strftime(LOCAL), "remove": "on"},
        {"starts_at": "2027-01-10T00:00", "all_day": "on"},
    )
    assert staff.post(f"/admin/events/{event.pk}/", written(*rows)).status_code == 302
    left = list(Occurrence.objects.order_by("starts_at").values_list("starts_on", "all_day", "capacity"))
    assert left == [(dt.date(2026, 12, 20), False, 5), (dt.date(2027, 1, 10), True, None)]


def test_seats_given_away_cannot_be_taken_back_by_a_form(staff: Client) -> None:
    event = make_event(starts_at=START, unit="person", capacity=10)
    occurrence = make_occurrence(event)
    make_registration(occurrence, people=5)
    row = {"pk": str(occurrence.pk), "starts_at": START.strftime(LOCAL)}
    small = staff.post(f"/admin/events/{event.pk}/", written({**row, "capacity": "4"}, unit="person"))
    assert small.status_code == 422
    assert "もう5の席が決まっています" in text(small)
    gone = staff.post(f"/admin/events/{event.pk}/", written({**row, "remove": "on"}, {"starts_at": "2027-01-10T10:00"}))
    assert gone.status_code == 422
    unit = staff.post(f"/admin/events/{event.pk}/", written({**row, "capacity": "10"}, unit="party"))
    assert unit.status_code == 422
    assert "数えかたはもう変えられません" in text(unit)
    stored = Occurrence.objects.get()
    assert (stored.capacity, stored.taken, stored.event.unit) == (10, 5, "person")


def test_a_date_of_another_event_cannot_be_changed_from_here(staff: Client) -> None:
    mine, other = make_event(starts_at=START), make_event(starts_at=START)
    foreign = make_occurrence(other)
    row = {"pk": str(foreign.pk), "starts_at": "2027-01-10T10:00"}
    assert staff.post(f"/admin/events/{mine.pk}/", written(row)).status_code == 422
    assert make_occurrence(other).starts_at == START


def test_the_list_names_public_events_and_no_person(staff: Client) -> None:
    event, closed = make_event(title="ひらいた催し"), make_event(title="とじた勉強会", page=False)
    make_registration(make_occurrence(event), name="ひみつの人")
    listed = text(staff.get("/admin/events/"))
    assert "ひらいた催し" in listed
    assert "とじた勉強会" not in listed
    assert "ひみつの人" not in listed
    assert staff.get(f"/admin/events/{closed.pk}/").status_code == 404
    assert "ひみつの人" not in text(staff.get(f"/admin/events/{event.pk}/"))
    assert "ひらいた催し" not in text(staff.get("/admin/events/?q=%00%22ない"))


def test_calling_off_asks_first_and_can_be_taken_back(staff: Client) -> None:
    event = make_event()
    assert staff.get(f"/admin/events/{event.pk}/call-off/").status_code == 200
    assert not Event.objects.get().is_cancelled
    staff.post(f"/admin/events/{event.pk}/call-off/")
    assert Event.objects.get().is_cancelled
    assert "中止" in text(Client().get(f"/events/{event.slug}/"))
    staff.post(f"/admin/events/{event.pk}/hold/")
    assert not Event.objects.get().is_cancelled


def test_a_copied_page_says_that_it_is_linked_with_nothing(staff: Client) -> None:
    page = EventPage.objects.get(prose__event=make_event())
    index = EventIndexPage.objects.get()
    answer = staff.post(
        f"/admin/pages/{page.pk}/copy/",
        {"new_title": "写し", "new_slug": "copied", "new_parent_page": str(index.pk), "alias": ""},
    )
    assert answer.status_code == 302
    copied = EventPage.objects.get(slug="copied")
    assert "申込とつながっていません" in text(staff.get(f"/admin/pages/{copied.pk}/edit/"))


def test_an_event_page_begins_with_the_event(staff: Client) -> None:
    index = EventIndexPage.objects.get()
    answer = staff.get(f"/admin/pages/add/workshops/eventpage/{index.pk}/")
    assert answer.status_code == 302
    assert answer["Location"] == "/admin/events/new/"


def test_deleting_a_page_with_registrations_is_refused_with_the_way_on(staff: Client) -> None:
    event = make_event()
    make_registration(make_occurrence(event))
    page = EventPage.objects.get()
    index = EventIndexPage.objects.get()
    for answer in (
        staff.post(f"/admin/pages/{page.pk}/delete/", follow=True),
        staff.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}", follow=True),
    ):
        assert "消せません。申し込んだ方がいます。" in text(answer)
        assert "中止" in text(answer)
        assert f"/admin/pages/{page.pk}/unpublish/" in text(answer)
    staff.post(f"/admin/pages/{index.pk}/delete/", follow=True)
    assert Page.objects.filter(pk__in=[page.pk, index.pk]).count() == 2
    assert Registration.objects.count() == 1


def test_a_page_without_registrations_may_be_deleted(staff: Client) -> None:
    make_event()
    page = EventPage.objects.get()
    staff.post(f"/admin/pages/{page.pk}/delete/")
    assert not EventPage.objects.exists()


@pytest.mark.parametrize("role", ["secretariat", "member", "admin", "auditor"])
def test_only_communications_staff_edit_events(login: Callable[..., Any], role: str) -> None:
    client, _user = login(role)
    event = make_event()
    for path in ("", "new/", f"{event.pk}/", f"{event.pk}/call-off/"):
        assert client.get(f"/admin/events/{path}").status_code == 403
        assert client.post(f"/admin/events/{path}", written()).status_code in (403, 405)
    assert not Event.objects.get().is_cancelled
    assert now() < make_occurrence(event).starts_at
