"""What residents and machines read about an event."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client

from cms.dates import JST
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops.actions import events as actions
from workshops.actions.events import Plan
from workshops.actions.programme import SessionPlan, SpeakerPlan, write_programme
from workshops.models import Event, EventPage

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 12, 19, 15, 0, tzinfo=JST)


@pytest.fixture(autouse=True)
def today(frozen: Any) -> None:
    frozen("2026-12-01T10:00+09:00")


def page_of(event: Event) -> str:
    return str(Client().get(f"/events/{event.slug}/").content.decode())


def data_of(event: Event) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page_of(event), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def both(**seats: Any) -> Event:
    """At the venue and online."""
    event = actions.create_event(
        by=None,
        plans=[Plan(START, START + dt.timedelta(hours=2), **seats)],
        title="会場と画面の会",
        format="both",
        venue_name="市民会館",
        registration_mode="here",
        fee_text="無料",
        online_link="https://meeting.example/himitsu",
    )
    actions.make_page(event=event, live=True)
    return event


def test_programme_welcome_and_access_stand_on_the_page() -> None:
    event = make_event(
        starts_at=START, what_happens="よび名を言う\n席にすわる", who_greets="黄色い名札の人がいます", may_leave=True, may_watch=True,
        access_facts=["wheelchair", "captions"], targets=["youth"],
    )  # fmt: skip
    speaker = SpeakerPlan("野沢", "氏", "植草学園大学", "話を聞く人")
    write_programme(
        event=event,
        by=None,
        sessions=[SessionPlan("はなし", dt.time(13, 30), subthemes=["一", "二"], speakers=[speaker])],
    )
    html = page_of(event)
    for words in ("13:30", "野沢氏", "植草学園大学", "話を聞く人", "小テーマ① 一", "よび名を言う", "黄色い名札の人",
                  "途中で帰って大丈夫", "聞くだけ", "車いす", "字幕", "若い人"):  # fmt: skip
        assert words in html, words


def test_seats_of_each_way_and_the_words_of_the_waiting_list() -> None:
    event = both(capacity=2, policy="waitlist", online_capacity=50, online_policy="soft")
    occurrence = make_occurrence(event)
    make_registration(occurrence, people=2)
    html = page_of(event)
    assert "満席（キャンセル待ちできます）" in html
    assert "申込できます" in html
    only_hall = make_event(starts_at=START, capacity=1)
    hall = make_occurrence(only_hall)
    hall.policy = "waitlist"
    hall.save(update_fields=["policy"])
    make_registration(hall)
    assert "キャンセル待ちに入る" in page_of(only_hall)


def test_a_date_that_is_put_off_moved_or_called_off_says_so() -> None:
    event = make_event(starts_at=START, times=3)
    first, second, third = event.occurrences.select_related("event").order_by("starts_at")
    actions.put_off(occurrence=first, by=None)
    actions.call_off_date(occurrence=third, by=None)
    later = [
        Plan(second.starts_at + dt.timedelta(days=2), second.ends_at + dt.timedelta(days=2), capacity=12, pk=second.pk)
    ]
    actions.change_event(event=event, by=None, plans=later)
    html = page_of(event)
    assert "延期になりました" in html
    assert "この回は、行いません" in html
    assert "もとは12月26日（土）15時でした" in html
    assert [part["eventStatus"].rsplit("/", 1)[1] for part in data_of(event)["subEvent"]] == [
        "EventPostponed", "EventRescheduled", "EventCancelled",
    ]  # fmt: skip
    moved = data_of(event)["subEvent"][1]
    assert (moved["previousStartDate"], moved["startDate"]) == (
        "2026-12-26T15:00:00+09:00",
        "2026-12-28T15:00:00+09:00",
    )


def test_a_date_corrected_before_anybody_read_it_was_never_another() -> None:
    event = make_event(starts_at=START, live=False)
    occurrence = make_occurrence(event)
    actions.change_event(
        event=event, by=None, plans=[Plan(START + dt.timedelta(days=1), pk=occurrence.pk, capacity=12)]
    )
    assert make_occurrence(event).moved_from is None


def test_json_ld_of_an_event_at_both_never_tells_the_address_of_the_meeting() -> None:
    event = both(capacity=40, online_capacity=100)
    data = data_of(event)
    assert data["@type"] == "Event"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert (data["startDate"], data["endDate"]) == ("2026-12-19T15:00:00+09:00", "2026-12-19T17:00:00+09:00")
    assert (data["offers"]["price"], data["offers"]["priceCurrency"], data["isAccessibleForFree"]) == (0, "JPY", True)
    assert [data[f"maximum{kind}AttendeeCapacity"] for kind in ("", "Physical", "Virtual")] == [140, 40, 100]
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert "himitsu" not in page_of(event)


def test_json_ld_of_several_dates_is_a_series_and_nothing_in_it_ends_the_script() -> None:
    event = make_event(
        starts_at=START, times=2, title="</script><script>alert(1)//", host_text="<b>主催</b>", unit="party"
    )
    data = data_of(event)
    assert data["@type"] == "EventSeries"
    assert data["name"] == "</script><script>alert(1)//"
    assert [part["superEvent"]["@id"] for part in data["subEvent"]] == [data["@id"]] * 2
    assert data["organizer"] == [{"@type": "Organization", "name": "<b>主催</b>"}]
    assert "offers" not in data  # a fee that is not said is not none
    assert "maximumAttendeeCapacity" not in data["subEvent"][0]  # seats are parties, not people
    assert "<script>alert(1)" not in page_of(event)


def test_after_the_day_there_are_handouts_and_a_next_step(frozen: Any) -> None:
    event, other = make_event(starts_at=START), make_event(starts_at=START + dt.timedelta(days=60), title="つぎの会")
    page = EventPage.objects.get(prose__event=event)
    page.materials = [("text", "<p>配った紙です</p>")]
    page.save_revision().publish()
    before = page_of(event)
    assert "当日の資料" in before
    assert "つぎの一歩" not in before
    frozen("2027-01-10T10:00+09:00")
    after = page_of(event)
    for words in ("当日の資料", "配った紙です", "つぎの一歩", other.title, "/places/", "/help/"):
        assert words in after


def test_the_number_of_queries_does_not_grow_with_dates_and_speakers(django_assert_max_num_queries: Any) -> None:
    small, large = make_event(starts_at=START), make_event(starts_at=START, times=10)
    parts = [SessionPlan(f"部{n}", speakers=[SpeakerPlan(f"人{n}{m}") for m in range(3)]) for n in range(6)]
    write_programme(event=small, by=None, sessions=parts[:1])
    write_programme(event=large, by=None, sessions=parts)
    page_of(small)
    counts = []
    for event in (small, large):
        with django_assert_max_num_queries(80) as asked:
            page_of(event)
        counts.append(len(asked))
    assert counts[0] == counts[1]
