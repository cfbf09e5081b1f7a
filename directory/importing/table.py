"""The table of desks (`directory.open_data.columns`) → desks: rows of one desk are put together.

One row a channel. Rows belong to one desk when they have the same ID, or no ID and the same 団体名 and 名称. What is said
of the desk on its later rows must be what the first one says. A bad row keeps its whole desk out: half a desk helps nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.exports import tabular, unguarded
from cms.importing.cells import Unreadable, clip, read_date, read_email, read_url, tidy
from cms.importing.tables import NotATable, RawRow, heading_key, heading_of, raw_rows, read_text, rows_of
from directory.enums import BarrierFact, ChannelKind
from directory.importing import values
from directory.importing.records import ChannelRow, DeskRow, Known, Notes, Reading
from directory.models import Channel
from directory.open_data.columns import CHANNEL, DESK, GROUPS
from directory.open_data.table import VALUE_COLUMNS

REQUIRED = ("name", "organization")
#: Made by us from the others, or of no use here.
IGNORED = frozenset({"municipality_name", "updated_on", "order", "number_kind", "holidays"})
DESK_READERS: dict[str, Callable[[str], Any]] = {
    "name": values.read_text(80),
    "kana": values.read_kana,
    "description": values.read_text(2000),
    "for_self": values.read_flag,
    "for_family": values.read_flag,
    "for_supporters": values.read_flag,
    "age_min": values.read_age,
    "age_max": values.read_age,
    "age_as_of": read_date,
    "audience": values.read_text(120),
    "area": values.read_text(80),
    "is_national": values.read_flag,
    "reply_time": values.read_text(80),
    "opened_on": values.read_opened,
    "website": read_url,
    "assured_on": read_date,
}
CHANNEL_READERS: dict[str, Callable[[str], Any]] = {
    "hours": values.read_hours,
    "last_reception": values.read_minutes,
    "note": values.read_text(200),
    **{fact.value: values.read_flag for fact in BarrierFact},
}
VALUE_READERS: dict[str, Callable[[str], str]] = {
    "phone": values.read_phone,
    "fax": values.read_phone,
    "mail": read_email,
    "form": read_url,
    "link": read_url,
    "place": values.read_text(300),
}
#: The kind that a filled column of values means when 手段_コード is blank; 連絡先URL and 所在地 may be several.
IMPLIED = {"phone": ChannelKind.PHONE, "fax": ChannelKind.FAX, "mail": ChannelKind.MAIL, "form": ChannelKind.FORM}
LONGEST_VOICE = 200


def read_table(data: bytes, known: Known) -> Reading:
    """The desks of a CSV file. Raises NotATable."""
    return read_text(data, lambda text: _Table(text, known).read())


def _places(cells: list[str]) -> dict[str, int]:
    """Field → index of its column; repeated columns as 「worries_2」."""
    keys = {heading_key(column.heading): name for name, column in (*DESK.items(), *CHANNEL.items(), *GROUPS.items())}
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        whole = heading_key(cell)
        stem, _line, number = whole.rpartition("_")
        name = keys.get(whole) or (f"{keys[stem]}_{number}" if number.isdigit() and keys.get(stem) in GROUPS else "")
        if name in GROUPS:
            name = f"{name}_1"
        if name in places:
            raise NotATable(_("the column %(name)s stands twice") % {"name": clip(cell, 40)})
        if name:
            places[name] = place
    missing = [DESK[name].heading for name in REQUIRED if name not in places]
    if len(missing) == len(REQUIRED):
        raise NotATable(
            _("this is not a table of desks: no known headings in the first row “%(row)s”")
            % {"row": clip(",".join(cells), 40)}
        )
    if missing:
        raise NotATable(_("the table lacks these columns: %(names)s") % {"names": "、".join(missing)})
    return places


@dataclass
class _Desk:
    """A desk while its rows are read."""

    line: int
    own_id: str
    code: str
    head: dict[str, Any]
    channels: list[ChannelRow]
    lines: list[int]


class _Table:
    """Reads one decoding of the file."""

    def __init__(self, text: str, known: Known) -> None:
        rows = rows_of(text)
        heading = heading_of(rows)
        self.known = known
        self.places = _places(heading)
        self.headings = {name: clip(heading[place].strip(), 40) for name, place in self.places.items()}
        self.rows = list(raw_rows(rows, self.places, len(heading)))
        self.notes = Notes()

    def read(self) -> Reading:
        """All desks, those with a bad row kept out."""
        desks: dict[tuple[str, ...], _Desk] = {}
        for row in self.rows:
            self._put(row, desks)
        self._same_numbers(desks)
        broken = self.notes.broken
        good = [self._finished(desk) for desk in desks.values() if not broken & set(desk.lines)]
        return Reading(tuple(good), tuple(self.notes.refusals), tuple(self.notes.remarks), len(desks))

    def _put(self, row: RawRow, desks: dict[tuple[str, ...], _Desk]) -> None:
        if row.problem:
            self.notes.refuse(row.line, "", row.problem)
            desks[("broken", str(row.line))] = _Desk(row.line, "", "", {}, [], [row.line])
            return
        own_id = self._value(row, "id", values.read_text(100)) or ""
        code = self._value(row, "municipality", values.read_code) or ""
        if code and self.known.municipality and code != self.known.municipality:
            words = _("the code of another municipality: %(code)s") % {"code": code}
            self.notes.remark(row.line, self.headings["municipality"], words)
        head = self._head(row)
        names = (str(head.get("organization", "")), str(head.get("name", "")))
        key = ("id", code, own_id) if own_id else ("name", *names)
        channel = self._channel(row)
        desk = desks.setdefault(key, _Desk(row.line, own_id, code, head, [], []))
        desk.lines.append(row.line)
        if desk.head is not head:
            self._compare(desk, row, head)
        if channel:
            desk.channels.append(channel)

    def _head(self, row: RawRow) -> dict[str, Any]:
        """What the row says of the desk."""
        said = {name: self._value(row, name, reader) for name, reader in DESK_READERS.items()}
        said["organization"] = self._value(row, "organization", values.read_text(200))
        said["organization_kind"] = self._value(row, "organization_kind", values.read_organization_kind)
        for name in GROUPS:
            said[name] = self._group(row, name)
        head = {name: value for name, value in said.items() if value not in (None, "", [])}
        refused = {each.column for each in self.notes.refusals if each.line == row.line}
        for name in REQUIRED:
            if name not in head and self.headings[name] not in refused:
                self.notes.refuse(row.line, self.headings[name], _("this must not be blank"))
        low, high = head.get("age_min"), head.get("age_max")
        if low is not None and high is not None and low > high:
            self.notes.refuse(row.line, self.headings["age_max"], _("The upper age is below the lower one."))
        return head

    def _group(self, row: RawRow, name: str) -> list[str]:
        """The filled cells of a repeated column, in order."""
        numbers = sorted(int(each.rpartition("_")[2]) for each in self.places if re.fullmatch(rf"{name}_\d+", each))
        said = [self._value(row, f"{name}_{number}", values.read_text(LONGEST_VOICE)) for number in numbers]
        found = [text for text in said if text]
        if name != "concerns":
            return found
        for number, text in zip(numbers, said, strict=True):
            if text and text not in self.known.concerns:
                words = _("there is no concern “%(text)s”; see the code table") % {"text": clip(text)}
                self.notes.refuse(row.line, self.headings[f"{name}_{number}"], words)
        return [self.known.concerns[text] for text in found if text in self.known.concerns]

    def _channel(self, row: RawRow) -> ChannelRow | None:
        """What the row says of a channel; None when it says nothing."""
        kind = self._value(row, "kind", values.read_channel_kind) or ""
        filled = {name: text for name in VALUE_READERS if (text := self._cell(row, name).strip())}
        if not kind:
            kind = next((IMPLIED[name].value for name in filled if name in IMPLIED), "")
        said = {name: self._value(row, name, reader) for name, reader in CHANNEL_READERS.items()}
        words = self._value(row, "hours_words", values.read_text(120))
        ours = Channel(hours=said.get("hours") or "", last_reception=said.get("last_reception")).hours_words
        if words and words != tabular(ours):
            said["hours_text"] = words
        said = {name: value for name, value in said.items() if value not in (None, "")}
        if not kind:
            if filled or said:
                self.notes.refuse(row.line, CHANNEL["kind"].heading, _("by what means one reaches the desk is missing"))
            return None
        own = VALUE_COLUMNS[ChannelKind(kind)]
        for name in filled:
            if name != own:
                text = _("this column does not belong to “%(kind)s”") % {"kind": ChannelKind(kind).label}
                self.notes.refuse(row.line, self.headings[name], text)
        value = self._value(row, own, VALUE_READERS[own])
        return ChannelRow(row.line, {"kind": kind} | ({"value": value} if value else {}) | said)

    def _compare(self, desk: _Desk, row: RawRow, head: Mapping[str, Any]) -> None:
        """A later row may leave out what the first says, never contradict it."""
        for name, value in head.items():
            if name in desk.head and desk.head[name] != value:
                text = _("differs from line %(line)d, which speaks of the same desk") % {"line": desk.line}
                self.notes.refuse(row.line, self._heading(name), text)
            desk.head.setdefault(name, value)

    def _same_numbers(self, desks: Mapping[tuple[str, ...], _Desk]) -> None:
        """Two rows with one number: taken, and said, because it may be a slip."""
        seen: dict[str, int] = {}
        for desk in desks.values():
            for channel in desk.channels:
                number = channel.values.get("value", "")
                if channel.values["kind"] != ChannelKind.PHONE or not number:
                    continue
                if number in seen:
                    text = _("the same number as in line %(line)d") % {"line": seen[number]}
                    self.notes.remark(channel.line, self.headings["phone"], text)
                seen.setdefault(number, channel.line)

    def _finished(self, desk: _Desk) -> DeskRow:
        head = dict(desk.head)
        concerns = head.pop("concerns", None)
        return DeskRow(
            line=desk.line,
            own_id=desk.own_id,
            source=f"csv:{desk.code}:{desk.own_id}" if desk.own_id else "",
            organization=str(head.pop("organization")),
            organization_kind=str(head.pop("organization_kind", "")),
            values=head,
            concerns=tuple(concerns) if concerns is not None else None,
            channels=tuple(desk.channels),
            flat=True,
        )

    def _heading(self, name: str) -> str:
        return self.headings.get(name) or self.headings.get(f"{name}_1", "")

    def _cell(self, row: RawRow, name: str) -> str:
        return unguarded(row.cells.get(name, ""))

    def _value(self, row: RawRow, name: str, reader: Callable[[str], Any]) -> Any:
        """The cell's value, None when the column is missing; a cell that cannot be read refuses the row."""
        if name not in self.places:
            return None
        try:
            return reader(tidy(self._cell(row, name)))
        except Unreadable as reason:
            self.notes.refuse(row.line, self.headings[name], str(reason))
            return None
