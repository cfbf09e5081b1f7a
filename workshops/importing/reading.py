"""Bytes of a published file → a table: encoding, header, and where each row begins.

A file that is no such table raises `NotATable`; a row that is broken as CSV stays in the table with its
`problem`, so that the rows around it can be used.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workshops.importing.layouts import LAYOUTS, Layout, heading_key
from workshops.importing.values import clip

#: A larger file is no municipal event list (bytes); it would be held in memory several times over.
MAX_BYTES = 64 * 1024 * 1024
#: A heading row with fewer known headings is another kind of table.
_FEWEST_KNOWN = 5


class NotATable(ValueError):
    """The file is not an event table in a known layout; the text says why, in the reader's language."""


@dataclass(frozen=True)
class RawRow:
    """One row as text: `line` is the physical line (from 1) where it begins, `cells` go by field name."""

    line: int
    cells: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """What was found in a file: its layout, the headings as printed (by field), and its rows in order."""

    layout: Layout
    headings: Mapping[str, str]
    rows: tuple[RawRow, ...]


def read_table(data: bytes) -> Table:
    """The table in `data` (UTF-8 with or without BOM, or CP932). Raises `NotATable`."""
    if len(data) > MAX_BYTES:
        raise NotATable(_("the file is too large for an event table"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        raise NotATable(_("the file is UTF-16; save it as UTF-8 or Shift_JIS (CP932) and import it again"))
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise NotATable(_("the file is empty"))
    reasons: list[str] = []
    for text in _decodings(data):
        try:
            return _table(text)
        except NotATable as reason:
            reasons.append(str(reason))
    raise NotATable(reasons[0])


def _decodings(data: bytes) -> Iterator[str]:
    """Clean readings first; then readings with broken bytes left in, for their rows to be refused."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    for encoding in ("utf-8", "cp932"):
        try:
            yield data.decode(encoding)
        except UnicodeDecodeError:
            continue
    for encoding in ("utf-8", "cp932"):
        yield data.decode(encoding, "surrogateescape")


def _table(text: str) -> Table:
    rows = _rows(text)
    heading = next(
        ((line, cells) for line, cells, problem in rows if not problem and any(map(str.strip, cells))),
        None,
    )
    if heading is None:
        raise NotATable(_("the file is empty"))
    layout, places = _recognise(heading[1])
    headings = {field: clip(heading[1][place].strip(), 40) for field, place in places.items()}
    width = len(heading[1])
    return Table(
        layout,
        headings,
        tuple(
            _raw(line, cells, problem, places, width)
            for line, cells, problem in rows
            if problem or any(map(str.strip, cells))
        ),
    )


def _rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    """(line where the row begins, cells, what is wrong with it as CSV)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield (
                begins,
                [],
                _("the row is broken as CSV: a quotation mark is not closed, or something follows it"),
            )
        else:
            yield begins, cells, ""


def _raw(line: int, cells: list[str], problem: str, places: Mapping[str, int], width: int) -> RawRow:
    if not problem and any(map(str.strip, cells[width:])):
        problem = _("the row has more cells than the table has columns (a comma outside quotation marks?)")
    return RawRow(
        line,
        {field: cells[place] for field, place in places.items() if place < len(cells)},
        problem,
    )


def _recognise(cells: list[str]) -> tuple[Layout, dict[str, int]]:
    """The layout whose required columns are all there, and the place of each field. Raises `NotATable`."""
    found = [(layout, _places(layout, cells)) for layout in LAYOUTS]
    layout, places = max(found, key=lambda pair: (not _missing(*pair), len(pair[1])))
    if len(places) < _FEWEST_KNOWN:
        raise NotATable(
            _("this is not an event table: no known headings in the first row “%(row)s”")
            % {"row": clip(",".join(cells), 40)}
        )
    if missing := _missing(layout, places):
        names = "、".join(layout.headings[field][0] for field in missing)
        raise NotATable(_("the table lacks these columns: %(names)s") % {"names": names})
    return layout, places


def _missing(layout: Layout, places: Mapping[str, int]) -> list[str]:
    return [field for field in layout.required if field not in places]


def _places(layout: Layout, cells: list[str]) -> dict[str, int]:
    """Field → index of its column. A required column that stands twice makes the table ambiguous."""
    keys = [heading_key(cell) for cell in cells]
    places: dict[str, int] = {}
    for field, headings in layout.headings.items():
        for heading in map(heading_key, headings):
            if heading not in keys:
                continue
            if field in layout.required and keys.count(heading) > 1:
                raise NotATable(_("the column %(name)s stands twice") % {"name": headings[0]})
            places.setdefault(field, keys.index(heading))
    return places
