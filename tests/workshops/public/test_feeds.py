"""Calendar feeds, read back by a reader that knows the standard and not our library."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from cms.dates import JST
from tests.factories.events import make_event, make_occurrence
from tests.factories.people import make_organization
from tests.workshops.importing.tables import table
from tests.workshops.public import rfc5545
from tests.workshops.public.rfc5545 import Entry
from workshops.actions.events import Plan, call_off, call_off_date, change_event, hold_after_all, put_off
from workshops.actions.feeds import end_feed, make_feed
from workshops.actions.importing import import_rows
from workshops.importing.rows import read_events
from workshops.models import Event, Occurrence, PersonalFeed

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 12, 19, 15, tzinfo=JST)


def entries(client: Client, path: str) -> list[Entry]:
    """What an independent reader finds; the library that wrote it must find as many."""
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    _calendar, found = rfc5545.read(response.content)
    assert len(found) == len(Calendar.from_ical(response.content).walk("VEVENT"))
    return found


def plan_of(occurrence: Occurrence, **changed: Any) -> Plan:
    """The occurrence as it is planned, with something changed."""
    now = {"starts_at": occurrence.starts_at, "ends_at": occurrence.ends_at, "capacity": occurrence.capacity}
    return Plan(pk=occurrence.pk, **{**now, **changed})


@pytest.fixture(autouse=True)
def _clock(frozen: Any) -> None:
    frozen("2026-12-03T18:40+09:00")


def test_an_entry_in_japanese_time(client: Client) -> None:
    event = make_event(
        title="灯り、をつくる; 夕べ", starts_at=START, venue_name="水辺のいえ", venue_address="みなも市1"
    )
    text = client.get("/events.ics").content.decode()
    assert "DTSTART;TZID=Asia/Tokyo:20261219T150000" in text
    (entry,) = entries(client, "/events.ics")
    assert (entry.summary, entry.location) == ("灯り、をつくる; 夕べ", "水辺のいえ　みなも市1")
    assert entry.url == f"http://testserver/events/{event.slug}/"
    assert entry.start == dt.datetime(2026, 12, 19, 6, tzinfo=dt.UTC)
    assert entry.end == dt.datetime(2026, 12, 19, 8, tzinfo=dt.UTC)
    assert entry.start.utcoffset() == dt.timedelta(hours=9)  # type: ignore[union-attr]


def test_one_event_is_neutral(client: Client) -> None:
    event = make_event(title="介護する家族の集い", summary="つらい", starts_at=START, times=2, venue_name="水辺のいえ")
    text = client.get(f"/events/{event.slug}.ics").content.decode()
    assert "介護" not in text
    assert "つらい" not in text
    found = entries(client, f"/events/{event.slug}.ics")
    assert [entry.summary for entry in found] == ["予定（水辺のいえ）"] * 2


def test_the_same_date_is_the_same_entry_in_every_feed(client: Client) -> None:
    event = make_event(starts_at=START, kind="family")
    paths = ["/events.ics", "/events.ics?k=family", f"/events/{event.slug}.ics"]
    assert len({entries(client, path)[0].uid for path in paths}) == 1
    assert entries(client, "/events.ics?k=talk") == []


def test_moving_keeps_the_uid_and_raises_the_sequence(client: Client, frozen: Any) -> None:
    event = make_event(starts_at=START)
    occurrence = make_occurrence(event)
    (before,) = entries(client, "/events.ics")
    frozen("2026-12-04T09:00+09:00")
    later = START + dt.timedelta(days=1, hours=2)
    change_event(event=event, by=None, plans=[plan_of(occurrence, starts_at=later, ends_at=later)])
    (after,) = entries(client, "/events.ics")
    assert after.uid == before.uid == f"occurrence-{occurrence.pk}@testserver"
    assert after.sequence == before.sequence + 1
    assert (after.start, after.end) == (later, None)
    assert after.changed > before.changed
    assert after.stamp == after.changed == dt.datetime(2026, 12, 4, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("changed", "raises"),
    [
        ({"title": "別の名前"}, True),
        ({"venue_name": "市民会館"}, True),
        ({"venue_address": "みなも市2"}, True),
        ({"summary": "別の説明"}, False),
        ({"fee_text": "100円"}, False),
    ],
)
def test_what_the_entry_says_raises_the_sequence(client: Client, changed: dict[str, str], raises: bool) -> None:
    event = make_event(starts_at=START)
    (before,) = entries(client, "/events.ics")
    change_event(event=event, by=None, plans=[plan_of(make_occurrence(event))], **changed)
    (after,) = entries(client, "/events.ics")
    assert after.sequence == before.sequence + raises


def test_seats_are_no_news(client: Client) -> None:
    event = make_event(starts_at=START)
    before = client.get("/events.ics").content
    change_event(event=event, by=None, plans=[plan_of(make_occurrence(event), capacity=3)])
    assert client.get("/events.ics").content == before


def test_an_import_that_changes_a_row_raises_it_too(client: Client) -> None:
    def load(**cells: str) -> None:
        row = {"title": "朝市", "start_date": "2026-12-19", "end_date": ""}
        import_rows(reading=read_events(table({**row, **cells})), by=None)

    load(street="みなも市1")
    (before,) = entries(client, "/events.ics")
    load(street="みなも市2")
    (after,) = entries(client, "/events.ics")
    assert (after.uid, after.location) == (before.uid, "公民館　みなも市2")
    assert after.sequence > before.sequence
    load(street="みなも市2")
    assert entries(client, "/events.ics")[0].sequence == after.sequence


def test_all_day_ends_on_the_day_after(client: Client) -> None:
    row = {"start_date": "2026-12-19", "end_date": "2026-12-20", "start_time": "", "end_time": ""}
    import_rows(reading=read_events(table(row)), by=None)
    (entry,) = entries(client, "/events.ics")
    assert (entry.start, entry.end) == (dt.date(2026, 12, 19), dt.date(2026, 12, 21))


def test_called_off_put_off_and_back(client: Client) -> None:
    event = make_event(starts_at=START, times=2)
    first, second = event.occurrences.select_related("event").order_by("starts_at")
    states = [[(entry.status, entry.sequence) for entry in entries(client, "/events.ics")]]
    put_off(occurrence=first, by=None)
    call_off_date(occurrence=second, by=None)
    states.append([(entry.status, entry.sequence) for entry in entries(client, "/events.ics")])
    change_event(event=event, by=None, plans=[plan_of(first, starts_at=START + dt.timedelta(hours=1))])
    states.append([(entry.status, entry.sequence) for entry in entries(client, "/events.ics")])
    call_off(event=event, by=None)
    states.append([(entry.status, entry.sequence) for entry in entries(client, "/events.ics")])
    hold_after_all(event=event, by=None)
    states.append([(entry.status, entry.sequence) for entry in entries(client, "/events.ics")])
    assert states == [
        [("CONFIRMED", 0), ("CONFIRMED", 0)],
        [("TENTATIVE", 1), ("CANCELLED", 1)],
        [("CONFIRMED", 2), ("CANCELLED", 1)],
        [("CANCELLED", 3), ("CANCELLED", 1)],
        [("CONFIRMED", 4), ("CONFIRMED", 2)],
    ]


def test_what_is_not_public_is_not_there(client: Client) -> None:
    draft = make_event(starts_at=START, live=False)
    make_event(starts_at=START - dt.timedelta(days=90))
    assert entries(client, "/events.ics") == []
    assert client.get(f"/events/{draft.slug}.ics").status_code == 404
    assert client.get("/events/nowhere.ics").status_code == 404
    assert Occurrence.objects.count() == 2


@pytest.mark.parametrize("query", ["", "?k=family", "?g=2", "?f=online&p=free", "?a=1&a=4", "?s=1", "?s=2"])
def test_feed_list_and_reader_show_the_same_events(client: Client, query: str) -> None:
    make_event(title="親子", starts_at=START, kind="family", targets=["children"])
    make_event(title="画面", starts_at=START, format="online", fee_text="無料")
    make_event(title="やさしい", starts_at=START, access_facts=["wheelchair", "sign"])
    make_event(title="だれでも", starts_at=START, targets=["anybody"])
    full = make_event(title="満席", starts_at=START, capacity=1)
    Occurrence.objects.filter(event=full).update(taken=1)
    html = client.get(f"/events/{query}").content.decode()
    shown = set(re.findall(r"<h3><a [^>]*>([^<]+)</a></h3>", html))
    atom = ET.fromstring(client.get(f"/events/feed/{query}").content)  # noqa: S314  our own
    read = {title.text.partition("　")[2] for title in atom.iterfind("{*}entry/{*}title")}  # type: ignore[union-attr]
    assert shown == read == {entry.summary for entry in entries(client, f"/events.ics{query}")}
    assert shown
    assert (len(shown) < 5) == bool(query)


def test_the_reader_feed_names_its_page_and_its_change(client: Client) -> None:
    event = make_event(title="夕べ", starts_at=START, kind="talk")
    response = client.get("/events/feed/?k=talk")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    atom = ET.fromstring(response.content)  # noqa: S314  our own
    (entry,) = atom.iterfind("{*}entry")
    link = entry.find("{*}link")
    assert link is not None
    assert link.get("href") == f"http://testserver/events/{event.slug}/"
    assert entry.findtext("{*}title") == "12月19日（土）15時〜17時　夕べ"


def test_the_page_that_explains_names_addresses_that_answer(client: Client) -> None:
    make_event(starts_at=START, kind="family", targets=["children"])
    html = client.get("/events/subscribe/").content.decode()
    assert 'value="http://testserver/events.ics"' in html
    assert 'href="webcal://testserver/events.ics"' in html
    addresses = set(re.findall(r'href="http://testserver(/events\.ics[^"]*)"', html))
    assert len(addresses) == 14
    assert {len(entries(client, path)) for path in addresses} == {0, 1}
    chosen = client.get("/events/subscribe/?k=family&a=1").content.decode()
    assert 'value="http://testserver/events.ics?k=family&amp;a=1"' in chosen


# --- a member's own feed ----------------------------------------------------------------------------------


def own(client: Client, token: str) -> list[Entry]:
    return entries(client, f"/feeds/{token}.ics")


def test_a_members_feed_holds_what_the_organisation_holds(client: Client, login: Any) -> None:
    mine, other = make_organization(name="わたしの会"), make_organization(name="ほかの会")
    _member, user = login("member", organization=mine)
    make_event(title="公開の催し", starts_at=START, host=mine, venue_name="水辺のいえ")
    make_event(title="閉じた勉強会", starts_at=START, host=mine, page=False, venue_name="会議室")
    make_event(title="下書き", starts_at=START, host=mine, live=False, venue_name="どこか")
    make_event(title="よその勉強会", starts_at=START, host=other, page=False, venue_name="よそ")
    together = make_event(title="いっしょに", starts_at=START, host=other, venue_name="広場")
    together.partners.add(mine)
    token = make_feed(by=user)
    response = client.get(f"/feeds/{token}.ics")
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert [entry.summary for entry in own(client, token)] == [
        "予定（水辺のいえ）",
        "予定（会議室）",
        "予定（広場）",
    ]
    text = response.content.decode()
    assert not [word for word in ("公開の", "閉じた", "下書き", "よその", "いっしょ", "会の") if word in text]
    assert "URL" not in text


def test_the_address_is_shown_once_and_stored_as_a_hash(login: Any) -> None:
    client, user = login("member", organization=make_organization())
    path = "/members/events/calendar/"
    assert "/feeds/" not in client.get(path).content.decode()
    html = client.post(path, {"do": "make"}).content.decode()
    (token,) = set(re.findall(r"/feeds/([0-9a-f]{40})\.ics", html))
    assert PersonalFeed.objects.get(user=user).token_hash != token
    assert "/feeds/" not in client.get(path).content.decode()
    assert own(client, token) == []


@pytest.mark.parametrize("end", ["taken back", "made anew", "role ended", "person inactive"])
def test_an_address_that_ended_is_like_one_that_never_was(client: Client, login: Any, end: str) -> None:
    browser, user = login("member", organization=make_organization())
    token = make_feed(by=user)
    assert client.get(f"/feeds/{token}.ics").status_code == 200
    if end == "taken back":
        assert browser.post("/members/events/calendar/", {"do": "end"}).status_code == 302
    elif end == "made anew":
        assert make_feed(by=user) != token
    elif end == "role ended":
        user.role_assignments.all().delete()
    else:
        type(user).objects.filter(pk=user.pk).update(is_active=False)
    gone, unknown = client.get(f"/feeds/{token}.ics"), client.get(f"/feeds/{'f' * 40}.ics")
    assert (gone.status_code, gone.content) == (404, unknown.content)
    assert gone["Cache-Control"] == "private, no-store"


def test_ending_twice_is_no_error(login: Any) -> None:
    _client, user = login("member", organization=make_organization())
    end_feed(by=user)
    assert not PersonalFeed.objects.exists()


def test_somebody_without_an_organisation_has_an_empty_calendar(client: Client, login: Any) -> None:
    _client, user = login("secretariat")
    type(user).objects.filter(pk=user.pk).update(organization=None)
    make_event(starts_at=START, page=False)
    assert own(client, make_feed(by=user)) == []
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "CRLF"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", "at least one"),
        (b"BEGIN:VCALENDAR\r\nX:" + b"x" * 75 + b"\r\nEND:VCALENDAR\r\n", "octets"),
    ],
)
def test_the_reader_refuses_what_the_standard_refuses(wrong: bytes, why: str) -> None:
    with pytest.raises(rfc5545.Wrong, match=why):
        rfc5545.read(wrong)
