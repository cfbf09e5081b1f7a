"""Tables that leave the house: CSV and xlsx that a spreadsheet opens without running anything in them."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cms.dates import jst

Cell = str | int | float | Decimal | dt.date | dt.datetime | dt.time | bool | None

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as CP932

# A spreadsheet runs what begins with one of these, also full-width, and also behind spaces.
STARTS_A_FORMULA = re.compile(r"[\s\u3000]*[=+\-@＝＋－＠]|\t")
LINE_BREAKS = re.compile(r"\s*(?:\r\n|[\n\r\v\f\x85\u2028\u2029])\s*")
PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")
LONGEST_CELL = 32_767  # Excel's own limit, in characters


def as_text(value: Cell) -> str:
    """A value in the form a person reads: moments in JST, dates in ISO form, true and false as 1 and 0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, dt.datetime):
        return f"{jst(value) if value.tzinfo else value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def harmless(value: Cell) -> str:
    """The text of a CSV cell: no formula, no line break, no character that XML or a database would refuse."""
    text = ILLEGAL_CHARACTERS_RE.sub("", LINE_BREAKS.sub(" ", as_text(value)))
    text = text.encode("utf-8", "replace").decode("utf-8")
    is_number = not isinstance(value, str) and PLAIN_NUMBER.fullmatch(text)
    return "'" + text if STARTS_A_FORMULA.match(text) and not is_number else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF, one line a row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in header])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8")


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "Sheet1") -> bytes:
    """A workbook with one sheet. Text is typed as text, so that 0123 keeps its zero and =1+1 is only seen."""
    book = Workbook(write_only=True)
    table = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet)[:31])
    table.freeze_panes = "A2"
    for row in (header, *rows):
        table.append([typed(table, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def typed(table: Any, value: Cell) -> SheetCell | int | float | Decimal | None:
    """Numbers stay numbers; everything else is a string cell, never a formula."""
    if value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool)):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", as_text(value)).encode("utf-8", "replace").decode("utf-8")
    cell = WriteOnlyCell(table, value="")
    cell.value = text[:LONGEST_CELL]
    cell.data_type = "s"
    return cell


def download(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """The answer that saves a file: never shown in the page, never kept by a proxy. `name` may be Japanese."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
