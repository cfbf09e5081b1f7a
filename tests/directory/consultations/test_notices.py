"""Mails to a person who wrote: neutral, in safe hours only, one a day; mails to counsellors: a number and the way in."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.utils import timezone

from cms import dates, outbox
from cms.models import Mail
from directory.actions.consultations import erasing, receiving, sending
from directory.enums import ContactWay, OthersRead
from directory.models import Consultation, DeskSeat
from directory.models.consultations.contact import Contact
from tests.cms.test_outbox import Postbox, postbox
from tests.factories.consultations import ANY_TIME, make_counsellor, make_reception, send

__all__ = ["postbox"]
Frozen = Callable[[str], Any]
HOUR = dt.timedelta(hours=1)
NEUTRAL = "info@mail.example.jp"


@pytest.fixture(autouse=True)
def neutral_sender(settings: Any) -> None:
    """As a city sets it."""
    settings.NEUTRAL_FROM_EMAIL = NEUTRAL
    settings.BASE_URL = "https://tsunagari.city.example.jp"


def wishes(**more: Any) -> Contact:
    """A short mail, please; at any time (until midnight, and from midnight on) unless more is said."""
    wished = {"way": ContactWay.MAIL, "mail": "nagi@example.jp", **ANY_TIME, **more}
    return Contact(**wished)


def written(contact: Contact) -> Consultation:
    """Somebody wrote, with these wishes, and a counsellor took it."""
    it = send(said=sending.Said(contact=contact)).consultation
    receiving.claim(by=make_counsellor(it.desk), consultation=it)
    it.refresh_from_db()
    Mail.objects.all().delete()
    return it


def answer(it: Consultation) -> None:
    """The desk says something."""
    receiving.answer(by=it.counsellor, consultation=it, text="読みました。", form_key=secrets.token_hex(8))


def change(it: Consultation, contact: Contact) -> None:
    """The person changes their mind on the reply page."""
    it.refresh_from_db()
    sending.say_more(consultation=it, said=sending.Said(contact=contact))


def sent() -> int:
    """How many have gone so far, after another look of the worker."""
    outbox.deliver_due()
    return len(django_mail.outbox)


# --- what it says -------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("others", "link"), [("no", True), ("yes", False), ("unknown", False)])
def test_over_a_real_socket_it_tells_nothing(postbox: Postbox, others: str, link: bool) -> None:
    it = written(wishes(others_read=OthersRead(others)))
    answer(it)
    assert outbox.deliver_due() == 1
    (message,) = postbox.messages
    row = Mail.objects.get()
    ours = message["Message-ID"].partition("@")[0]
    assert sorted(message.keys()) == sorted(
        ["Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
         "Auto-Submitted", *(["X-Peer"] if "X-Peer" in message else [])]
    )  # fmt: skip
    assert (message["From"], message["To"], message["Subject"]) == (NEUTRAL, "nagi@example.jp", "お知らせ")
    assert message["Message-ID"] == f"{row.message_id.partition('@')[0]}@mail.example.jp>"
    body = message.get_content()
    lines = [line for line in body.splitlines() if line]
    assert lines == [
        "ご覧いただきたいものがあります。お急ぎではありません。",
        *(["https://tsunagari.city.example.jp/"] if link else []),
        "このメールには返信しないでください。読む人がいません。",
    ]
    everything = ours + body + str(message.items())
    told = (it.number, str(it.pk), it.desk.name, it.desk.organization.name, "相談", "つながり", "consult")
    assert [word for word in told if word in everything] == []
    assert link or "tsunagari" not in everything


# --- when it goes -------------------------------------------------------------------------------------------


def oracle(contact: Contact, moment: dt.datetime) -> bool:
    """Minute by minute, as a person would count: was the window opened on a safe day, and is it not shut yet?"""
    if not contact.since:
        return (not contact.days or moment.weekday() in contact.days) and 8 <= moment.hour < 20
    since, until = (dt.timedelta(hours=int(text[:2]), minutes=int(text[3:])) for text in (contact.since, contact.until))
    lasts = (until - since) % dt.timedelta(days=1) or dt.timedelta(days=1)
    midnight = moment.replace(hour=0, minute=0)
    opened = [midnight + since - dt.timedelta(days=back) for back in (0, 1)]
    return any(
        begin <= moment < begin + lasts and (not contact.days or begin.weekday() in contact.days) for begin in opened
    )


WINDOWS = (("", ""), ("10:00", "12:00"), ("22:30", "02:00"), ("00:00", "06:00"), ("18:00", "00:00"), ("09:00", "09:00"))
DAYS: tuple[tuple[int, ...], ...] = ((), (0,), (5, 6), (0, 1, 2, 3, 4), (6, 0))


@pytest.mark.parametrize(("hours", "days"), list(product(WINDOWS, DAYS)))
def test_safe_hours_are_what_a_person_counts(hours: tuple[str, str], days: tuple[int, ...]) -> None:
    contact = wishes(since=hours[0], until=hours[1], days=days)
    start = dt.datetime(2026, 12, 28, 0, 0, tzinfo=dates.JST)  # a Monday; the year ends on the way
    moments = [start + dt.timedelta(minutes=30 * step) for step in range(48 * 14)]
    safe = [oracle(contact, moment) for moment in moments]
    assert [contact.is_safe(moment) for moment in moments] == safe
    following = moments[-1]
    for moment, now in reversed(list(zip(moments, safe, strict=True))):
        following = moment if now else following
        if moment < start + dt.timedelta(days=7):
            assert contact.next_safe(moment.astimezone(dt.UTC)) == following


CASES = [
    # safe on, from, until; answered at (Thursday the third); goes at
    ((), "", "", "2026-12-03T03:15", "2026-12-03T08:00"),
    ((), "", "", "2026-12-03T19:59", "2026-12-03T19:59"),
    ((), "", "", "2026-12-03T20:00", "2026-12-04T08:00"),
    ((), "10:00", "12:00", "2026-12-03T11:59", "2026-12-03T11:59"),
    ((), "10:00", "12:00", "2026-12-03T12:00", "2026-12-04T10:00"),
    ((), "10:00", "12:00", "2026-12-03T09:30", "2026-12-03T10:00"),
    ((), "22:00", "02:00", "2026-12-03T21:00", "2026-12-03T22:00"),
    ((), "22:00", "02:00", "2026-12-03T01:30", "2026-12-03T01:30"),
    ((4,), "22:00", "02:00", "2026-12-03T23:00", "2026-12-04T22:00"),
    ((3,), "22:00", "02:00", "2026-12-04T01:00", "2026-12-04T01:00"),
    ((3,), "22:00", "02:00", "2026-12-04T02:00", "2026-12-10T22:00"),
    ((5, 6), "", "", "2026-12-03T12:00", "2026-12-05T08:00"),
    ((2,), "10:00", "12:00", "2026-12-03T11:00", "2026-12-09T10:00"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "since", "until", "at", "goes"), CASES)
def test_nothing_goes_before_it_is_safe(
    frozen: Frozen, days: tuple[int, ...], since: str, until: str, at: str, goes: str
) -> None:
    clock = frozen(f"{at}+09:00")
    answer(written(wishes(days=days, since=since, until=until)))
    when = dt.datetime.fromisoformat(f"{goes}+09:00")
    while timezone.now() < when:
        assert sent() == 0
        clock.move_to(min(when, timezone.now() + HOUR))
    assert sent() == 1


@pytest.mark.django_db
def test_a_worker_that_was_away_does_not_send_at_night(frozen: Frozen) -> None:
    clock = frozen("2026-12-03T10:30+09:00")
    it = written(wishes(since="10:00", until="12:00"))
    answer(it)
    clock.move_to("2026-12-03T23:00+09:00")  # due since the morning
    assert sent() == 0
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts, dates.jst(mail.next_attempt_at).isoformat()) == (
        "queued", 0, "2026-12-04T10:00:00+09:00",
    )  # fmt: skip
    change(it, wishes(since="20:00", until="21:00"))  # other hours, while it waits
    clock.move_to("2026-12-04T10:00+09:00")
    assert sent() == 0
    clock.move_to("2026-12-04T20:00+09:00")
    assert sent() == 1


@pytest.mark.django_db
def test_a_server_that_refuses_for_now_does_not_push_it_into_the_night(frozen: Frozen, postbox: Postbox) -> None:
    clock = frozen("2026-12-03T11:55+09:00")
    answer(written(wishes(since="10:00", until="12:00")))
    postbox.refuse, postbox.answer = "nagi@example.jp", "451 4.2.1 later"
    asked = []
    while timezone.now() < dt.datetime.fromisoformat("2026-12-05T00:00+09:00"):
        before = Mail.objects.get().attempts
        outbox.deliver_due()
        if Mail.objects.get().attempts > before:
            asked.append(f"{dates.now():%d %H:%M}")
        clock.move_to(Mail.objects.get().next_attempt_at)
    assert asked == ["03 11:55", "03 11:56", "04 10:00", "04 10:15", "04 11:15"]
    postbox.refuse = ""
    clock.move_to("2026-12-05T09:59+09:00")
    assert outbox.deliver_due() == 0
    clock.move_to("2026-12-05T10:00+09:00")
    assert (outbox.deliver_due(), len(postbox.messages)) == (1, 1)


@pytest.mark.django_db
def test_another_wish_another_address_or_nothing_left_drops_it() -> None:
    changes: dict[str, Callable[[Consultation], object]] = {
        "address": lambda it: change(it, wishes(mail="else@example.jp")),
        "wish": lambda it: change(it, wishes(way=ContactWay.NONE)),
        "back": lambda it: sending.take_back(consultation=it),
        "gone": lambda it: erasing.delete(consultation=it),
        "nothing": lambda it: None,  # the control
    }
    ended = {}
    for name, act in changes.items():
        it = written(wishes(mail=f"{name}@example.jp"))
        answer(it)
        act(it)
        outbox.deliver_due()
        ended[name] = Mail.objects.get().state
    assert ended == {"address": "dropped", "wish": "dropped", "back": "dropped", "gone": "dropped", "nothing": "sent"}
    assert [message.to for message in django_mail.outbox] == [["nothing@example.jp"]]


# --- one a day ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_several_answers_are_one_notice_and_no_day_has_two(frozen: Frozen) -> None:
    clock = frozen("2026-12-03T09:00+09:00")
    it = written(wishes(since="10:00", until="23:59"))
    for _each in range(3):
        answer(it)
    clock.move_to("2026-12-03T10:00+09:00")
    assert sent() == 1
    answer(it)
    clock.move_to("2026-12-03T23:58+09:00")
    assert sent() == 1
    clock.move_to("2026-12-04T09:59+09:00")
    assert sent() == 1
    clock.move_to("2026-12-04T10:00+09:00")
    assert sent() == 2
    clock.move_to("2026-12-09T10:00+09:00")
    assert sent() == 2


@pytest.mark.django_db
def test_somebody_who_wrote_twice_has_one_notice_a_day_too(frozen: Frozen) -> None:
    clock = frozen("2026-12-03T10:00+09:00")
    first, second, other = (written(wishes(mail=f"{name}@example.jp")) for name in ("nagi", "nagi", "minato"))
    for it in (first, second, other):
        answer(it)
    assert sorted(message.to[0] for message in django_mail.outbox) == []
    assert sent() == 2
    assert sorted(message.to[0] for message in django_mail.outbox) == ["minato@example.jp", "nagi@example.jp"]
    clock.shift(24 * HOUR)
    assert sent() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_workers_at_once_send_one() -> None:
    for it in [written(wishes()) for _each in range(2)]:
        answer(it)
    ready = threading.Barrier(2, timeout=10)

    def work(pk: int) -> None:
        ready.wait()
        try:
            outbox.deliver(pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[pk]) for pk in Mail.objects.values_list("pk", flat=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(django_mail.outbox) == 1


# --- to counsellors -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_who_is_called_gets_a_number_and_the_way_in(settings: Any) -> None:
    desk = make_reception(people=0).desk
    one = make_counsellor(desk)
    it = send(desk, text="もう死にたい。ZZカナリア").consultation
    assert sent() == 1
    (message,) = django_mail.outbox
    assert (message.to, message.reply_to, message.attachments) == ([one.email], [], [])
    assert message.subject == f"{it.number}：いま見てください"
    assert [line for line in message.body.splitlines() if line] == [
        f"{it.number} が届いています。至急かもしれません。",
        "部屋に入って確認する：",
        f"{settings.BASE_URL}/members/consultations/{it.pk}/",
    ]


@pytest.mark.django_db
def test_a_call_goes_only_to_who_may_still_read_it_and_while_it_waits() -> None:
    def called(act: Callable[[Consultation, Any], object]) -> str:
        desk = make_reception(people=0).desk
        one = make_counsellor(desk)
        it = send(desk, text="もう死にたい").consultation
        Mail.objects.exclude(kind="consultation_urgent").delete()
        act(it, one)
        outbox.deliver_due()
        return Mail.objects.latest("pk").state

    def moved(it: Consultation, one: Any) -> None:
        one.email = "new@example.jp"
        one.save()

    assert called(lambda it, one: None) == "sent"
    assert called(moved) == "dropped"
    assert called(lambda it, one: DeskSeat.objects.filter(user=one).update(until=dates.today())) == "dropped"
    assert called(lambda it, one: sending.take_back(consultation=it)) == "dropped"
    assert (
        called(lambda it, one: receiving.answer(by=one, consultation=it, text="います。", form_key=str(it.pk)))
        == "dropped"
    )
