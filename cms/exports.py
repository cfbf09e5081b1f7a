"""Tables that leave the house: CSV and xlsx that a spreadsheet opens without running anything in them."""

import csv
import datetime as dt
import io
import json
import re
import unicodedata
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

# A spreadsheet runs what begins with one of these, also full-width, and also behind spaces. What already stands behind
# apostrophes gets one more, so that taking one away (`unguarded`) gives back exactly what was written.
STARTS_A_FORMULA = re.compile(r"'*(?:[\s\u3000]*[=+\-@＝＋－＠]|\t)")
LINE_BREAKS = re.compile(r"\s*(?:\r\n|[\n\r\v\f\x85\u2028\u2029])\s*")
# 機種依存文字 and half-width kana: allowed in prose, banned from open data (machine-readability rule L1-08).
PLATFORM_SIGNS = re.compile(
    r"[\u2100-\u214f\u2150-\u2189\u249c-\u24e9\u3200-\u33ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uff9f]+"
)
CIRCLED = re.compile(r"[\u2460-\u249b]")
# Nearly every cell has none of these, and a large table has hundreds of thousands of cells: one look settles it.
NEEDS_CARE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|\A'*[\s\u3000]*[=+\-@＝＋－＠]")
NOT_TABULAR = re.compile(
    r"[\x00-\x1f\x85\u2028\u2029\u2100-\u214f\u2150-\u2189\u2460-\u24e9\u3200-\u33ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uff9f]"
)
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
    text = value if isinstance(value, str) else as_text(value)
    if not NEEDS_CARE.search(text):
        return text
    text = ILLEGAL_CHARACTERS_RE.sub("", LINE_BREAKS.sub(" ", text))
    text = text.encode("utf-8", "replace").decode("utf-8")
    is_number = not isinstance(value, str) and PLAIN_NUMBER.fullmatch(text)
    return "'" + text if STARTS_A_FORMULA.match(text) and not is_number else text


def unguarded(text: str) -> str:
    """A cell of our own CSV as it was before `harmless` put an apostrophe before it."""
    return text[1:] if text.startswith("'") and STARTS_A_FORMULA.match(text) else text


def tabular(text: str) -> str:
    """Text as open data carries it: one line, ㈱ as (株), ① as (1), letters and digits in half width."""
    if not NOT_TABULAR.search(text):
        return text.strip()
    text = CIRCLED.sub(lambda sign: f"({unicodedata.normalize('NFKC', sign[0]).strip('().')})", text)
    text = PLATFORM_SIGNS.sub(lambda signs: unicodedata.normalize("NFKC", signs[0]), text)
    return LINE_BREAKS.sub(" ", text).strip()


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, mark: bool = True) -> bytes:
    """UTF-8 and CRLF, one line a row; with a byte order mark unless `mark` is False."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in header])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return ((BYTE_ORDER_MARK if mark else "") + out.getvalue()).encode("utf-8")


def json_bytes(value: Any) -> bytes:
    """JSON that a person can read too."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


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
