"""Mail goes out from rows, not from requests.

`post` writes a row in the caller's transaction; a worker claims it, asks again whether it may still be sent, sends it,
and tries later when the server cannot take it. At least once: a repeat happens only when a worker dies between the
server's "250" and our commit, and it carries the same Message-ID.
"""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models, transaction
from django.db.models import F
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.functional import Promise
from django_tasks import task
from wagtail.models import Site

from cms import audit
from cms.enums import MailState
from cms.models import Heartbeat, Mail, SiteSettings

logger = logging.getLogger(__name__)

# Ten tries in 25 hours: a day without a mail server loses nothing.
BACK_OFF = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 360, 360, 360))
KEEP_FOR = dt.timedelta(days=30)
WORKER = "outbox"
WORKER_SILENT_FOR = dt.timedelta(seconds=90)


@dataclass(frozen=True)
class Live:
    """What is added to a mail at the moment it goes: words from the data as they are now, and headers of its own.

    `sender`: another one than DEFAULT_FROM_EMAIL, for people whose mail others read (settings.NEUTRAL_FROM_EMAIL).
    """

    context: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)
    sender: str = ""


MayStillSend = Callable[[Mail], bool]
Prepare = Callable[[Mail], Live | None]
NotBefore = Callable[[Mail], dt.datetime | None]
_kinds: dict[str, MayStillSend] = {}
_prepare: dict[str, Prepare] = {}
_waits: dict[str, NotBefore] = {}
_labels: dict[str, str | Promise] = {}


def register_kind(
    kind: str,
    may_still_send: MayStillSend,
    *,
    prepare: Prepare | None = None,
    waits_until: NotBefore | None = None,
    label: str | Promise = "",
) -> None:
    """In ready(): who decides, when a mail of this kind is about to go, whether it may. Unknown kinds never go.

    `prepare` is for mails whose row holds ids alone: it reads what they say when they go, and answers None when there
    is nothing left to say (then the mail is dropped). `waits_until` is asked at the same moment: a time at which it may
    go, when this is not one (it costs no attempt), else None. `label` is what the office reads instead of the text.
    """
    _kinds[kind] = may_still_send
    _labels[kind] = label
    if prepare is not None:
        _prepare[kind] = prepare
    if waits_until is not None:
        _waits[kind] = waits_until


def label_of(kind: str) -> str:
    """What the office reads of a kind; its code when nobody gave it a name."""
    return str(_labels.get(kind) or kind)


# --- writing ------------------------------------------------------------------------------------------


def post(
    *,
    kind: str,
    to: str,
    template: str,
    context: dict[str, Any],
    key: str,
    not_before: dt.datetime | None = None,
    attachments: Sequence[tuple[str, str, str]] = (),
) -> Mail:
    """Write a mail, in the caller's transaction. The same `key` again returns the first mail and sends nothing new.

    `template` names ``<template>.subject.txt`` and ``<template>.txt``; `context` is JSON; attachments are (file name,
    text, media type). The key holds numbers and codes, nothing personal: it is not encrypted.
    """
    mail, made = Mail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "recipient": to,
            "template": template,
            "context": context,
            "attachments": [list(attachment) for attachment in attachments] or None,
            "message_id": f"<{uuid4().hex}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>",
            "not_before": not_before,
            "next_attempt_at": not_before or timezone.now(),
        },
    )
    if made:
        # robust: when the task cannot be written the mail is still there, and the next tick finds it
        transaction.on_commit(lambda: send_one.enqueue(mail.pk), robust=True)
    return mail


@task(backend="outbox")
def send_one(mail_id: int) -> str:
    """Send one mail if it is due. The task knows the row's number and nothing else."""
    return deliver(mail_id)


@transaction.atomic
def send_again(mail: Mail, *, by: models.Model) -> bool:
    """A person looked at a failed mail and wants it tried afresh; whether it is. An emptied one has nothing to say."""
    now = timezone.now()
    changed = (
        Mail.objects.failed()
        .filter(pk=mail.pk, emptied_at__isnull=True)
        .update(state=MailState.QUEUED, attempts=0, next_attempt_at=now, claimed_at=None, ended_at=None, last_error="")
    )
    if changed:
        audit.record("mail.sent_again", by=by, target=mail, kind=mail.kind)
        transaction.on_commit(lambda: send_one.enqueue(mail.pk), robust=True)
    return bool(changed)


@transaction.atomic
def send_kind_again(kind: str, *, by: models.Model) -> int:
    """The same for all failed mails of a kind; how many. The worker's next tick takes them, oldest first."""
    now = timezone.now()
    changed = (
        Mail.objects.failed()
        .filter(kind=kind, emptied_at__isnull=True)
        .update(state=MailState.QUEUED, attempts=0, next_attempt_at=now, claimed_at=None, ended_at=None, last_error="")
    )
    if changed:
        audit.record("mail.kind_sent_again", by=by, kind=kind, count=changed)
    return changed


# --- sending ------------------------------------------------------------------------------------------


