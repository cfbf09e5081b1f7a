"""Tables that a spreadsheet opens without running anything."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from cms.exports import CSV_TYPE, csv_bytes, download, xlsx_bytes

FORMULAS = [
    '=HYPERLINK("http://evil","x")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "　＝1+1",
    "＋1",
    "－1",
    "＠a",
    "\ttext",
]


def rows_of(content: bytes) -> list[list[str]]:
    """What a reader of CSV gets."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_csv_cell_starts_a_formula(text: str) -> None:
    cell = rows_of(csv_bytes(["名前"], [[text]]))[1][0]
    assert cell.startswith("'")


@pytest.mark.parametrize("text", FORMULAS)
def test_every_xlsx_text_is_a_string(text: str) -> None:
    book = load_workbook(io.BytesIO(xlsx_bytes(["名前"], [[text]])))
    cell = book.active.cell(2, 1)
    assert cell.data_type in {"s", "inlineStr"}
    assert str(cell.value).strip() == text.strip()


def test_the_bytes_that_excel_wants() -> None:
    content = csv_bytes(["名前", "数"], [["髙﨑𠮷", 1]])
    assert content == b"\xef\xbb\xbf" + "名前,数\r\n髙﨑𠮷,1\r\n".encode()


def test_one_line_a_row_whatever_people_write() -> None:
    content = csv_bytes(["a"], [["一\r\n二\n三\r四\u2028五"], ['"引用", と']])
    assert content.count(b"\n") == 3
    assert rows_of(content)[1:] == [["一 二 三 四 五"], ['"引用", と']]


def test_kinds_of_values() -> None:
    at = dt.datetime(2026, 12, 3, 15, 30, tzinfo=dt.UTC)
    row = [None, True, -5, Decimal("-1.5"), dt.date(2026, 12, 3), at, dt.time(9, 5), "0123"]
    assert rows_of(csv_bytes(["x"] * 8, [row]))[1] == [
        "", "1", "-5", "-1.5", "2026-12-03", "2026-12-04 00:30", "09:05", "0123",
    ]  # fmt: skip
    book = load_workbook(io.BytesIO(xlsx_bytes(["x"] * 8, [row])))
    assert [cell.value for cell in book.active[2]] == [
        None, "1", -5, -1.5, "2026-12-03", "2026-12-04 00:30", "09:05", "0123",
    ]  # fmt: skip


def test_characters_that_xml_refuses_are_left_out() -> None:
    book = load_workbook(io.BytesIO(xlsx_bytes(["a"], [["あ\x00\x0bい\ud800"], ["x" * 40_000]], sheet="申込[1]:*")))
    assert book.active.cell(2, 1).value == "あい?"
    assert len(book.active.cell(3, 1).value) == 32_767
    assert rows_of(csv_bytes(["a"], [["あ\x00い\ud800"]]))[1] == ["あい?"]


def test_a_download_is_neither_shown_nor_kept() -> None:
    response = download(b"x", name="申込一覧.csv", media_type=CSV_TYPE)
    assert response["Content-Disposition"] == ("attachment; filename*=utf-8''%E7%94%B3%E8%BE%BC%E4%B8%80%E8%A6%A7.csv")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
