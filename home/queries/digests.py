"""What a digest says, asked at the moment it goes: what may still be seen, is still unread, is not muted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Min
from django.urls import reverse

from directory.models import Notification, User
from directory.permissions import may_enter
from directory.queries import notifications
from directory.roles import Door
from home.enums import Rhythm
from home.models import DigestSettings

TOLD_FOR = dt.timedelta(days=14)  # after two weeks away, older news is read inside or not at all
TOPICS = 20  # a mail longer than that is not read


def settings_of(user: User) -> DigestSettings:
    """What this person chose, or the defaults (not saved)."""
    return DigestSettings.objects.filter(user=user).first() or DigestSettings(user=user)


def waiting_since() -> dict[int, dt.datetime]:
    """People with news that no digest has told of → since when the oldest of it waits."""
    rows = Notification.objects.unread().filter(digested_at=None, user__is_active=True)
    return dict(rows.order_by().values_list("user").annotate(oldest=Min("created_at")))


@dataclass(frozen=True)
class Told:
    """One thing in a digest: its sentences, and the address that leads to it."""

    lines: list[str]
    path: str


@dataclass(frozen=True)
class Digest:
    """What one mail says. `hidden`: things that are only counted; `more`: things there was no room for."""

    told: list[Told]
    hidden: int
    more: int


def may_be_told(user: User | None) -> bool:
    """Somebody who works here today. What they may see is asked of each thing."""
    return user is not None and user.is_active and may_enter(user, Door.WORKSPACE)


def wants_mail(user: User) -> bool:
    """Has not switched the digest off."""
    return settings_of(user).rhythm != Rhythm.NEVER


def digest_of(user: Any, at: dt.datetime) -> Digest | None:
    """What the digest of that moment says now; None when nothing of it is left."""
    rows = Notification.objects.visible_to(user).unread().not_muted()
    rows = rows.filter(digested_at=at, created_at__gte=at - TOLD_FOR).order_by("-created_at", "-pk")
    topics = notifications.grouped(notifications.shown_to(user, rows[: notifications.LATEST]))
    if not topics:
        return None
    open_ones = [told for topic in topics if (told := told_of(topic)).lines]
    return Digest(open_ones[:TOPICS], len(topics) - len(open_ones), max(0, len(open_ones) - TOPICS))


def told_of(topic: notifications.Topic) -> Told:
    """The sentences of a topic that may stand in a mail: none of a sensitive kind."""
    known = notifications.kinds()
    lines = [" ".join(words.split()) for row, words in topic.lines if not known[row.kind].sensitive]
    return Told(lines, reverse("members:notification_open", args=[topic.newest.pk]))
