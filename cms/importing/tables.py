"""Bytes of a published file → lines of cells: encoding, heading row, and where each row begins.

A file that is no table raises `NotATable`; a row that is broken as CSV is given with its `problem`, so that the rows
around it can be used.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

_T = TypeVar("_T")
#: A larger file is no municipal table (bytes); it would be held in memory several times over.
MAX_BYTES = 64 * 1024 * 1024
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class NotATable(ValueError):
    """The file is not a table in a known layout; the text says why, in the reader's language."""


@dataclass(frozen=True)
class RawRow:
    """One row as text: `line` is the physical line (from 1) where it begins, `cells` go by field name."""

    line: int
    cells: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why a row is kept out (or, as a remark, what was left out of it), for the person who owns the file."""

    line: int
    column: str
    reason: str

    def said(self, name: str) -> str:
        """「FILE:LINE:COLUMN: reason」."""
        return f"{name}:{self.line}:{self.column or '-'}: {self.reason}"


def heading_key(heading: str) -> str:
    """A heading without what publishers vary: width, spaces, line breaks, the mark of required columns.

    The dash of 18〜29 comes back as ～ from a file that was saved in Shift_JIS.
    """
    folded = unicodedata.normalize("NFKC", heading).casefold().replace("\u301c", "~")
    return re.sub(r"[\s★☆*※\ufeff]", "", folded)


def read_text(data: bytes, read: Callable[[str], _T]) -> _T:
    """What `read` makes of the file's text: UTF-8 with or without BOM, CP932, or UTF-16 with its mark.

    Raises NotATable: the file is empty or too large, or no decoding of it pleases `read`, whose first reason is given.
    """
    if len(data) > MAX_BYTES:
        raise NotATable(_("the file is too large"))
    if not data.startswith(_UTF16_MARKS) and b"\0" in data[:2]:
        raise NotATable(_("the file is UTF-16; save it as UTF-8 or Shift_JIS (CP932) and import it again"))
    if not data.strip(_UTF8_MARK + b"\xff\xfe \t\r\n\0"):
        raise NotATable(_("the file is empty"))
    reasons: list[str] = []
    for text in _decodings(data):
        try:
            return read(text)
        except NotATable as reason:
            reasons.append(str(reason))
    raise NotATable(reasons[0])


def _decodings(data: bytes) -> Iterator[str]:
    """Clean readings first; then readings with broken bytes left in, for their rows to be refused."""
    if data.startswith(_UTF16_MARKS):
        yield data.decode("utf-16", "replace")
        return
    data = data.removeprefix(_UTF8_MARK)
    for encoding in ("utf-8", "cp932"):
        try:
            yield data.decode(encoding)
        except UnicodeDecodeError:
            continue
    for encoding in ("utf-8", "cp932"):
        yield data.decode(encoding, "surrogateescape")


def rows_of(text: str) -> Iterator[tuple[int, list[str], str]]:
    """(line where the row begins, cells, what is wrong with it as CSV)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problem = _("the row is broken as CSV: a quotation mark is not closed, or something follows it")
            yield begins, [], problem
        else:
            yield begins, cells, ""


def heading_of(rows: Iterator[tuple[int, list[str], str]]) -> list[str]:
    """The first row with something in it. Raises NotATable when there is none."""
    for _line, cells, problem in rows:
        if not problem and any(map(str.strip, cells)):
            return cells
    raise NotATable(_("the file is empty"))


def raw_rows(rows: Iterator[tuple[int, list[str], str]], places: Mapping[str, int], width: int) -> Iterator[RawRow]:
    """The rows after the heading with their cells by field; rows without anything in them are no rows."""
    for line, cells, problem in rows:
        if not problem and not any(map(str.strip, cells)):
            continue
        if not problem and any(map(str.strip, cells[width:])):
            problem = _("the row has more cells than the table has columns (a comma outside quotation marks?)")
        yield RawRow(line, {field: cells[place] for field, place in places.items() if place < len(cells)}, problem)
