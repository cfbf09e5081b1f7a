"""The waiting list as a resident meets it, and every state a registration's page can show."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail as sent
from django.test import Client
from icalendar import Calendar

from cms import outbox
from cms.dates import now
from tests.factories.events import make_event, make_occurrence, make_registration
from tests.workshops.public.test_registrations import opened, send, text
from workshops.actions import events, registrations, waiting
from workshops.actions.events import Plan
from workshops.actions.registrations import Receipt
from workshops.enums import CapacityPolicy, RegistrationState
from workshops.models import Event, Occurrence, Registration

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def with_list(capacity: int = 1, **fields: Any) -> Event:
    event = make_event(capacity=capacity, **fields)
    Occurrence.objects.filter(event=event).update(policy=CapacityPolicy.WAITLIST)
    return event


def the_seat_and_who_waits(event: Event, **fields: Any) -> tuple[Receipt, Receipt]:
    occurrence = make_occurrence(event)
    return make_registration(occurrence), make_registration(occurrence, **fields)


# --- before and after sending ------------------------------------------------------------------------------


def test_when_full_the_form_says_what_waiting_means_before_anything_is_sent(client: Client) -> None:
    event = with_list(offer_hours=24)
    the_seat_and_who_waits(event)
    page = text(client.get(f"/events/{event.slug}/register/"))
    assert page.count("キャンセル待ちに申し込む") == 2  # heading and button
    assert "いま、1件の申込が待っています" in page
    assert "24時間のあいだに" in page
    answer = send(client, event, opened(client, event), or_wait="on")
    assert answer.status_code == 200
    assert "<b>2</b>番目です" in text(answer)
    assert "まだ、参加が決まったわけではありません" in text(answer)
    assert "申込をうけとりました" not in text(answer)


def test_the_hidden_agreement_is_on_the_form_when_only_waiting_is_left(client: Client) -> None:
    event = with_list()
    make_registration(make_occurrence(event))
    hidden = opened(client, event)
    assert hidden["or_wait"] == "on"


def test_with_seats_left_a_tick_asks_whether_to_wait_and_is_on(client: Client) -> None:
    event = with_list()
    page = text(client.get(f"/events/{event.slug}/register/"))
    assert "満席のときは、キャンセル待ちに入る" in page
    assert 'name="or_wait"' in page
    assert "checked" in page.split('name="or_wait"')[1].split(">")[0]
    assert 'name="or_wait"' not in text(client.get(f"/events/{make_event().slug}/register/"))


def test_without_the_tick_full_is_said_and_the_same_form_can_join_the_list(client: Client) -> None:
    event = with_list()
    hidden = opened(client, event)
    make_registration(make_occurrence(event))
    answer = send(client, event, hidden, note="のこる文字")
    assert answer.status_code == 422
    page = text(answer)
    assert "このままキャンセル待ちに申し込めます" in page
    assert "のこる文字" in page
    assert '<input type="hidden" name="or_wait" value="on">' in page
    assert "<b>1</b>番目です" in text(send(client, event, hidden, or_wait="on"))


def test_with_the_tick_one_waits_when_it_has_become_full(client: Client) -> None:
    event = with_list()
    hidden = opened(client, event)
    make_registration(make_occurrence(event))
    assert "<b>1</b>番目です" in text(send(client, event, hidden, or_wait="on"))


def test_the_list_is_full_too(client: Client) -> None:
    event = with_list()
    Occurrence.objects.filter(event=event).update(waiting_limit=1)
    the_seat_and_who_waits(event)
    page = text(client.get(f"/events/{event.slug}/register/"))
    assert "席も、キャンセル待ちも、いっぱいです" in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]


def test_venue_and_online_are_chosen_with_what_is_left_of_each(client: Client) -> None:
    event = with_list(capacity=2, format="both", online_link="https://meet.example.jp/room")
    occurrence = make_occurrence(event)
    make_registration(occurrence, people=2, way="venue")
    page = text(client.get(f"/events/{event.slug}/register/"))
    assert "会場で　満席（キャンセル待ちできます）" in page
    assert "オンラインで　申込できます" in page
    hidden = opened(client, event)
    assert "会場か、オンラインかをえらんでください" in text(send(client, event, hidden, or_wait="on"))
    answer = send(client, event, hidden, way="online", or_wait="on")
    assert answer.status_code == 200
    assert "オンラインの入口は、申込のページに" in text(answer)
    assert Registration.objects.get(way="online").state == RegistrationState.ACTIVE
    full = send(client, event, opened(client, event), way="venue")
    assert full.status_code == 422
    assert "このままキャンセル待ちに申し込めます" in text(full)


@pytest.mark.parametrize(
    ("unit", "words"), [("party", "1組"), ("household", "1世帯"), ("organization", "1団体"), ("person", "")]
)
def test_what_one_seat_is_is_said_in_the_events_unit(client: Client, unit: str, words: str) -> None:
    event = make_event(unit=unit)
    page = text(client.get(f"/events/{event.slug}/register/"))
    assert ("席は1つ" in page) is bool(words)
    assert words in page


# --- the page of a registration ------------------------------------------------------------------------------


def states() -> dict[str, Any]:
    """What brings a registration there, and what its page then says."""
    return {
        "active": ("席をとってあります", lambda held, own: None),
        "offered": ("席が空きました", lambda held, own: registrations.withdraw(registration=held)),
        "withdrawn": ("取り消しました", lambda held, own: registrations.withdraw(registration=own)),
        "called_off": ("中止になりました", lambda held, own: events.call_off_date(occurrence=own.occurrence, by=None)),
        "postponed": ("延期になりました", lambda held, own: events.put_off(occurrence=own.occurrence, by=None)),
    }


@pytest.mark.parametrize("state", states())
def test_the_page_says_where_it_stands(client: Client, state: str) -> None:
    sentence, make = states()[state]
    occurrence = make_occurrence(with_list())
    first = make_registration(occurrence)
    own = first if state == "active" else make_registration(occurrence)
    make(first.registration, own.registration)
    page = text(client.get(f"/registrations/{own.token}/"))
    assert sentence in page
    assert ("参加する" in page) is (state == "offered")


def test_who_waits_sees_the_place_and_may_change_and_leave(client: Client) -> None:
    _first, own = the_seat_and_who_waits(with_list(), name="待つ人")
    link = f"/registrations/{own.token}/"
    page = text(client.get(link))
    assert "<b>1</b>番目です" in page
    assert "yotei.ics" not in page
    assert client.post(link + "change/", {"name": "なまえ", "people": "1"}).status_code == 302
    assert "キャンセル待ちをやめますか" in text(client.get(link + "withdraw/"))
    assert "取り消しました" in text(client.post(link + "withdraw/", follow=True))
    assert make_occurrence(own.registration.occurrence.event).waiting == 0


def offered() -> Receipt:
    first, own = the_seat_and_who_waits(with_list(offer_hours=48), email="nagi@example.jp")
    registrations.withdraw(registration=first.registration)
    own.registration.refresh_from_db()
    return own


def test_an_offer_is_taken_by_a_press_and_by_nothing_else(client: Client) -> None:
    own = offered()
    link = f"/registrations/{own.token}/"
    for path in ("", "accept/", "withdraw/"):
        for method in (client.get, client.head):
            method(link + path)
    assert Registration.objects.get(pk=own.registration.pk).state == RegistrationState.OFFERED
    assert "席をとりました" in text(client.post(link + "accept/", follow=True))
    assert Registration.objects.get(pk=own.registration.pk).state == RegistrationState.ACTIVE
    assert client.post(link + "accept/").status_code == 302
    outbox.deliver_due()
    assert [len(message.attachments) for message in sent.outbox][-1] == 1  # confirmed, with the entry


def test_an_offer_may_be_let_go(client: Client) -> None:
    own = offered()
    link = f"/registrations/{own.token}/"
    assert "この席を、ゆずりますか" in text(client.get(link + "withdraw/"))
    client.post(link + "withdraw/")
    assert Registration.objects.get(pk=own.registration.pk).state == RegistrationState.CANCELLED


def test_an_offer_whose_time_is_over_says_so_before_and_after_the_tick(client: Client, frozen: Any) -> None:
    own = offered()
    link = f"/registrations/{own.token}/"
    frozen((now() + 3 * DAY).isoformat())
    assert "お返事の時間が過ぎました" in text(client.get(link))
    assert "つぎの方にまわりました" in text(client.post(link + "accept/", follow=True))
    waiting.expire_offers(at=now())
    page = text(client.get(link))
    assert "お返事の時間が過ぎました" in page
    assert "参加する" not in page


def test_the_online_link_is_for_those_who_are_registered_online(client: Client) -> None:
    event = with_list(capacity=1, format="both", online_link="https://meet.example.jp/room")
    Occurrence.objects.filter(event=event).update(online_capacity=1, online_policy=CapacityPolicy.WAITLIST)
    occurrence = make_occurrence(event)
    online = make_registration(occurrence, way="online")
    others = [make_registration(occurrence, way="online"), make_registration(occurrence, way="venue")]
    assert "meet.example.jp" in text(client.get(f"/registrations/{online.token}/"))
    for other in others:
        assert "meet.example.jp" not in text(client.get(f"/registrations/{other.token}/"))
    registrations.withdraw(registration=online.registration)
    assert "meet.example.jp" not in text(client.get(f"/registrations/{online.token}/"))
    assert "meet.example.jp" not in text(client.get(f"/registrations/{others[0].token}/"))  # offered only


# --- the entry in one's own calendar ---------------------------------------------------------------------------


def entry(client: Client, receipt: Receipt) -> Any:
    body = client.get(f"/registrations/{receipt.token}/yotei.ics").content
    return Calendar.from_ical(body).walk("VEVENT")[0]


def test_the_own_entry_follows_the_day_and_goes_with_the_registration(client: Client) -> None:
    occurrence = make_occurrence(times=1)
    receipt = make_registration(occurrence)
    first = entry(client, receipt)
    plan = Plan(starts_at=occurrence.starts_at + DAY, ends_at=None, capacity=12, pk=occurrence.pk)
    events.change_event(event=Event.objects.get(pk=occurrence.event_id), by=None, plans=[plan])
    moved = entry(client, receipt)
    assert moved["UID"] == first["UID"]
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    assert moved["DTSTART"].dt == occurrence.starts_at + DAY
    assert "STATUS" not in moved
    registrations.withdraw(registration=Registration.objects.select_related("occurrence__event").get())
    gone = entry(client, receipt)
    assert (gone["STATUS"], gone["UID"]) == ("CANCELLED", first["UID"])
    assert int(gone["SEQUENCE"]) > int(moved["SEQUENCE"])


@pytest.mark.parametrize("verb", [events.call_off_date, events.put_off])
def test_a_day_that_is_no_more_is_cancelled_in_the_own_calendar_too(client: Client, verb: Any) -> None:
    receipt = make_registration(email="nagi@example.jp")
    verb(occurrence=receipt.registration.occurrence, by=None)
    assert entry(client, receipt)["STATUS"] == "CANCELLED"
    outbox.deliver_due()
    name, body, _kind = sent.outbox[-1].attachments[0]
    assert name == "yotei.ics"
    assert "STATUS:CANCELLED" in body
