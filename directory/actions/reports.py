"""Verbs about 「情報の誤りを知らせる」: a resident tells us, somebody looks into it, the night forgets."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms import audit, dates
from cms.encryption import keyed_hash
from directory.models import ConsultationDesk, DeskReport, User
from directory.models.reports import REPORT_KEPT_FOR
from directory.permissions import may_keep_numbers

FORM_SALT = "directory.desk-report"


@transaction.atomic
def report(*, desk: ConsultationDesk, what: str, words: str, address: str, key: str) -> DeskReport:
    """Keep what somebody found wrong. The same form sent twice is one report. Nothing is hidden by it.

    `address` is the network address; only a keyed hash for this desk is kept, to tell one sender from several.
    """
    found, _made = DeskReport.objects.get_or_create(
        key=uuid.uuid5(uuid.NAMESPACE_URL, key),
        defaults={
            "desk": desk,
            "what": what,
            "words": words or None,
            "sender": keyed_hash(f"{desk.pk}\0{address}", purpose="desk-report") if address else "",
        },
    )
    return found


@transaction.atomic
def settle(*, found: DeskReport, by: User) -> None:
    """Somebody has looked into it. Once."""
    if not may_keep_numbers(by):
        raise PermissionDenied
    if DeskReport.objects.open().filter(pk=found.pk).update(done_by=by, done_at=dates.now()):
        audit.record("desk.report_settled", by=by, target=found, desk=found.desk.slug, what=found.what)


def forget_due(now: dt.datetime) -> int:
    """Delete the reports whose 90 days are over; how many."""
    return DeskReport.objects.filter(created_at__lt=now - REPORT_KEPT_FOR).delete()[0]
