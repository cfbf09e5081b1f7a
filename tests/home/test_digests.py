"""The digest: when it is written, what it says when it goes, what it never says; over a real SMTP socket."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from casebook.actions.cases import withdraw
from cms import outbox
from cms.models import Mail
from cms.signals import ticking
from directory.actions import notifications as news
from directory.models import Notification, RoleAssignment, User
from directory.queries import notifications as queries
from directory.queries.notifications import Kind, register_kind
from home.actions import digests
from home.enums import Rhythm
from home.models import DigestSettings
from tests.cms.test_outbox import Postbox, postbox
from tests.factories.cases import TEXTS, make_author, make_offer, make_released
from tests.factories.people import make_user

__all__ = ["postbox"]
pytestmark = pytest.mark.django_db
CANARY = "ZZ-CANARY-題名-7731"
THURSDAY = "2026-12-03T07:59+09:00"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[dict[str, str]]:
    """An open kind whose sentence names the thing, and a sensitive one; key → title of what may be seen now."""
    things = {"1": "第2回 勉強会", "2": "議事録"}
    before = dict(queries._kinds)

    def sees(user: Any, targets: Sequence[str]) -> dict[str, str]:
        return {target: things[target] for target in targets if target in things}

    def words(row: Notification) -> str:
        return f"{row.thing}のお知らせが\n出ました。"

    register_kind(Kind("open", "会議", sees, words, lambda row: "/members/"))
    register_kind(
        Kind("secret", "相談", sees, lambda row: f"{CANARY}{row.thing}", lambda row: "/members/", sensitive=True)
    )
    yield things
    queries._kinds.clear()
    queries._kinds.update(before)


@pytest.fixture
def reader() -> User:
    return make_user("member", email="reader@example.jp")


def tell(user: User, target: str = "1", kind: str = "open") -> None:
    news.notify(kind=kind, people=[user], target=target, key=f"{kind}:{target}")


def tick() -> int:
    """What the worker does every few seconds; how many digests were written."""
    answers = [answer for _receiver, answer in ticking.send(sender=None, at=timezone.now())]
    return int(next(answer["digests"] for answer in answers if answer and "digests" in answer))


def body(message: Any) -> str:
    return str(message.get_body().get_content())


# --- when -----------------------------------------------------------------------------------------


def test_at_eight_and_once_a_day(reader: User, frozen: Callable[[str], Any]) -> None:
    clock = frozen(THURSDAY)
    tell(reader)
    assert tick() == 0
    clock.shift(dt.timedelta(minutes=1))
    assert tick() == 1
    tell(reader, "2")  # came in after the hour: for tomorrow
    for _hour in range(14):
        assert tick() == 0
        clock.shift(dt.timedelta(hours=1))
    clock.move_to("2026-12-04T08:00:20+09:00")
    assert tick() == 1
    assert [mail.key for mail in Mail.objects.order_by("pk")] == [
        f"digest:{reader.pk}:2026-12-03",
        f"digest:{reader.pk}:2026-12-04",
    ]


def test_nothing_when_there_is_nothing(reader: User, kinds: dict[str, str], frozen: Callable[[str], Any]) -> None:
    clock = frozen(THURSDAY)
    tell(reader)
    tell(reader, "2")
    news.mark_read(reader, kind="open", target="1")  # read already
    del kinds["2"]  # may not be seen any more
    clock.shift(dt.timedelta(hours=1))
    assert tick() == 0
    assert Mail.objects.count() == 0


def test_first_news_of_the_afternoon_waits_for_the_morning(reader: User, frozen: Callable[[str], Any]) -> None:
    clock = frozen("2026-12-03T14:00+09:00")
    tell(reader)
    clock.shift(dt.timedelta(hours=1))
    assert tick() == 0  # a digest never becomes an alarm
    clock.move_to("2026-12-04T08:01+09:00")
    assert tick() == 1


@pytest.mark.parametrize(
    ("rhythm", "hour", "on_days_off", "written"),
    [
        # 2026-12-03 is a Thursday; days of the digests that are written when there is news every day for ten days
        ("daily", 8, True, ["03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]),
        ("daily", 8, False, ["03", "04", "07", "08", "09", "10", "11"]),
        ("daily", 20, False, ["03", "04", "07", "08", "09", "10", "11"]),
        ("weekly", 8, False, ["07"]),
        ("weekly", 8, True, ["07"]),
        ("never", 8, True, []),
    ],
)
def test_as_the_person_likes_it(
    reader: User, kinds: dict[str, str], frozen: Callable[[str], Any], rhythm: str, hour: int, on_days_off: bool, written: list[str]
) -> None:  # fmt: skip
    clock = frozen("2026-12-03T05:00+09:00")
    digests.choose(by=reader, rhythm=rhythm, hour=hour, on_days_off=on_days_off)
    for day in range(3, 13):
        clock.move_to(f"2026-12-{day:02}T05:00+09:00")
        kinds[str(day)] = "もの"
        tell(reader, str(day))
        for at in range(24):
            clock.move_to(f"2026-12-{day:02}T{at:02}:30+09:00")
            tick()
    keys = [mail.key.rsplit("-", 1)[1] for mail in Mail.objects.order_by("pk")]
    assert keys == written


def test_the_weekly_one_comes_on_the_first_working_day(frozen: Callable[[str], Any]) -> None:
    frozen("2026-05-01T08:00+09:00")  # 4, 5 and 6 May 2026 are holidays
    week = DigestSettings(rhythm=Rhythm.WEEKLY)
    at = timezone.localtime(timezone.now())
    days = [at.replace(month=5, day=day) for day in range(3, 10)]
    assert [day.day for day in days if week.is_due(day)] == [7]


def test_who_switches_it_off_is_not_flooded_later(reader: User, frozen: Callable[[str], Any]) -> None:
    clock = frozen(THURSDAY)
    digests.choose(by=reader, rhythm="never", hour=8, on_days_off=True)
    tell(reader)
    clock.shift(dt.timedelta(hours=1))
    tick()
    digests.choose(by=reader, rhythm="daily", hour=8, on_days_off=True)
    clock.shift(dt.timedelta(days=1))
    assert tick() == 0
    assert queries.unread_count(reader) == 1  # inside it still stands


# --- what it says ---------------------------------------------------------------------------------


def due(user: User, clock: Any, *targets: tuple[str, str]) -> Mail:
    """A digest of these (kind, target), written and waiting."""
    for kind, target in targets:
        tell(user, target, kind)
    clock.shift(dt.timedelta(hours=1))
    assert tick() == 1
    return Mail.objects.get(kind=digests.MAIL_KIND)


def test_the_row_holds_ids_and_a_moment(reader: User, frozen: Callable[[str], Any]) -> None:
    clock = frozen(THURSDAY)
    mail = due(reader, clock, ("open", "1"), ("secret", "2"))
    assert mail.context == {"user": reader.pk, "at": timezone.now().isoformat()}


def test_over_a_real_socket(reader: User, postbox: Postbox, frozen: Callable[[str], Any]) -> None:
    clock = frozen(THURSDAY)
    due(reader, clock, ("open", "1"), ("open", "2"), ("secret", "1"), ("secret", "2"))
    assert outbox.deliver_due() == 1
    (message,) = postbox.messages
    assert message["Subject"].strip() == "メンバーの部屋のお知らせ 12月3日（木）"
    assert message["To"] == "reader@example.jp"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<http://testserver/members/notifications/preferences/>"
    assert message["List-Unsubscribe-Post"] is None  # one click would have to work without a login
    rows = {row.target: row.pk for row in Notification.objects.filter(kind="open")}
    assert body(message).splitlines() == [
        "メンバーの部屋に、新しいお知らせがあります。",
        "",
        "・議事録のお知らせが 出ました。",
        f"　http://testserver/members/notifications/{rows['2']}/",
        "",
        "・第2回 勉強会のお知らせが 出ました。",
        f"　http://testserver/members/notifications/{rows['1']}/",
        "",
        "部屋の中でだけ読めるお知らせが 2件 あります。",
        "　http://testserver/members/notifications/",
        "",
        "--",
        "このメールは、お知らせがあるときだけ、多くても1日1回送ります。時刻や曜日を変える、止める：",
        "http://testserver/members/notifications/preferences/",
    ]


def test_what_changed_since_is_not_said(reader: User, kinds: dict[str, str], postbox: Postbox, frozen: Any) -> None:
    clock = frozen(THURSDAY)
    due(reader, clock, ("open", "1"), ("open", "2"), ("secret", "1"))
    del kinds["2"]  # taken back after the mail was written
    news.mute_kinds(by=reader, names=["secret"], among=["secret"])
    outbox.deliver_due()
    text = body(postbox.messages[0])
    assert "第2回 勉強会" in text  # negative control
    assert "議事録" not in text
    assert "部屋の中でだけ" not in text


def test_nothing_left_is_not_sent(reader: User, kinds: dict[str, str], postbox: Postbox, frozen: Any) -> None:
    clock = frozen(THURSDAY)
    mail = due(reader, clock, ("open", "1"))
    kinds.clear()
    assert outbox.deliver_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.last_error, postbox.messages) == ("dropped", "nothing_left", [])


@pytest.mark.parametrize("why", ["role", "inactive", "never", "address", "gone", "nothing"])
def test_permission_is_asked_again(reader: User, postbox: Postbox, frozen: Callable[[str], Any], why: str) -> None:
    clock = frozen(THURSDAY)
    mail = due(reader, clock, ("open", "1"))
    if why == "role":
        RoleAssignment.objects.filter(user=reader).update(until="2026-12-03", since="2026-12-01")
    elif why == "inactive":
        User.objects.filter(pk=reader.pk).update(is_active=False)
    elif why == "never":
        digests.choose(by=reader, rhythm="never", hour=8, on_days_off=True)
    elif why == "address":
        User.objects.filter(pk=reader.pk).update(email="new@example.jp")
    elif why == "gone":
        Notification.objects.all().delete()
    outbox.deliver_due()
    mail.refresh_from_db()
    assert mail.state == ("sent" if why == "nothing" else "dropped")
    assert len(postbox.messages) == (1 if why == "nothing" else 0)


def test_no_word_of_a_case_in_any_mail(postbox: Postbox, frozen: Callable[[str], Any]) -> None:
    clock = frozen(THURSDAY)
    author, reader = make_author(), make_author()
    case = make_released(author=author)
    make_offer(case, by=reader)
    gone = make_released(author=author)
    withdraw(by=author, case=gone)
    clock.shift(dt.timedelta(hours=1))
    tick()
    while outbox.deliver_due():
        pass
    texts = [f"{message['Subject']} {body(message)}" for message in postbox.messages]
    assert [text for text in texts if "部屋の中でだけ読めるお知らせが 1件" in text]  # negative control: counted
    for words in (*TEXTS.values(), "午前の会議室が空いています。", author.organization.name, reader.organization.name):
        assert [text for text in texts if words in text] == []
    digest = [text for text in texts if "部屋の中でだけ" in text]
    assert [text for text in digest if case.number in text or gone.number in text] == []


# --- what goes wrong ------------------------------------------------------------------------------


def test_refused_for_now_then_sent(reader: User, kinds: dict[str, str], postbox: Postbox, frozen: Any) -> None:
    clock = frozen(THURSDAY)
    mail = due(reader, clock, ("open", "1"), ("open", "2"))
    postbox.refuse, postbox.answer = reader.email, "451 4.3.0 later"
    assert outbox.deliver_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.last_error, mail.attempts) == ("queued", "SMTPRecipientsRefused", 1)
    assert mail.next_attempt_at - timezone.now() == outbox.BACK_OFF[0]
    del kinds["2"]
    postbox.refuse = ""
    clock.shift(outbox.BACK_OFF[0])
    assert outbox.deliver_due() == 1
    text = body(postbox.messages[0])
    assert ("第2回 勉強会" in text, "議事録" in text) == (True, False)  # as it is at the second attempt


def test_refused_for_good_is_seen_by_the_office(
    reader: User, postbox: Postbox, frozen: Callable[[str], Any], login: Callable[..., Any]
) -> None:
    clock = frozen(THURSDAY)
    mail = due(reader, clock, ("open", "1"), ("secret", "1"))
    postbox.refuse = reader.email
    outbox.deliver_due()
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("failed", "SMTPRecipientsRefused")
    office, _user = login("secretariat")
    screen = office.get("/members/office/mail/").content.decode()
    assert "お知らせのまとめ" in screen
    assert "届かなかったメール" in office.get("/members/").content.decode()
    for private in (reader.email, "第2回 勉強会", CANARY):
        assert private not in screen
    postbox.refuse = ""
    assert office.post(f"/members/office/mail/{mail.pk}/again/").status_code == 302
    assert outbox.deliver_due() == 1
    assert "第2回 勉強会" in body(postbox.messages[0])  # the same digest


def test_a_day_without_a_server_ends_in_the_office(
    reader: User, postbox: Postbox, frozen: Callable[[str], Any], settings: Any
) -> None:
    clock = frozen(THURSDAY)
    mail = due(reader, clock, ("open", "1"))
    settings.EMAIL_PORT = 9  # nobody listens
    for pause in (*outbox.BACK_OFF, dt.timedelta(0)):
        outbox.deliver_due()
        clock.shift(pause)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error, mail.attempts) == ("failed", "ConnectionRefusedError", 10)


def test_two_workers_write_one(reader: User, frozen: Callable[[str], Any]) -> None:
    clock = frozen(THURSDAY)
    tell(reader)
    clock.shift(dt.timedelta(hours=1))
    until = timezone.now()
    assert digests.write(to=reader, until=until, at=until) is True
    assert digests.write(to=reader, until=until, at=until + dt.timedelta(seconds=1)) is False
    assert Mail.objects.count() == 1
    assert django_mail.outbox == []
