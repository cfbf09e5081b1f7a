"""Reminders before the beginning and thanks on the day after: once each, and never about a day that is no more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail as sent
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import outbox
from cms.dates import jst, now
from cms.models import Mail
from cms.tasks import tell_the_rooms
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops.actions import events, registrations, reminders
from workshops.actions.events import Plan
from workshops.enums import RegistrationState
from workshops.models import Event, Occurrence, Registration

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def coming(**fields: Any) -> Occurrence:
    """In seven days at 15:00, with one person who left an address."""
    occurrence = make_occurrence(make_event(**fields))
    make_registration(occurrence, email="nagi@example.jp")
    Mail.objects.all().delete()
    return occurrence


def kinds() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("kind", flat=True))


def ten_on_the_day_after(occurrence: Occurrence) -> dt.datetime:
    return (jst(occurrence.starts_at) + DAY).replace(hour=10)


def move(occurrence: Occurrence, by: dt.timedelta) -> None:
    starts_at, ends_at = occurrence.starts_at + by, (occurrence.ends_at or occurrence.starts_at) + by
    plan = Plan(starts_at=starts_at, ends_at=ends_at, capacity=12, pk=occurrence.pk)
    events.change_event(event=Event.objects.get(pk=occurrence.event_id), by=None, plans=[plan])
    occurrence.refresh_from_db()


def test_the_reminder_comes_a_delta_before_the_beginning_and_once() -> None:
    occurrence = coming(remind_hours=24)
    assert reminders.remind_due(at=occurrence.starts_at - 25 * HOUR) == 0
    assert reminders.remind_due(at=occurrence.starts_at - 24 * HOUR) == 1
    assert reminders.remind_due(at=occurrence.starts_at - 23 * HOUR) == 0
    assert kinds() == ["registration.reminder"]


def test_each_event_has_its_own_delta_and_may_have_none() -> None:
    week, none = coming(remind_hours=168), coming(remind_hours=None)
    Registration.objects.update(created_at=now() - 30 * DAY)
    assert reminders.remind_due(at=week.starts_at - 100 * HOUR) == 1
    assert reminders.remind_due(at=none.starts_at - HOUR) == 0


def test_never_after_the_beginning() -> None:
    occurrence = coming()
    assert reminders.remind_due(at=occurrence.starts_at) == 0
    assert reminders.remind_due(at=occurrence.starts_at + HOUR) == 0


def test_who_registers_within_the_delta_was_told_a_moment_ago(frozen: Any) -> None:
    occurrence = make_occurrence()
    frozen((occurrence.starts_at - 3 * HOUR).isoformat())
    make_registration(occurrence, email="nagi@example.jp")
    assert reminders.remind_due(at=occurrence.starts_at - 2 * HOUR) == 0


def test_a_moved_event_reminds_again_for_the_new_time_and_the_old_mail_stays_at_home(frozen: Any) -> None:
    occurrence = coming()
    frozen((occurrence.starts_at - 20 * HOUR).isoformat())
    reminders.remind_due(at=now())
    move(occurrence, 7 * DAY)
    outbox.deliver_due()
    assert [message.subject for message in sent.outbox] == ["ご予定の確認"]  # that it has moved, and nothing else
    assert "日時が変わりました" in sent.outbox[0].body
    assert reminders.remind_due(at=now()) == 0
    assert reminders.remind_due(at=occurrence.starts_at - 20 * HOUR) == 1


@pytest.mark.parametrize("end", ["withdrawn", "called_off", "put_off", "waiting"])
def test_nobody_is_reminded_of_what_does_not_take_place_for_them(end: str, frozen: Any) -> None:
    occurrence = coming()
    registration = Registration.objects.select_related("occurrence__event").get()
    frozen((occurrence.starts_at - 20 * HOUR).isoformat())
    assert reminders.remind_due(at=now()) == 1  # written, not yet sent
    if end == "withdrawn":
        registrations.withdraw(registration=registration)
    elif end == "called_off":
        events.call_off(event=registration.occurrence.event, by=None)
    elif end == "put_off":
        events.put_off(occurrence=registration.occurrence, by=None)
    else:
        Registration.objects.update(state=RegistrationState.WAITING, queue_number=1)
    outbox.deliver_due()
    assert "近づきました" not in "".join(message.body for message in sent.outbox)
    Registration.objects.update(reminded_for=None)
    assert reminders.remind_due(at=now()) == 0


def test_the_reminder_says_when_and_where_never_what_and_its_link_opens(client: Any, frozen: Any) -> None:
    occurrence = coming(title="ひみつの題名", may_leave=True)
    frozen((occurrence.starts_at - 20 * HOUR).isoformat())
    tell_the_rooms()
    outbox.deliver_due()
    message = sent.outbox[0]
    assert "ひみつ" not in message.subject + message.body
    assert "水辺のいえ" in message.body
    assert "途中で帰ってもかまいません" in message.body
    link = message.body.split("/registrations/")[1].split("/")[0]
    assert client.get(f"/registrations/{link}/withdraw/").status_code == 200


def test_thanks_on_the_day_after_at_ten_and_once(frozen: Any) -> None:
    occurrence = coming()
    morning = ten_on_the_day_after(occurrence)
    assert reminders.thank_due(at=morning - HOUR) == 0
    assert reminders.thank_due(at=morning) == 1
    assert reminders.thank_due(at=morning + HOUR) == 0
    frozen(morning.isoformat())
    outbox.deliver_due()
    assert sent.outbox[-1].subject == "ありがとうございました"
    assert "/feedback/" in sent.outbox[-1].body
    assert "/places/" in sent.outbox[-1].body


def test_late_by_more_than_a_week_thanks_are_left_unsaid() -> None:
    occurrence = coming()
    assert reminders.thank_due(at=occurrence.starts_at + 10 * DAY) == 0


def test_with_a_list_at_the_door_only_those_on_it_are_thanked() -> None:
    occurrence = coming()
    came = make_registration(occurrence, email="sora@example.jp").registration
    away = make_registration(occurrence, email="umi@example.jp").registration
    Registration.objects.filter(pk=came.pk).update(checked_in_at=occurrence.starts_at)
    Registration.objects.filter(pk=away.pk).update(attended=0)
    assert reminders.thank_due(at=ten_on_the_day_after(occurrence)) == 1
    assert Registration.objects.get(thanked_at__isnull=False).pk == came.pk


def test_no_thanks_for_a_day_that_was_called_off() -> None:
    occurrence = coming()
    events.call_off_date(occurrence=occurrence, by=None)
    assert reminders.thank_due(at=ten_on_the_day_after(occurrence)) == 0


@pytest.mark.parametrize("idle", [1, 8])
def test_a_tick_with_nothing_due_asks_the_same_few_questions(idle: int) -> None:
    for _ in range(idle):
        coming()
    with CaptureQueriesContext(connection) as asked:
        reminders.remind_due(at=now())
        reminders.thank_due(at=now())
    assert len(asked) == 3