def deliver_due(limit: int = 100) -> int:
    """Send what is due, oldest first; how many were sent. Any number of processes may do so at once."""
    due = Mail.objects.due(timezone.now()).order_by("next_attempt_at", "pk").values_list("pk", flat=True)
    return sum(deliver(mail_id) == MailState.SENT for mail_id in list(due[:limit]))


def deliver(mail_id: int) -> str:
    """Claim one mail and bring it one step further; its state afterwards, or "" when it was not ours to send."""
    claimed_at = timezone.now()
    claimed = Mail.objects.due(claimed_at).filter(pk=mail_id).update(claimed_at=claimed_at, attempts=F("attempts") + 1)
    if not claimed:
        return ""
    mail = Mail.objects.get(pk=mail_id)
    changes = outcome(mail)
    # Only as long as the claim is ours: whoever took it over after ten minutes decides.
    Mail.objects.filter(pk=mail_id, claimed_at=claimed_at).update(claimed_at=None, **changes)
    return str(changes["state"])


def outcome(mail: Mail) -> dict[str, Any]:
    """What became of the attempt, as changes of the row."""
    try:
        if not may_still_send(mail):
            return ended(MailState.DROPPED, "no_longer_allowed" if mail.kind in _kinds else "unknown_kind")
        if (moment := _waits[mail.kind](mail) if mail.kind in _waits else None) is not None:
            return {"state": MailState.QUEUED, "next_attempt_at": moment, "attempts": mail.attempts - 1}
        if (live := prepared(mail)) is None:
            return ended(MailState.DROPPED, "nothing_left")
        send(mail, live)
    except Exception as error:  # noqa: BLE001  whatever went wrong, the row must say so
        code = type(error).__name__
        logger.warning("mail %s: attempt %s: %s", mail.pk, mail.attempts, code)
        return ended(MailState.FAILED, code) if is_permanent(error) else later(mail, code)
    return {**ended(MailState.SENT, ""), "sent_at": timezone.now()}


def may_still_send(mail: Mail) -> bool:
    """What the kind's room says now; it may have changed since the mail was written."""
    decide = _kinds.get(mail.kind)
    return bool(decide and decide(mail))


def prepared(mail: Mail) -> Live | None:
    """What the kind's room adds at this moment; None when there is nothing left to say."""
    with translation.override(settings.LANGUAGE_CODE):
        return _prepare[mail.kind](mail) if mail.kind in _prepare else Live({})


def ended(state: MailState, code: str) -> dict[str, Any]:
    """An end."""
    return {"state": state, "last_error": code[:60], "ended_at": timezone.now()}


def later(mail: Mail, code: str) -> dict[str, Any]:
    """Another attempt after a growing pause, or the end when there were enough."""
    if mail.attempts > len(BACK_OFF):
        return ended(MailState.FAILED, code)
    pause = BACK_OFF[mail.attempts - 1]
    return {"state": MailState.QUEUED, "last_error": code[:60], "next_attempt_at": timezone.now() + pause}


def is_permanent(error: Exception) -> bool:
    """Whether the server refused this mail for good. A refused login or greeting is our fault and may be mended."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError) and error.smtp_code >= 500


def send(mail: Mail, live: Live) -> None:
    """Render and hand to the server. Raises what goes wrong."""
    words = {**(mail.context or {}), **live.context}
    with translation.override(settings.LANGUAGE_CODE):
        message = EmailMessage(
            subject=" ".join(rendered(f"{mail.template}.subject.txt", words).split()),
            body=rendered(f"{mail.template}.txt", words).strip() + "\n",
            from_email=live.sender or settings.DEFAULT_FROM_EMAIL,
            to=[mail.recipient or ""],
            headers={**live.headers, "Message-ID": message_id(mail, live), "Auto-Submitted": "auto-generated"},
            connection=get_connection(),
        )
    for name, text, media_type in mail.attachments or []:
        message.attach(name, text, media_type)
    message.send()


def message_id(mail: Mail, live: Live) -> str:
    """The row's; from a neutral sender under that sender's domain, because ours would say where it comes from."""
    if not live.sender:
        return mail.message_id
    return f"{mail.message_id.partition('@')[0]}@{parseaddr(live.sender)[1].rpartition('@')[2]}>"


def rendered(name: str, words: dict[str, Any]) -> str:
    """A mail is plain text: nothing is escaped for HTML."""
    site = Site.objects.filter(is_default_site=True).first()
    common = {"base_url": settings.BASE_URL, "site_settings": SiteSettings.for_site(site) if site else None}
    template = get_template(name).template  # type: ignore[attr-defined]
    return str(template.render(Context({**common, **words}, autoescape=False)))


# --- after the end, and signs of life --------------------------------------------------------------------


def empty_old(now: dt.datetime) -> int:
    """Thirty days after its end a mail forgets whom it went to and what it said; how many did."""
    return Mail.objects.to_empty(now - KEEP_FOR).update(recipient=None, context=None, attachments=None, emptied_at=now)


def beat(now: dt.datetime) -> None:
    """The worker's loop says that it lives."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": now})


def worker_alive() -> bool:
    """Whether a worker gave a sign within the last minute and a half."""
    return Heartbeat.objects.filter(name=WORKER, at__gt=timezone.now() - WORKER_SILENT_FOR).exists()
