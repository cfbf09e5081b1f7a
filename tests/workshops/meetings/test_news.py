"""Mails and calendars about meetings: neutral, and only to who may still see them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from cms import outbox
from cms.models import Mail
from tests.factories.bodies import make_body, sit
from tests.factories.meetings import make_called, make_meeting, make_office
from tests.factories.people import make_organization, make_user
from workshops.actions import meetings
from workshops.actions.feeds import make_feed
from workshops.models import Attendance

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Any:
    organization = make_organization()
    return make_user("member", organization=organization)


@pytest.fixture
def body(person: Any) -> Any:
    found = make_body()
    found.seat = sit(found, person.organization, "2025-04-01")
    return found


def mail_to(person: Any, what: str) -> Mail:
    return next(
        mail
        for mail in Mail.objects.filter(kind="meeting")
        if mail.recipient == person.email and mail.context["what"] == what
    )


def test_the_mail_says_when_and_never_what(body: Any, person: Any, mailoutbox: Any) -> None:
    make_called(body, title="ZZ孤独の話", purpose="ZZ目的", place="市役所3階")
    outbox.deliver_due()
    (message,) = [each for each in mailoutbox if each.to == [person.email]]
    text = message.subject + message.body + str(message.attachments)
    assert message.subject == "予定の日が決まりました"
    assert "18時〜19時30分" in message.body
    assert "/members/meetings/" in message.body
    assert "ZZ" not in text
    assert "予定（市役所3階）" in str(message.attachments)


def test_a_mail_is_dropped_when_the_seat_ended_or_the_day_moved(body: Any, person: Any) -> None:
    office = make_office()
    meeting = make_called(body, by=office)
    mail = mail_to(person, "called")
    assert outbox.may_still_send(mail)
    meetings.change(by=office, meeting=meeting, starts_at=meeting.starts_at + dt.timedelta(hours=1), ends_at=None)
    assert not outbox.may_still_send(mail)
    moved = mail_to(person, "moved")
    assert outbox.may_still_send(moved)
    body.seat.until = body.seat.since
    body.seat.save()
    Attendance.objects.all().delete()
    assert not outbox.may_still_send(moved)


def test_calling_off_is_told_and_a_draft_ends_silently(body: Any, person: Any) -> None:
    office = make_office()
    draft, called = make_meeting(body, by=office), make_called(body, by=office)
    for meeting in (draft, called):
        meetings.call_off(by=office, meeting=meeting)
    told = [mail.context["meeting"] for mail in Mail.objects.filter(kind="meeting") if mail.context["what"] == "off"]
    assert told == [str(called.pk)]


def test_the_personal_feed_carries_meetings_with_neutral_titles(body: Any, person: Any) -> None:
    office = make_office()
    meeting = make_called(body, by=office, title="ZZ会議", place="市役所3階")
    make_meeting(body, by=office, title="ZZ下書き")
    elsewhere = make_called(by=office, title="ZZよその会議")
    address = f"/feeds/{make_feed(by=person)}.ics"
    text = Client().get(address).content.decode()
    assert "予定（市役所3階）" in text
    assert "ZZ" not in text
    assert (str(meeting.pk) in text, str(elsewhere.pk) in text) == (True, False)
    meetings.call_off(by=office, meeting=meeting)
    assert "STATUS:CANCELLED" in Client().get(address).content.decode()
