"""What differs between two versions of a desk, field by field, in words people read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _

from directory.hours import words_or_blank
from directory.models import Channel, ConsultationDesk
from directory.models.channels import FACT_FIELDS

DESK_FIELDS = (
    "name", "kana", "aliases", "worries", "description", "for_self", "for_family", "for_supporters", "age_min", "age_max",
    "audience", "area", "promises", "reply_time", "website", "opened_on",
)  # fmt: skip
CHANNEL_FIELDS = ("kind", "value", "hours", "hours_text", "last_reception", *FACT_FIELDS, "note")


@dataclass(frozen=True)
class Difference:
    """One field that changed. `old` and `new` are lines as people read them; no line = empty."""

    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """What changed in one part: the desk itself, or one of its channels (added, gone, or changed)."""

    title: str
    kind: str  # "desk", "added", "gone", "changed"
    differences: tuple[Difference, ...] = field(default_factory=tuple)


def shown(thing: models.Model, name: str) -> tuple[str, ...]:
    """A field's value as lines."""
    value = getattr(thing, name)
    if isinstance(value, list):
        return tuple(str(line) for line in value)
    if isinstance(value, bool):
        return (_("yes") if value else _("no"),)
    if isinstance(thing, Channel) and name == "value":
        return (thing.shown_value,) if value else ()
    if isinstance(thing, Channel) and name == "hours":
        words = hours_as_read(thing)
        return (words,) if words else ()
    if value in (None, ""):
        return ()
    display = getattr(thing, f"get_{name}_display", None)
    return tuple(str(display() if display else value).splitlines())


def hours_as_read(channel: Channel) -> str:
    """「平日8時30分～16時30分」; the signs where no sentence is known."""
    return words_or_blank(channel.hours) or channel.hours


def compared(old: models.Model, new: models.Model, names: Iterable[str]) -> tuple[Difference, ...]:
    """The fields that differ."""
    found = []
    for name in names:
        if getattr(old, name) != getattr(new, name):
            label = str(old._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append(Difference(label, shown(old, name), shown(new, name)))
    return tuple(found)


def concerns_of(desk: ConsultationDesk) -> tuple[str, ...]:
    """Names of its concerns, in the list's order."""
    return tuple(concern.name for concern in sorted(desk.concerns.all(), key=lambda each: (each.sort_order, each.pk)))


def described(channel: Channel) -> tuple[Difference, ...]:
    """Every field of a channel that says something."""
    return compared(Channel(kind=""), channel, CHANNEL_FIELDS)


def title_of(channel: Channel) -> str:
    """「電話 0000-00-0001」."""
    return str(channel) or _("channel")


def channels_of(desk: ConsultationDesk) -> list[Channel]:
    """As they stand in memory, or in the database."""
    return list(desk.channels.all())


def differences(before: ConsultationDesk | None, after: ConsultationDesk) -> list[Part]:
    """What residents would read differently. `before` None: everything is new."""
    blank = ConsultationDesk()
    old = before or blank
    own = compared(old, after, DESK_FIELDS)
    was, now = (concerns_of(before) if before else ()), concerns_of(after)
    if was != now:
        own = (*own, Difference(str(ConsultationDesk._meta.get_field("concerns").verbose_name), was, now))  # type: ignore[union-attr]
    parts = [Part(_("The desk"), "desk", own)] if own else []
    stood = {channel.pk: channel for channel in (channels_of(before) if before else [])}
    for channel in channels_of(after):
        earlier = stood.pop(channel.pk, None) if channel.pk else None
        if earlier is None:
            parts.append(Part(title_of(channel), "added", described(channel)))
        elif changed := compared(earlier, channel, CHANNEL_FIELDS):
            parts.append(Part(title_of(earlier), "changed", changed))
    parts += [Part(title_of(channel), "gone") for channel in stood.values()]
    return parts
