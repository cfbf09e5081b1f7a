"""Calendar feeds, read back with the library that other programmes use."""

import datetime as dt

import pytest
from django.test import Client
from icalendar import Calendar

from cms.dates import JST
from tests.factories.events import make_event
from tests.workshops.importing.tables import table
from workshops.actions.events import call_off
from workshops.actions.importing import import_rows
from workshops.importing.rows import read_events
from workshops.models import Event, Occurrence

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 12, 19, 15, tzinfo=JST)


def entries(client: Client, path: str) -> list:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


@pytest.fixture(autouse=True)
def _clock(frozen) -> None:
    frozen("2026-12-03T18:40+09:00")


def test_an_entry_in_japanese_time(client: Client) -> None:
    event = make_event(title="灯りをつくる夕べ", starts_at=START, venue_name="水辺のいえ", venue_address="みなも市1")
    text = client.get("/events.ics").content.decode()
    assert "DTSTART;TZID=Asia/Tokyo:20261219T150000" in text
    assert "TZID:Asia/Tokyo" in text
    (entry,) = entries(client, "/events.ics")
    assert (str(entry["summary"]), str(entry["location"])) == ("灯りをつくる夕べ", "水辺のいえ　みなも市1")
    assert str(entry["url"]) == f"http://testserver/events/{event.slug}/"
    assert entry["dtend"].dt == START + dt.timedelta(hours=2)


def test_one_event_is_neutral(client: Client) -> None:
    event = make_event(title="介護する家族の集い", summary="つらい", starts_at=START, times=2, venue_name="水辺のいえ")
    text = client.get(f"/events/{event.slug}.ics").content.decode()
    assert "水辺のいえ" in text
    assert "介護" not in text
    assert "つらい" not in text
    assert len(entries(client, f"/events/{event.slug}.ics")) == 2


def test_the_uid_stays_and_the_sequence_grows(client: Client) -> None:
    event = make_event(starts_at=START)
    (before,) = entries(client, "/events.ics")
    Event.objects.filter(pk=event.pk).update(changed_at=event.changed_at + dt.timedelta(minutes=5))
    (after,) = entries(client, "/events.ics")
    assert before["uid"] == after["uid"] == f"occurrence-{event.occurrences.get().pk}@testserver"
    assert after["sequence"] > before["sequence"]


def test_all_day_ends_on_the_day_after(client: Client) -> None:
    row = {"start_date": "2026-12-19", "end_date": "2026-12-20", "start_time": "", "end_time": ""}
    import_rows(reading=read_events(table(row)), by=None)
    (entry,) = entries(client, "/events.ics")
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (dt.date(2026, 12, 19), dt.date(2026, 12, 21))


def test_called_off_is_said(client: Client) -> None:
    event = make_event(starts_at=START)
    (before,) = entries(client, "/events.ics")
    call_off(event=event, by=None)
    (after,) = entries(client, "/events.ics")
    assert (str(before["status"]), str(after["status"])) == ("CONFIRMED", "CANCELLED")
    assert after["sequence"] > before["sequence"]


def test_what_is_not_public_is_not_there(client: Client) -> None:
    draft = make_event(starts_at=START, live=False)
    make_event(starts_at=START - dt.timedelta(days=90))
    assert entries(client, "/events.ics") == []
    assert client.get(f"/events/{draft.slug}.ics").status_code == 404
    assert client.get("/events/nowhere.ics").status_code == 404
    assert Occurrence.objects.count() == 2
