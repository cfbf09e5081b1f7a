"""What a file would change at a desk: field by field, as a person reads it. Compares, never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from cms.exports import tabular
from directory.enums import ChannelKind
from directory.importing.records import ChannelRow, DeskRow
from directory.models import Channel, ConsultationDesk
from directory.open_data.columns import CHANNEL, DESK, GROUPS

LONGEST = 60
#: Names of `Channel` that are no columns of their own.
WORDS = {"value": "電話番号など", "hours_text": "hours_words"}


@dataclass(frozen=True)
class Difference:
    """One field: what stands here, what the file says. `channel`: which way to reach the desk, blank for the desk."""

    label: str
    before: str
    after: str
    channel: str = ""


@dataclass(frozen=True)
class ChannelChange:
    """A channel that the file changes (`channel`) or adds (None), with the values to set."""

    channel: Channel | None
    row: ChannelRow
    values: dict[str, Any]


@dataclass(frozen=True)
class Comparison:
    """All that differs at one desk. Empty: the same."""

    values: dict[str, Any]
    concerns: tuple[str, ...] | None
    channels: tuple[ChannelChange, ...]
    differences: tuple[Difference, ...]

    def without(self, waiting: Iterable[tuple[str, str]]) -> Comparison:
        """Leave out numbers that a second person already looks at: asking again changes nothing."""
        asked = set(waiting)
        kept, dropped = [], set()
        for change in self.channels:
            kind = str(change.values.get("kind") or (change.channel.kind if change.channel else ""))
            value = str(change.values.get("value", ""))
            if value and (kind, value) in asked:
                dropped.add(_shown(value))
                if change.channel is None:
                    continue
                change = replace(change, values={k: v for k, v in change.values.items() if k != "value"})
                if not change.values:
                    continue
            kept.append(change)
        told = tuple(each for each in self.differences if not (each.channel and each.after in dropped))
        return replace(self, channels=tuple(kept), differences=told if kept or self.values or self.concerns else ())


def beyond_both(draft: Comparison, public: Comparison) -> Comparison:
    """What the file says that neither the draft nor the public version says: a file that repeats what is public asks
    for nothing, it does not take back what staff are about to change."""
    values = {name: value for name, value in draft.values.items() if name in public.values}
    concerns = draft.concerns if public.concerns is not None else None
    channels = draft.channels if public.channels else ()
    told = tuple(
        each
        for each in draft.differences
        if (channels if each.channel else any(each.label == _label(name) for name in values))
        or (concerns is not None and each.label == _label("concerns"))
    )
    return Comparison(values, concerns, channels, told)


def compare(desk: ConsultationDesk, channels: list[Channel], codes: Iterable[str], row: DeskRow) -> Comparison:
    """What the row says that the desk does not. What the row leaves out, and channels it does not name, stay."""
    values = {name: value for name, value in row.values.items() if not _same(getattr(desk, name), value, flat=row.flat)}
    told = [Difference(_label(name), _shown(getattr(desk, name)), _shown(value)) for name, value in values.items()]
    known = tuple(sorted(codes))
    concerns = row.concerns if row.concerns is not None and tuple(sorted(set(row.concerns))) != known else None
    if concerns is not None:
        told.append(Difference(_label("concerns"), "、".join(known), "、".join(sorted(concerns))))
    changes = []
    for channel, wanted in pairs(channels, row.channels):
        change = _channel_change(channel, wanted, flat=row.flat)
        if change:
            changes.append(change)
            told += _told(change)
    return Comparison(values, concerns, tuple(changes), tuple(told))


def pairs(channels: list[Channel], rows: Iterable[ChannelRow]) -> list[tuple[Channel | None, ChannelRow]]:
    """Which channel each row speaks of: the one with its value, else the next of its kind, else a new one."""
    wanted, free = list(rows), list(channels)
    found: dict[int, Channel] = {}
    for exact in (True, False):
        for place, row in enumerate(wanted):
            if place in found:
                continue
            own = next((each for each in free if _fits(each, row, exact=exact)), None)
            if own is not None:
                found[place] = own
                free.remove(own)
    return [(found.get(place), row) for place, row in enumerate(wanted)]


def _fits(channel: Channel, row: ChannelRow, *, exact: bool) -> bool:
    same_kind = channel.kind == row.values["kind"]
    return same_kind and (not exact or tabular(channel.value) == tabular(str(row.values.get("value", ""))))


def _channel_change(channel: Channel | None, row: ChannelRow, *, flat: bool) -> ChannelChange | None:
    if channel is None:
        return ChannelChange(None, row, dict(row.values))
    values = {
        name: value for name, value in row.values.items() if not _same(_stands(channel, name, flat), value, flat=flat)
    }
    return ChannelChange(channel, row, values) if values else None


def _stands(channel: Channel, name: str, flat: bool) -> Any:
    """What a file of that form holds for the channel: open data has the whole sentence about the hours."""
    return channel.hours_words if flat and name == "hours_text" else getattr(channel, name)


def _told(change: ChannelChange) -> list[Difference]:
    kind = str(ChannelKind(change.values.get("kind") or (change.channel.kind if change.channel else "")).label)
    if change.channel is None:
        parts = [_shown(value) for name, value in change.values.items() if name in {"value", "hours"} and value]
        return [Difference(_("a new way to reach it"), "", " ".join(parts), channel=kind)]
    return [
        Difference(_label(name), _shown(getattr(change.channel, name)), _shown(value), channel=kind)
        for name, value in change.values.items()
    ]


def _same(here: Any, there: Any, *, flat: bool) -> bool:
    """Equal as the file can say it: open data has one line a cell and no 機種依存文字."""
    if isinstance(there, str):
        text = str(here or "")
        if there.startswith(("http://", "https://")):
            return iri_to_uri(text) == iri_to_uri(there)
        return text == there or (flat and tabular(text) == tabular(there))
    if isinstance(there, list):
        return len(here) == len(there) and all(
            _same(one, other, flat=flat) for one, other in zip(here, there, strict=True)
        )
    return bool(here == there)


def _label(name: str) -> str:
    """The heading of the column."""
    name = WORDS.get(name, name)
    column = DESK.get(name) or CHANNEL.get(name) or GROUPS.get(name)
    return column.heading if column else name


def _shown(value: Any) -> str:
    """A value in a line of the report."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.date):
        return value.isoformat()
    text = " / ".join(value) if isinstance(value, list) else str(value)
    line = tabular(text)
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"
