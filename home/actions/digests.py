"""The digest: one mail a person and day about what is new, written with ids alone, worded when it goes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from cms import dates, outbox
from cms.models import Mail
from directory.models import Notification, User
from home.enums import Rhythm
from home.models import DigestSettings
from home.queries.digests import digest_of, may_be_told, waiting_since

MAIL_KIND = "digest"


def key_of(user_id: int, day: dt.date) -> str:
    """One digest a person and day."""
    return f"digest:{user_id}:{day.isoformat()}"


def write_due(at: dt.datetime) -> int:
    """On every tick: digests whose hour has come; how many were written.

    What came in after the person's hour waits for the next one, so that a digest never becomes an alarm.
    """
    now = dates.jst(at)
    waiting = waiting_since()
    chosen = {row.user_id: row for row in DigestSettings.objects.filter(user__in=waiting)}
    drop_for({pk for pk, row in chosen.items() if row.rhythm == Rhythm.NEVER}, at=at)
    due = {
        pk: now.replace(hour=settings.hour, minute=0, second=0, microsecond=0)
        for pk in waiting
        if (settings := chosen.get(pk) or DigestSettings(user_id=pk)).is_due(now)
    }
    due = {pk: until for pk, until in due.items() if waiting[pk] < until}
    written = set(Mail.objects.filter(key__in=[key_of(pk, now.date()) for pk in due]).values_list("key", flat=True))
    people = User.objects.select_related("organization").filter(pk__in=due)
    return sum(
        write(to=user, until=due[user.pk], at=at) for user in people if key_of(user.pk, now.date()) not in written
    )


def drop_for(people: set[int], *, at: dt.datetime) -> None:
    """They want no mail: their news counts as told, so that no flood comes when they change their mind."""
    if people:
        Notification.objects.filter(user__in=people, digested_at=None).update(digested_at=at)


@transaction.atomic
def write(*, to: User, until: dt.datetime, at: dt.datetime) -> bool:
    """One digest of the news before `until`; nothing when nothing of it may be seen. Whether it was written.

    The rows carry the digest's moment, so that a mail that failed says the same when it is tried again, as far as it
    may still be said. Two workers at once: the second finds no rows.
    """
    Notification.objects.filter(user=to, digested_at=None, created_at__lt=until).update(digested_at=at)
    if not may_be_told(to) or digest_of(to, at) is None:
        return False
    outbox.post(
        kind=MAIL_KIND,
        to=to.email,
        template="home/mail/digest",
        context={"user": to.pk, "at": at.isoformat()},
        key=key_of(to.pk, dates.jst(at).date()),
    )
    return True


@transaction.atomic
def choose(*, by: User, rhythm: str, hour: int, on_days_off: bool) -> DigestSettings:
    """How this person wants to hear of news from now on."""
    row, _made = DigestSettings.objects.update_or_create(
        user=by, defaults={"rhythm": Rhythm(rhythm), "hour": hour, "on_days_off": on_days_off}
    )
    return row
