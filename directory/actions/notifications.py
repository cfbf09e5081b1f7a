"""News for people inside the workspace: written with what it reports, shown only while the thing may be seen.

A room that has news registers a *kind* in ready():

    notifications.register_kind(Kind(
        name="meeting_called", label=_("Meetings"), sees=meetings_seen, sentence=meeting_sentence, path=meeting_path))

and calls `notify(kind="meeting_called", people=…, target=meeting.pk, key=f"meeting:{meeting.pk}:called")` inside the
transaction of what happened. Unknown kinds are never shown. Reading is in directory.queries.notifications; who looked
at what, and who mutes what, is nobody else's affair and leaves no row in the audit trail.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory.models import Mute, Notification, User
from directory.queries.notifications import Kind, family_of, kinds, register_kind, shown_to

__all__ = ["Kind", "forget_due", "kinds", "mark_read", "mute", "mute_kinds", "notify", "register_kind", "shown_to", "unmute"]  # fmt: skip

CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,80}")
KEY = re.compile(r"[A-Za-z0-9_.:+-]{1,120}")
KEPT_FOR = dt.timedelta(days=180)


def notify(*, kind: str, people: Iterable[User], target: Any, key: str, **codes: str | int | None) -> int:
    """Write one piece of news a person, in the caller's transaction; how many were written.

    The same key again writes nothing new. People who muted the kind, or this thing, hear nothing. Codes are enum
    values, numbers, ids, dates: ValueError for anything that could be text, also in target and key.
    """
    for name, value in {**codes, "target": str(target)}.items():
        if not (value is None or isinstance(value, int) or (isinstance(value, str) and CODE.fullmatch(value))):
            raise ValueError(f"{name} is not a code.")
    if not KEY.fullmatch(key):
        raise ValueError("The key is not a code.")
    wanted = {person.pk for person in people}
    muted = set(
        Mute.objects.filter(user__in=wanted, kind=kind, target__in=["", str(target)]).values_list("user_id", flat=True)
    )
    told = set(Notification.objects.filter(user__in=wanted, key=key).values_list("user_id", flat=True))
    rows = [
        Notification(user_id=pk, kind=kind, target=str(target), codes=codes, key=key)
        for pk in sorted(wanted - muted - told)
    ]
    # Told by another process in the meantime: the constraint keeps it to once.
    return len(Notification.objects.bulk_create(rows, ignore_conflicts=True))


def mark_read(user: Any, *, kind: str | None = None, target: Any = None) -> int:
    """This person has looked: at everything, at a kind, or at one thing (then at all kinds that speak of it)."""
    rows = Notification.objects.visible_to(user).unread()
    if kind is not None:
        rows = rows.filter(kind=kind) if target is None else rows.filter(kind__in=family_of(kind))
    if target is not None:
        rows = rows.filter(target=str(target))
    return rows.update(read_at=timezone.now())


@transaction.atomic
def mute(*, by: User, kind: str, target: Any) -> Mute:
    """Hear no more of one thing. What there is of it leaves the list too, and comes back with `unmute`."""
    names = family_of(kind)
    Mute.objects.bulk_create([Mute(user=by, kind=name, target=str(target)) for name in names], ignore_conflicts=True)
    return Mute.objects.get(user=by, kind=kind, target=str(target))


@transaction.atomic
def unmute(*, by: User, mute: Mute) -> None:
    """Hear of that thing again."""
    Mute.objects.filter(user=by, kind__in=family_of(mute.kind), target=mute.target).delete()


@transaction.atomic
def mute_kinds(*, by: User, names: Iterable[str], among: Iterable[str]) -> None:
    """Of the kinds `among` hear no more of those named, and of the others again. Muted things stay muted."""
    names, among = set(names), set(among) & set(kinds())
    Mute.objects.filter(user=by, target="", kind__in=among - names).delete()
    Mute.objects.bulk_create([Mute(user=by, kind=name) for name in sorted(names & among)], ignore_conflicts=True)


def forget_due(now: dt.datetime) -> int:
    """Every night: news older than half a year is deleted."""
    return Notification.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
