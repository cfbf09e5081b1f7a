"""A raw row → an `EventRow`, or the refusals that keep it out, each with line, column and reason.

What is refused: a row without 名称 or 開始日, dates and times that do not exist, an end before the start,
capacities and fees below zero or beyond reason, names beyond their length, broken characters.
What is taken with a remark: an address, mail address or position that cannot be used (left out), and a
closing date that is unreadable or after the start. Seven of the 1,356 published rows at hand have such a
date: courses that can be joined half-way, and slips of a year. An imported event takes no registrations
here, so the date is the host's information and decides nothing.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from cms.exports import unguarded
from cms.importing.cells import (
    Impossible,
    Unreadable,
    one_line,
    read_date,
    read_email,
    read_municipality,
    read_url,
    tidy,
)
from cms.importing.tables import RawRow, Refusal
from workshops.importing.keys import Ordinals, key_parts, row_key
from workshops.importing.layouts import CANCELLED_WORDS, FIELDS, LIMITS, NOTE, POSTPONED_WORDS
from workshops.importing.reading import Table, read_table
from workshops.importing.records import EventRow, Reading
from workshops.importing.values import Clock, Count, read_capacity, read_fee, read_position, read_time

_T = TypeVar("_T")
#: Fields that are read as something else than text.
_TYPED = frozenset(
    {
        *("id", "municipality", "latitude", "longitude", "capacity", "fee", "url", "image_url", "contact_email"),
        *("start_date", "end_date", "start_time", "end_time", "apply_by_date", "apply_by_time"),
    }
)
#: Fields where a line break is layout, not meaning.
_ONE_LINE = frozenset(LIMITS) - {"description", "summary", "fee_note"}


def read_events(data: bytes, *, municipality: str = "") -> Reading:
    """Read a file. `municipality` stands in where the row has no code. Raises `reading.NotATable`."""
    table = read_table(data)
    ordinals = Ordinals()
    readers = [_RowReader(table, raw, ordinals, municipality) for raw in table.rows]
    rows = [reader.read() for reader in readers]
    return Reading(
        rows=tuple(row for row in rows if row is not None),
        refusals=tuple(refusal for reader in readers for refusal in reader.refusals),
        remarks=tuple(remark for reader in readers for remark in reader.remarks),
        read=len(readers),
        fields=frozenset(table.headings),
        layout=table.layout.name,
    )


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text.casefold() for word in words)


class _RowReader:
    """Reads one row and collects everything that is wrong with it, so that a file is corrected in one go."""

    def __init__(self, table: Table, raw: RawRow, ordinals: Ordinals, municipality: str) -> None:
        self.table, self.raw, self.default_code = table, raw, municipality
        parts = key_parts(raw.cells, municipality=municipality)
        self.key = row_key(parts, ordinals.next(parts))
        self.refusals: list[Refusal] = []
        self.remarks: list[Refusal] = []

    def read(self) -> EventRow | None:
        """The row, or None with at least one refusal."""
        if self.raw.problem:
            self.refusals.append(Refusal(self.raw.line, "", self.raw.problem))
            return None
        texts = self._texts()
        title = texts.pop("title", "")
        if not title and not self._refused("title"):
            self._refuse("title", _("the event has no name"))
        start, end = self._days()
        begin, finish = self._clocks(start, end, texts)
        row = EventRow(
            line=self.raw.line,
            key=self.key,
            municipality=self._value("municipality", read_municipality, "") or self.default_code,
            title=title,
            starts_on=start or dt.date.min,
            ends_on=end or start or dt.date.min,
            starts_at=begin,
            ends_at=finish,
            capacity=self._value("capacity", read_capacity, Count(None, "", "")),
            fee=self._value("fee", read_fee, Count(None, "", "")),
            position=self._position(),
            url=self._optional("url", read_url),
            image_url=self._optional("image_url", read_url),
            email=self._optional("contact_email", read_email),
            cancelled=_says(texts.get("status", ""), CANCELLED_WORDS),
            postponed=_says(texts.get("status", ""), POSTPONED_WORDS),
            given_id=self._value("id", one_line, ""),
            texts=texts,
            **self._closing(start, texts),
        )
        return None if self.refusals else row

    # Cells

    def _cell(self, name: str) -> str:
        return self.raw.cells.get(name, "")

    def _refuse(self, name: str, reason: str) -> None:
        self.refusals.append(Refusal(self.raw.line, self.table.headings[name], reason))

    def _remark(self, name: str, reason: str) -> None:
        self.remarks.append(Refusal(self.raw.line, self.table.headings[name], reason))

    def _refused(self, name: str) -> bool:
        return any(refusal.column == self.table.headings[name] for refusal in self.refusals)

    def _value(self, name: str, reader: Callable[[str], _T], default: _T) -> _T:
        """The cell's value; a cell that cannot be read refuses the row."""
        try:
            return reader(tidy(unguarded(self._cell(name))))
        except Unreadable as reason:
            self._refuse(name, str(reason))
            return default

    def _optional(self, name: str, reader: Callable[[str], str]) -> str:
        """The cell's value; a cell that cannot be read is left out with a remark."""
        plain = self._value(name, tidy, "")
        try:
            return reader(plain)
        except Unreadable as reason:
            self._remark(name, str(reason))
            return ""

    def _texts(self) -> dict[str, str]:
        """Every filled text column, tidied and within its length."""
        texts: dict[str, str] = {}
        for name in FIELDS:
            if name in _TYPED or name not in self.raw.cells:
                continue
            text = self._value(name, tidy, "")
            text = one_line(text) if name in _ONE_LINE else text
            if len(text) > (limit := LIMITS.get(name, NOTE)):
                self._refuse(
                    name,
                    _("longer than %(limit)d characters (%(length)d)") % {"limit": limit, "length": len(text)},
                )
            elif text:
                texts[name] = text
        return texts

    # When

    def _days(self) -> tuple[dt.date | None, dt.date | None]:
        start, end = (
            self._value("start_date", read_date, None),
            self._value("end_date", read_date, None),
        )
        if start is None and not self._refused("start_date"):
            self._refuse("start_date", _("the event has no first day"))
        if start and end and end < start:
            self._refuse(
                "end_date",
                _("the end %(end)s is before the start %(start)s") % {"end": end, "start": start},
            )
        return start, end

    def _clocks(
        self, start: dt.date | None, end: dt.date | None, texts: dict[str, str]
    ) -> tuple[dt.datetime | None, dt.datetime | None]:
        """First and last moment. Without 開始時刻 the event is all day and a lone 終了時刻 is remarked."""
        opens, closes = (
            self._value("start_time", read_time, None),
            self._value("end_time", read_time, None),
        )
        if start is None or self._refused("end_date"):
            return None, None
        if opens is None:
            if closes is not None:
                texts["end_time"] = closes.said  # kept, to be given away again
                self._remark(
                    "end_time",
                    _("an end time without a start time is left out; the event counts as all day"),
                )
            return None, None
        if opens.minutes == 24 * 60:
            self._refuse(
                "start_time",
                _("an event cannot begin at 24:00; use 0:00 of the next day"),
            )
            return None, None
        begin = opens.on(start)
        if closes is None:
            return begin, None
        finish = Clock(closes.minutes or 24 * 60 if opens.minutes else closes.minutes).on(end or start)
        if finish < begin:
            self._refuse(
                "end_time",
                _("the end %(end)s is before the start %(start)s")
                % {"end": f"{finish:%H:%M}", "start": f"{begin:%H:%M}"},
            )
        return begin, finish

    def _closing(self, start: dt.date | None, texts: dict[str, str]) -> dict[str, Any]:
        """The last day to apply, as the host's information (see the module's head for why)."""
        day = self._loosely("apply_by_date", read_date, texts)
        clock = self._loosely("apply_by_time", read_time, texts)
        if day is None and clock is not None:
            texts["apply_by_time"] = clock.said
            self._remark("apply_by_time", _("a closing time without a closing day is left out"))
        if day and start and day > start:
            self._remark(
                "apply_by_date",
                _("the closing day %(day)s is after the start; shown as published") % {"day": day},
            )
        at = clock.said if day and clock else ""
        return {"apply_by_date": day, "apply_by_time": at}

    def _loosely(self, name: str, reader: Callable[[str], _T | None], texts: dict[str, str]) -> _T | None:
        """The cell's value; words such as 「3日前まで」 stay words, impossible dates and times refuse."""
        words = self._value(name, tidy, "")
        try:
            return reader(words)
        except Impossible as reason:
            self._refuse(name, str(reason))
        except Unreadable:
            texts[name] = words
        return None

    # Where

    def _position(self) -> tuple[float, float] | None:
        if "latitude" not in self.table.headings or "longitude" not in self.table.headings:
            return None
        try:
            return read_position(self._cell("latitude"), self._cell("longitude"))
        except Unreadable as reason:
            self._remark("latitude", str(reason))
            return None
