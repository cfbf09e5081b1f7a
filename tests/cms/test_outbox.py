"""Mail: written with what it reports, sent once, tried again, visible when it fails."""

import datetime as dt
import email.policy
import smtplib
import socket
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms import outbox
from cms.dates import jst
from cms.enums import MailState
from cms.models import AuditEvent, Heartbeat, Mail
from tests.factories.people import make_user

CANARY = "ZZ-CANARY-文面-5520"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def templates(settings: Any, tmp_path: Path) -> None:
    """A template of this test."""
    (tmp_path / "note.subject.txt").write_text("お知らせ\n{{ title }}\n", encoding="utf-8")
    (tmp_path / "note.txt").write_text("{{ name }}さん & {{ base_url }}\n", encoding="utf-8")
    engines = deepcopy(settings.TEMPLATES)
    engines[0]["DIRS"] = [*engines[0]["DIRS"], tmp_path]
    settings.TEMPLATES = engines


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """What the kind "test" answers when it is asked."""
    answer = {"test": True}
    monkeypatch.setitem(outbox._kinds, "test", lambda mail: answer["test"])
    return answer


def post(**fields: Any) -> Mail:
    """A mail that waits."""
    defaults = {"kind": "test", "to": "reader@example.jp", "template": "note", "key": "test:1"}
    context = {"name": "はな", "title": "題"}
    return outbox.post(**{**defaults, "context": context, **fields})


def state_of(mail: Mail) -> tuple[str, str, int]:
    """State, reason, attempts."""
    mail.refresh_from_db()
    return mail.state, mail.last_error, mail.attempts


# --- writing ------------------------------------------------------------------------------------


def test_the_same_key_is_the_same_mail(allowed: dict[str, bool]) -> None:
    assert post() == post(to="other@example.jp")
    assert Mail.objects.get().recipient == "reader@example.jp"


def test_a_rolled_back_transaction_leaves_no_mail(allowed: dict[str, bool]) -> None:
    class Refused(Exception):
        pass

    def all_or_nothing() -> None:
        with transaction.atomic():
            post()
            raise Refused

    with pytest.raises(Refused):
        all_or_nothing()
    assert Mail.objects.count() == 0


