"""Breaking the glass: a system administrator reads one case for half an hour, and others know it at once."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from casebook.actions.guarding import cleared, kept
from casebook.enums import GlassReason
from casebook.models import EmergencyReading
from casebook.queries.break_glass import witnesses
from cms import audit, dates, outbox
from cms.guard import Dismissal
from directory.actions.notifications import notify
from directory.models import User
from directory.permissions import can
from directory.roles import Permission

LASTS = dt.timedelta(minutes=30)
WITNESSES = 2  # so many others have to be told, otherwise the glass stays whole
GLASS_NEWS = "case_glass"


class NobodyToTell(Exception):
    """There are not two other people of the secretariat or the audit who could be told."""


@transaction.atomic
def break_glass(
    *, by: User, number: str, reason: str, words: str, dismissals: Iterable[Dismissal] = ()
) -> EmergencyReading:
    """Open the case of that number to this person for half an hour, whether or not there is one: opening tells nothing.

    Raises PermissionDenied, OpenFindings, GuardUnavailable, NobodyToTell; then nothing is opened and nobody is told.
    """
    if not can(by, Permission.CASES_BREAK_GLASS):
        raise PermissionDenied
    found = cleared({"words": words}, dismissals)
    others = list(witnesses(by))
    if len(others) < WITNESSES:
        raise NobodyToTell
    now = dates.now()
    reading = EmergencyReading.objects.create(
        by=by,
        number=number,
        reason=GlassReason(reason),
        words=words,
        dismissals=kept(found.dismissals),
        opened_at=now,
        until=now + LASTS,
    )
    audit.record("case.glass_broken", by=by, target=reading, reason=str(reason))
    _tell(reading, others)
    return reading


def _tell(reading: EmergencyReading, others: Iterable[User]) -> None:
    """News, and a mail without a word of what it is about."""
    key = f"{GLASS_NEWS}:{reading.pk}"
    others = list(others)
    notify(kind=GLASS_NEWS, people=others, target=reading.pk, key=key)
    for user in others:
        path = "members:emergency_readings" if can(user, Permission.INCIDENTS_KEEP) else "members:audit"
        outbox.post(
            kind=GLASS_NEWS,
            to=user.email,
            template="casebook/mail/case_glass",
            context={"path": reverse(path), "reading": str(reading.pk), "user": user.pk},
            key=f"{key}:{user.pk}",
        )


@transaction.atomic
def close_glass(*, by: User, reading: EmergencyReading) -> EmergencyReading:
    """Done before the half hour is over."""
    reading = EmergencyReading.objects.select_for_update().get(pk=reading.pk)
    if reading.by_id != by.pk or not reading.is_open(dates.now()):
        raise PermissionDenied
    reading.closed_at = dates.now()
    reading.save(update_fields=["closed_at"])
    audit.record("case.glass_closed", by=by, target=reading)
    return reading
