"""The office's mail screen: kinds and reasons in words, failed first, all of a kind again; no address, no text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms import outbox
from cms.enums import MailState
from cms.models import AuditEvent, Mail

pytestmark = pytest.mark.django_db
SCREEN = "/members/office/mail/"
CANARY = "ZZ-CANARY-宛先-4410"


def failed(key: str, kind: str = "digest", error: str = "SMTPRecipientsRefused", **fields: Any) -> Mail:
    """A mail that did not go out."""
    mail = outbox.post(
        kind=kind, to=f"{CANARY}@example.jp", template="home/mail/digest", context={"user": 0, "words": CANARY}, key=key
    )
    values = {"state": MailState.FAILED, "last_error": error, "ended_at": timezone.now(), **fields}
    Mail.objects.filter(pk=mail.pk).update(**values)
    return mail


def test_kinds_and_reasons_in_words(login: Callable[..., Any]) -> None:
    client, _user = login("secretariat")
    failed("a")
    failed("b", kind="case_news", error="ConnectionRefusedError")
    failed("c", kind="case_news", error="KeyError")
    outbox.post(kind="digest", to="x@example.jp", template="home/mail/digest", context={}, key="waits")
    failed("again", state=MailState.QUEUED, ended_at=None, attempts=2, error="TimeoutError")
    response = client.get(SCREEN)
    text = response.content.decode()
    for words in (
        "お知らせのまとめ",
        "事例の動きの知らせ",
        "宛先のサーバーが受け取りませんでした。",
        "メールサーバーにつながりませんでした。",
        "システムの中で問題が起きました。",
    ):
        assert words in text
    for code in (CANARY, "SMTPRecipientsRefused", "ConnectionRefusedError", "KeyError", "example.jp"):
        assert code not in text
    assert [(row["kind"], row["failed"], row["waiting"]) for row in response.context["kinds"]] == [
        ("case_news", 2, 0),
        ("digest", 1, 2),
    ]
    assert [line.mail.state for line in response.context["lines"]] == [
        "failed",
        "failed",
        "failed",
        "queued",
    ]  # not the untried one


def test_all_of_a_kind_again(login: Callable[..., Any]) -> None:
    client, user = login("secretariat")
    mails = [failed("a"), failed("b"), failed("c", kind="case_news")]
    text = client.post(f"{SCREEN}again/", {"kind": "digest"}, follow=True).content.decode()
    assert "2通を、もう一度送ります。" in text
    states = {mail.pk: mail.state for mail in Mail.objects.all()}
    assert [states[mail.pk] for mail in mails] == ["queued", "queued", "failed"]
    row = AuditEvent.objects.get(action="mail.kind_sent_again")
    assert (row.actor, row.codes) == (str(user.pk), {"kind": "digest", "count": 2})
    for kind in ("digest", "nothing", ""):
        assert client.post(f"{SCREEN}again/", {"kind": kind}).status_code == 404


def test_emptied_mail_is_nobodys_task(login: Callable[..., Any]) -> None:
    client, _user = login("secretariat")
    mail = failed("a", emptied_at=timezone.now())
    assert (
        "すべてのメールを送りました" in client.get(SCREEN).content.decode() or not client.get(SCREEN).context["lines"]
    )
    text = client.post(f"{SCREEN}{mail.pk}/again/", follow=True).content.decode()
    assert "30日たったため" in text


def test_every_kind_has_a_name() -> None:
    """A code on the office's screen would mean nothing to anybody."""
    assert [kind for kind in outbox._kinds if outbox.label_of(kind) == kind] == []


def test_a_constant_number_of_questions(login: Callable[..., Any]) -> None:
    client, _user = login("secretariat")
    asked = []
    for number in range(30):
        failed(str(number))
        if number in {0, 29}:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(SCREEN).status_code == 200
            asked.append(len(seen))
    assert asked[0] == asked[1]
