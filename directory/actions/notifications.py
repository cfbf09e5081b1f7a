"""News for people inside the workspace: written with what it reports, shown only while the thing may be seen.

A room that has news registers a *kind* in ready():

    notifications.register_kind(Kind(
        name="meeting_called", label=_("Meetings"), sees=meetings_seen, sentence=meeting_sentence, path=meeting_path))

and calls `notify(kind="meeting_called", people=…, target=meeting.pk, key=f"meeting:{meeting.pk}:called")` inside the
transaction of what happened. Unknown kinds are never shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from directory.models import Mute, Notification, User

CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,80}")


@dataclass(frozen=True)
class Kind:
    """What a room knows about its news.

    `sees(user, targets)` returns those of the targets that this person may see at this moment (one query for all).
    `sentence(row)` is one line for the screen and, unless `sensitive`, for the digest mail; it may name nothing that
    the person may not see. `path(row)` is where it leads. `sensitive` news is only counted in mails.
    """

    name: str
    label: str | Promise
    sees: Callable[[Any, Sequence[str]], set[str]]
    sentence: Callable[[Notification], str]
    path: Callable[[Notification], str]
    sensitive: bool = False


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """In ready()."""
    _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """All kinds by name, in the order of registration."""
    return dict(_kinds)


def notify(*, kind: str, people: Iterable[User], target: Any, key: str, **codes: str | int | None) -> int:
    """Write one piece of news a person, in the caller's transaction; how many were written.

    The same key again writes nothing new. People who muted the kind, or this thing, hear nothing. Codes are enum
    values, numbers, ids, dates: ValueError for anything that could be text.
    """
    for name, value in codes.items():
        if not (value is None or isinstance(value, int) or (isinstance(value, str) and CODE.fullmatch(value))):
            raise ValueError(f"{name} is not a code.")
    wanted = {person.pk for person in people}
    muted = set(
        Mute.objects.filter(user__in=wanted, kind=kind, target__in=["", str(target)]).values_list("user_id", flat=True)
    )
    rows = [
        Notification(user_id=pk, kind=kind, target=str(target), codes=codes, key=key) for pk in sorted(wanted - muted)
    ]
    return len(Notification.objects.bulk_create(rows, ignore_conflicts=True))


def shown_to(user: Any, rows: Iterable[Notification]) -> list[Notification]:
    """Those rows whose thing this person may see now; one question a kind. Unknown kinds are left out."""
    rows = list(rows)
    seen: dict[str, set[str]] = {}
    for name in {row.kind for row in rows} & set(_kinds):
        seen[name] = _kinds[name].sees(user, sorted({row.target for row in rows if row.kind == name}))
    return [row for row in rows if row.target in seen.get(row.kind, set())]


def mark_read(user: Any, *, kind: str | None = None, target: Any = None) -> int:
    """This person has looked: at everything, a kind, or one thing."""
    rows = Notification.objects.visible_to(user).unread()
    if kind is not None:
        rows = rows.filter(kind=kind)
    if target is not None:
        rows = rows.filter(target=str(target))
    return rows.update(read_at=timezone.now())
