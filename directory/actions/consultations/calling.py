"""Mails to whoever is called when it is urgent: soon, and not so many that nobody looks at them any more.

What somebody writes is never stopped, and every letter is news inside. Only the mails keep a distance, by the rows of
the outbox: a cache that is down holds nothing back, and what was rolled back was never counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from cms import dates
from cms.enums import MailState
from cms.models import AuditEvent, Mail
from directory.actions.consultations import notices
from directory.models import Consultation, User

AGAIN = dt.timedelta(hours=1)  # one consultation that nobody has opened since
APART = dt.timedelta(minutes=5)  # two calls of one desk
IN_LINE = dt.timedelta(hours=1)  # a call that would wait longer than this is not written: twelve others stand before it


def by_mail(consultation: Consultation, people: Iterable[User], *, mark: str | int) -> None:
    """Call them now, in a few minutes, or not at all. `mark`: what of the consultation it is about."""
    moment = turn_of(consultation)
    if moment is None:
        return
    now = dates.now()
    key = f"{_place(consultation)}{mark}:urgent"
    notices.call(consultation, people, key=key, not_before=moment if moment > now else None)


def turn_of(consultation: Consultation) -> dt.datetime | None:
    """When a call may go (JST). None: one went within the hour and nobody has read it, or too many stand in line."""
    now, calls = dates.now(), _calls(consultation)
    last = (
        calls.filter(key__startswith=_place(consultation), created_at__gt=now - AGAIN).order_by("-created_at").first()
    )
    if last is not None and not _read_since(consultation, last.created_at):
        return None
    recent = calls.filter(created_at__gt=now - IN_LINE - APART).values_list("not_before", "created_at")
    latest = max((not_before or created_at for not_before, created_at in recent), default=None)
    free = now if latest is None else max(now, latest + APART)
    return free if free <= now + IN_LINE else None


def _calls(consultation: Consultation) -> QuerySet[Mail]:
    """Those of the desk that went or will go; one that was dropped has called nobody."""
    states = (MailState.QUEUED, MailState.SENT)
    return Mail.objects.filter(
        kind=notices.TO_COUNSELLOR, key__startswith=f"desk:{consultation.desk_id}:", state__in=states
    )


def _place(consultation: Consultation) -> str:
    return f"desk:{consultation.desk_id}:consultation:{consultation.pk}:"


def _read_since(consultation: Consultation, moment: dt.datetime) -> bool:
    target = f"{consultation._meta.label_lower}:{consultation.pk}"
    return AuditEvent.objects.filter(target=target, action="consultation.read", at__gt=moment).exists()
