"""What is new for a person, asked at this moment: kinds of news, and what of it may be shown now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from directory.models import Mute, Notification
from directory.permissions import can
from directory.roles import Permission

LATEST = 200  # what the list, the count and the digest look at: the same rows for all three


@dataclass(frozen=True)
class Kind:
    """What a room knows about its news.

    `sees(user, targets)` returns those of the targets that this person may see at this moment, in one query for all: a
    set of their keys, or a mapping key → thing; a thing is then at hand as `row.thing`, and neither sentence nor path
    has to ask the database again. `sentence(row)` is one line for the screen and, unless `sensitive`, for the digest
    mail; it may name nothing that the person may not see. `path(row)` is where it leads. `sensitive` news is only
    counted in mails. `title(row)` is the thing's own name: it stands above the sentences on the screen, never in a mail.
    Kinds of the same `thing` ("meeting") with the same target are one entry of the list.
    `permission`: who is asked whether they want to hear of it (None: everybody).
    """

    name: str
    label: str | Promise
    sees: Callable[[Any, Sequence[str]], set[str] | Mapping[str, Any]]
    sentence: Callable[[Notification], str]
    path: Callable[[Notification], str]
    sensitive: bool = False
    thing: str = ""
    title: Callable[[Notification], str] | None = None
    permission: Permission | None = None

    @property
    def family(self) -> str:
        """Kinds of one family speak of the same things."""
        return self.thing or self.name


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """In ready()."""
    _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """All kinds by name, in the order of registration."""
    return dict(_kinds)


def kinds_for(user: Any) -> list[Kind]:
    """Kinds this person may come to hear of, for the preferences."""
    return [kind for kind in _kinds.values() if kind.permission is None or can(user, kind.permission)]


def family_of(name: str) -> list[str]:
    """Names of the kinds that speak of the same things as this one, itself included."""
    kind = _kinds.get(name)
    return [each.name for each in _kinds.values() if kind and each.family == kind.family] or [name]


def shown_to(user: Any, rows: Iterable[Notification]) -> list[Notification]:
    """Those rows whose thing this person may see now; one question a kind. Unknown kinds are left out."""
    rows = list(rows)
    seen: dict[str, set[str] | Mapping[str, Any]] = {}
    for name in dict.fromkeys(row.kind for row in rows):
        if name in _kinds:
            seen[name] = _kinds[name].sees(user, sorted({row.target for row in rows if row.kind == name}))
    shown = [row for row in rows if row.target in seen.get(row.kind, set())]
    for row in shown:
        things = seen[row.kind]
        row.thing = things[row.target] if isinstance(things, Mapping) else None
    return shown


@dataclass(frozen=True)
class Topic:
    """All news about one thing, the newest first."""

    rows: list[Notification]

    @property
    def newest(self) -> Notification:
        """The latest of it."""
        return self.rows[0]

    @property
    def unread(self) -> int:
        """How many of it were not looked at."""
        return sum(row.read_at is None for row in self.rows)

    @property
    def label(self) -> str | Promise:
        """What its kind is called."""
        return _kinds[self.newest.kind].label

    @property
    def title(self) -> str:
        """What the thing is called, where its kind says so; "" otherwise."""
        name = _kinds[self.newest.kind].title
        return str(name(self.newest)) if name else ""

    @property
    def lines(self) -> list[tuple[Notification, str]]:
        """Each row with its sentence."""
        return [(row, sentence(row)) for row in self.rows]


def sentence(row: Notification) -> str:
    """One line, for whoever `shown_to` was asked for."""
    return str(_kinds[row.kind].sentence(row))


def path(row: Notification) -> str:
    """Where it leads."""
    return _kinds[row.kind].path(row)


def latest(user: Any, since: dt.datetime | None = None) -> QuerySet[Notification]:
    """The rows that count at all: own, not muted, the latest; whether the things may be seen is not asked yet."""
    rows = Notification.objects.visible_to(user).not_muted().order_by("-created_at", "-pk")
    return (rows.filter(created_at__gte=since) if since else rows)[:LATEST]


def topics(user: Any, since: dt.datetime | None = None) -> list[Topic]:
    """What is new, by thing: the thing with the latest news first."""
    return grouped(shown_to(user, latest(user, since)))


def grouped(rows: Iterable[Notification]) -> list[Topic]:
    """Rows by thing, in the order in which the things come up."""
    found: dict[tuple[str, str], list[Notification]] = {}
    for row in rows:
        found.setdefault((_kinds[row.kind].family, row.target), []).append(row)
    return [Topic(each) for each in found.values()]


def unread_count(user: Any) -> int:
    """How many things have unread news, for the navigation. What may no longer be seen does not count."""
    rows = shown_to(user, [row for row in latest(user) if row.read_at is None])
    return len({(_kinds[row.kind].family, row.target) for row in rows})


def muted_kinds(user: Any) -> set[str]:
    """Names of kinds this person does not want to hear of at all."""
    return set(Mute.objects.filter(user=user, target="").values_list("kind", flat=True))


@dataclass(frozen=True)
class MutedThing:
    """A thing a person does not want to hear of, as far as it may still be named."""

    pk: int
    label: str | Promise
    words: str


def muted_things(user: Any) -> list[MutedThing]:
    """Things this person muted, the last first: in the words of the latest news about them, while they may be seen."""
    mutes = list(Mute.objects.filter(user=user, kind__in=_kinds).exclude(target="").order_by("pk")[:LATEST])
    rows = Notification.objects.visible_to(user).filter(target__in={mute.target for mute in mutes})
    known: dict[tuple[str, str], Topic] = {}
    for topic in grouped(shown_to(user, rows.order_by("-created_at", "-pk")[:LATEST])):
        known[_kinds[topic.newest.kind].family, topic.newest.target] = topic
    found: dict[tuple[str, str], MutedThing] = {}
    for mute in mutes:
        kind = _kinds[mute.kind]
        thing = (kind.family, mute.target)
        topic_of_it = known.get(thing)
        words = (topic_of_it.title or sentence(topic_of_it.newest)) if topic_of_it else ""
        found.setdefault(thing, MutedThing(mute.pk, topic_of_it.label if topic_of_it else kind.label, words))
    return list(found.values())[::-1]