def test_the_task_carries_the_number_only(allowed: dict[str, bool], django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        mail = post(context={"name": CANARY, "title": "x"})
    task = DBTaskResult.objects.get()
    assert (task.args_kwargs, task.backend_name) == ({"args": [mail.pk], "kwargs": {}}, "outbox")
    assert Mail.objects.get().state == MailState.QUEUED


# --- sending ------------------------------------------------------------------------------------


def test_what_is_sent(allowed: dict[str, bool]) -> None:
    mail = post(attachments=[("催し.ics", "BEGIN:VCALENDAR", "text/calendar")])
    assert outbox.deliver_due() == 1
    (message,) = django_mail.outbox
    assert message.subject == "お知らせ 題"
    assert message.body == "はなさん & http://testserver\n"
    assert message.to == ["reader@example.jp"]
    assert message.reply_to == []
    assert message.extra_headers == {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    assert message.attachments[0] == ("催し.ics", "BEGIN:VCALENDAR", "text/calendar")
    assert state_of(mail) == ("sent", "", 1)
    assert outbox.deliver_due() == 0


def test_an_unknown_kind_is_never_sent() -> None:
    mail = post(kind="nobody-knows")
    assert outbox.deliver_due() == 0
    assert state_of(mail) == ("dropped", "unknown_kind", 1)
    assert django_mail.outbox == []


def test_permission_is_asked_when_it_is_sent(allowed: dict[str, bool]) -> None:
    mail = post()
    allowed["test"] = False
    assert outbox.deliver_due() == 0
    assert state_of(mail) == ("dropped", "no_longer_allowed", 1)
    assert django_mail.outbox == []


def test_not_before_its_time(allowed: dict[str, bool], frozen: Callable[[str], Any]) -> None:
    clock = frozen("2026-12-03T20:00+09:00")
    post(not_before=timezone.now() + dt.timedelta(hours=13))
    assert outbox.deliver_due() == 0
    clock.shift(dt.timedelta(hours=12, minutes=59))
    assert outbox.deliver_due() == 0
    clock.shift(dt.timedelta(minutes=1))
    assert outbox.deliver_due() == 1


def test_the_oldest_first_and_not_more_than_asked(allowed: dict[str, bool], frozen: Callable[[str], Any]) -> None:
    clock = frozen("2026-12-03T20:00+09:00")
    for number in range(3):
        post(key=f"test:{number}", context={"name": str(number), "title": ""})
        clock.shift(dt.timedelta(seconds=1))
    assert outbox.deliver_due(limit=2) == 2
    assert [message.body[0] for message in django_mail.outbox] == ["0", "1"]


# --- what goes wrong ------------------------------------------------------------------------------


def broken(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Every attempt ends with this error."""

    def refuse(mail: Mail, live: outbox.Live) -> None:
        raise error

    monkeypatch.setattr(outbox, "send", refuse)


def test_a_day_without_a_server_loses_nothing(
    allowed: dict[str, bool], monkeypatch: pytest.MonkeyPatch, frozen: Callable[[str], Any]
) -> None:
    clock = frozen("2026-12-03T00:00+09:00")
    mail = post()
    with monkeypatch.context() as patch:
        broken(patch, ConnectionRefusedError())
        for _minute in range(24 * 60):
            assert outbox.deliver_due() == 0
            clock.shift(dt.timedelta(minutes=1))
    assert state_of(mail)[:2] == ("queued", "ConnectionRefusedError")
    clock.shift(dt.timedelta(hours=6))
    assert outbox.deliver_due() == 1


def test_after_ten_tries_it_is_visible(
    allowed: dict[str, bool], monkeypatch: pytest.MonkeyPatch, frozen: Callable[[str], Any]
) -> None:
    clock = frozen("2026-12-03T00:00+09:00")
    mail = post()
    broken(monkeypatch, TimeoutError())
    pauses = []
    while mail.state == MailState.QUEUED:
        outbox.deliver_due()
        mail.refresh_from_db()
        pauses.append(mail.next_attempt_at - timezone.now())
        clock.move_to(max(mail.next_attempt_at, timezone.now() + dt.timedelta(seconds=1)))
    assert state_of(mail) == ("failed", "TimeoutError", 10)
    assert pauses[:9] == list(outbox.BACK_OFF)
    assert list(Mail.objects.failed()) == [mail]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"a": (451, b"later")}), "queued"),
        (smtplib.SMTPSenderRefused(553, b"no", "a"), "failed"),
        (smtplib.SMTPDataError(554, b"spam"), "failed"),
        (smtplib.SMTPDataError(452, b"full"), "queued"),
        (smtplib.SMTPAuthenticationError(535, b"wrong"), "queued"),
        (smtplib.SMTPServerDisconnected(), "queued"),
        (OSError("network"), "queued"),
    ],
)
def test_for_good_or_for_now(
    allowed: dict[str, bool], monkeypatch: pytest.MonkeyPatch, error: Exception, state: str
) -> None:
    mail = post()
    broken(monkeypatch, error)
    outbox.deliver_due()
    assert state_of(mail) == (state, type(error).__name__, 1)


def test_a_missing_template_is_tried_again(allowed: dict[str, bool]) -> None:
    mail = post(template="not-there")
    outbox.deliver_due()
    assert state_of(mail)[:2] == ("queued", "TemplateDoesNotExist")


def test_logs_and_reasons_hold_no_text(
    allowed: dict[str, bool], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    mail = post(to="canary-reader@example.jp", context={"name": CANARY, "title": CANARY})
    broken(monkeypatch, smtplib.SMTPRecipientsRefused({"canary-reader@example.jp": (550, CANARY.encode())}))
    outbox.deliver_due()
    assert f"mail {mail.pk}" in caplog.text  # negative control
    assert CANARY not in caplog.text
    assert "canary-reader" not in caplog.text
    mail.refresh_from_db()
    assert mail.last_error == "SMTPRecipientsRefused"


def test_a_person_may_try_again(allowed: dict[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    mail = post()
    with monkeypatch.context() as patch:
        broken(patch, smtplib.SMTPDataError(554, b"no"))
        outbox.deliver_due()
    outbox.send_again(mail, by=make_user())
    assert outbox.deliver_due() == 1
    assert AuditEvent.objects.filter(action="mail.sent_again").count() == 1
    outbox.send_again(mail, by=make_user())
    assert state_of(mail)[0] == "sent"
    assert AuditEvent.objects.filter(action="mail.sent_again").count() == 1


def test_all_of_a_kind_may_be_tried_again(allowed: dict[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(outbox._kinds, "other", lambda mail: True)
    mails = [post(), post(key="test:2"), post(key="test:3", kind="other")]
    with monkeypatch.context() as patch:
        broken(patch, smtplib.SMTPDataError(554, b"no"))
        outbox.deliver_due()
    assert outbox.send_kind_again("test", by=make_user()) == 2
    assert outbox.deliver_due() == 2
    assert [state_of(mail)[0] for mail in mails] == ["sent", "sent", "failed"]
    (row,) = AuditEvent.objects.filter(action="mail.kind_sent_again")
    assert row.codes == {"kind": "test", "count": 2}
    assert outbox.send_kind_again("test", by=make_user()) == 0


# --- words that are read when the mail goes --------------------------------------------------------


def test_words_are_read_when_the_mail_goes(allowed: dict[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        outbox._prepare,
        "test",
        lambda mail: outbox.Live({"name": "つき"}, {"List-Unsubscribe": "<http://testserver/>", "Message-ID": "<x>"}),
    )
    mail = post()
    assert outbox.deliver_due() == 1
    (message,) = django_mail.outbox
    assert message.body == "つきさん & http://testserver\n"
    assert message.extra_headers == {
        "List-Unsubscribe": "<http://testserver/>",
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
    }
    mail.refresh_from_db()
    assert mail.context == {"name": "はな", "title": "題"}  # what was read is not written back


def test_nothing_left_to_say(allowed: dict[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(outbox._prepare, "test", lambda mail: None)
    mail = post()
    assert outbox.deliver_due() == 0
    assert state_of(mail) == ("dropped", "nothing_left", 1)
    assert django_mail.outbox == []


def test_the_office_reads_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(outbox._labels, "test", "招待")
    assert (outbox.label_of("test"), outbox.label_of("unnamed")) == ("招待", "unnamed")


# --- claims ---------------------------------------------------------------------------------------


def test_a_claimed_mail_is_left_alone_for_ten_minutes(allowed: dict[str, bool], frozen: Callable[[str], Any]) -> None:
    clock = frozen("2026-12-03T20:00+09:00")
    mail = post()
    Mail.objects.update(claimed_at=timezone.now(), attempts=1)  # a worker took it and was killed
    assert outbox.deliver_due() == 0
    clock.shift(dt.timedelta(minutes=10))
    assert outbox.deliver_due() == 0
    clock.shift(dt.timedelta(seconds=1))
    assert outbox.deliver_due() == 1
    assert state_of(mail) == ("sent", "", 2)
    assert django_mail.outbox[0].extra_headers["Message-ID"] == mail.message_id


def test_who_lost_the_claim_changes_nothing(allowed: dict[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    mail = post()

    def slow(row: Mail, live: outbox.Live) -> None:
        Mail.objects.filter(pk=row.pk).update(claimed_at=timezone.now() + dt.timedelta(minutes=11))
        raise OSError

    monkeypatch.setattr(outbox, "send", slow)
    outbox.deliver(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("queued", "")
    assert mail.claimed_at is not None


def test_a_mail_that_is_not_due_cannot_be_claimed(allowed: dict[str, bool]) -> None:
    mail = post()
    assert outbox.deliver(mail.pk) == "sent"
    assert outbox.deliver(mail.pk) == ""
    assert outbox.deliver(0) == ""


# --- after the end ----------------------------------------------------------------------------------


def test_thirty_days_later_it_has_forgotten(allowed: dict[str, bool], frozen: Callable[[str], Any]) -> None:
    clock = frozen("2026-12-03T20:00+09:00")
    sent, waiting = post(), post(key="test:2", not_before=timezone.now() + dt.timedelta(days=90))
    outbox.deliver_due()
    clock.shift(dt.timedelta(days=30))
    assert outbox.empty_old(timezone.now()) == 0
    clock.shift(dt.timedelta(seconds=1))
    assert outbox.empty_old(timezone.now()) == 1
    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent.recipient, sent.context, sent.attachments, sent.state) == (None, None, None, "sent")
    assert waiting.recipient == "reader@example.jp"
    assert outbox.empty_old(timezone.now()) == 0


def test_the_worker_lives_while_it_says_so(frozen: Callable[[str], Any]) -> None:
    clock = frozen("2026-12-03T20:00+09:00")
    assert outbox.worker_alive() is False
    outbox.beat(timezone.now())
    assert outbox.worker_alive() is True
    clock.shift(outbox.WORKER_SILENT_FOR)
    assert outbox.worker_alive() is False
    outbox.beat(timezone.now())
    assert Heartbeat.objects.count() == 1


# --- a real server ------------------------------------------------------------------------------------


class Postbox:
    """An SMTP server that keeps what it gets, or refuses a reader."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.refuse = ""
        self.answer = "550 5.1.1 no such user"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address == self.refuse:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """A server on a free port, and settings that send there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    yield box
    controller.stop()


def test_over_a_real_socket(allowed: dict[str, bool], postbox: Postbox) -> None:
    mail = post(attachments=[("a.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar")])
    assert outbox.deliver_due() == 1
    (message,) = postbox.messages
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] is None
    assert message["Subject"] == "お知らせ 題"
    assert message["To"] == "reader@example.jp"
    assert message.get_body().get_content().splitlines() == ["はなさん & http://testserver"]
    assert [part.get_filename() for part in message.iter_attachments()] == ["a.ics"]


def test_a_refused_reader_stops_no_other(allowed: dict[str, bool], postbox: Postbox) -> None:
    postbox.refuse = "gone@example.jp"
    gone, there = post(to="gone@example.jp"), post(key="test:2")
    assert outbox.deliver_due() == 1
    assert state_of(gone)[:2] == ("failed", "SMTPRecipientsRefused")
    assert state_of(there)[0] == "sent"


def test_nobody_listens(allowed: dict[str, bool], postbox: Postbox, settings: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
        mail = post()
        outbox.deliver_due()
    assert state_of(mail)[:2] == ("queued", "ConnectionRefusedError")


def test_a_header_in_a_title_stays_a_title(allowed: dict[str, bool], postbox: Postbox) -> None:
    post(context={"name": "x", "title": "a\r\nBcc: all@example.jp"})
    assert outbox.deliver_due() == 1
    (message,) = postbox.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "お知らせ a Bcc: all@example.jp"


def test_demo_mail_is_one_file_each(allowed: dict[str, bool], settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "cms.mailfiles.EmailBackend", str(tmp_path / "mail")
    post()
    post(key="test:2")
    assert outbox.deliver_due() == 2
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    message = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
    assert message["Subject"] == "お知らせ 題"


# --- hours in which a reader may be written to ---------------------------------------------------------


def test_a_mail_waits_for_a_time_at_which_it_may_go(
    allowed: dict[str, bool], monkeypatch: pytest.MonkeyPatch, frozen: Callable[[str], Any]
) -> None:
    """Whatever delays it, the server first of all: the rule is asked at each attempt, and waiting is none."""
    clock = frozen("2026-12-03T11:50+09:00")
    ten, noon = dt.time(10), dt.time(12)

    def hours(mail: Mail) -> dt.datetime | None:
        now = jst(timezone.now())
        if ten <= now.time() < noon:
            return None
        return dt.datetime.combine(now.date() + dt.timedelta(days=now.time() >= noon), ten, now.tzinfo)

    monkeypatch.setitem(outbox._waits, "test", hours)
    mail = post()
    with monkeypatch.context() as patch:
        broken(patch, TimeoutError())
        for minute in range(60 * 4):
            outbox.deliver_due()
            clock.shift(dt.timedelta(minutes=1))
            assert minute < 10 or state_of(mail)[2] <= 3
    assert state_of(mail) == ("queued", "TimeoutError", 3)  # 11:50, 11:51, 11:56; the next would be 12:11
    assert jst(mail.next_attempt_at).isoformat() == "2026-12-04T10:00:00+09:00"
    assert django_mail.outbox == []
    clock.move_to(mail.next_attempt_at)
    assert outbox.deliver_due() == 1


def test_a_mail_of_a_neutral_sender_names_no_host_of_ours(
    allowed: dict[str, bool], postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(outbox._prepare, "test", lambda mail: outbox.Live({}, sender="お知らせ <n@mail.example.jp>"))
    mail = post()
    assert mail.message_id.endswith("@testserver>")
    assert outbox.deliver_due() == 1
    (message,) = postbox.messages
    assert message["Message-ID"] == mail.message_id.replace("@testserver>", "@mail.example.jp>")
    assert message["From"] == "お知らせ <n@mail.example.jp>"
    assert "testserver" not in str([pair for pair in message.items() if pair[0] != "Subject"])
