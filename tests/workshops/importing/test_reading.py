import pytest

from cms.importing.tables import MAX_BYTES, NotATable
from tests.workshops.importing.tables import BASE_REGISTRY, RECOMMENDED_06, table
from workshops.importing.reading import read_table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("layout", [BASE_REGISTRY, RECOMMENDED_06])
def test_layouts_and_encodings(layout, encoding: str) -> None:
    found = read_table(table({"title": "①みんなの集い～㈱"}, layout=layout, encoding=encoding))
    assert found.layout is layout
    assert [row.cells["title"] for row in found.rows] == ["①みんなの集い～㈱"]


def test_the_base_registry_has_fifty_fields() -> None:
    assert len(BASE_REGISTRY.headings) == 50


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_line_is_where_the_row_begins(newline: str) -> None:
    data = table({"description": f"一{newline}二{newline}三"}, {}, newline=newline)
    assert [row.line for row in read_table(data).rows] == [2, 5]


def test_blank_rows_are_no_rows_and_still_count_as_lines() -> None:
    head, row = table({}).decode().splitlines()
    found = read_table("\n".join(["", head, "," * 48, "", row, ""]).encode())
    assert [row.line for row in found.rows] == [5]


def test_headings_may_differ_in_width_order_and_spacing_and_blank_columns_are_ignored() -> None:
    head = "場所名称,,開始日 ★,終了日,開始時刻,終了時刻,名 称,名称（カナ）,市区町村コード,名称_英字,,特記"
    found = read_table(f"{head}\n公民館,,2022-1-1,,,,集い,ツドイ,,A,,x\n".encode())
    assert found.headings["title"] == "名 称"
    assert found.rows[0].cells["title_kana"] == "ツドイ"
    assert found.rows[0].cells["venue"] == "公民館"


def test_short_rows_lack_cells_long_rows_with_content_are_a_problem() -> None:
    head, row = table({}).decode().splitlines()
    found = read_table(f"{head}\n{row.rstrip(',')}\n{row},,\n{row},x\n".encode())
    assert [bool(row.problem) for row in found.rows] == [False, False, True]
    assert "bicycles" not in found.rows[0].cells


def test_a_broken_quotation_spoils_its_row_alone() -> None:
    head, row = table({}).decode().splitlines()
    found = read_table(f'{head}\n{row}\n"a"b,{row}\n{row}\n{row[:-1]},"never closed\n{row}\n'.encode())
    assert [(row.line, bool(row.problem)) for row in found.rows] == [
        (2, False),
        (3, True),
        (4, False),
        (5, True),
    ]


def test_one_broken_byte_spoils_its_row_alone() -> None:
    data = table({}, {"title": "XX"}, {}).replace(b"XX", b"\xed\xa0\x80")
    assert ["\udced" in row.cells["title"] for row in read_table(data).rows] == [False, True, False]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf\r\n",
        b"\0" * 100,
        "こんにちは\n".encode(),
        b"a,b,c\n1,2,3\n",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        table({}).replace(b",", b"\t"),
        table({}, encoding="utf-16-le"),
        table({}, encoding="euc-jp"),
        table({}, encoding="iso2022_jp"),
        table({}, without=("title",)),
        table({}, without=("start_date",)),
        table({}, without=("venue", "start_time")),
        table({}).replace("名称(カナ)".encode(), "開始日".encode()),
        b'"' + table({}),
        b"x" * (MAX_BYTES + 1),
    ],
)
def test_what_is_no_event_table(data: bytes) -> None:
    with pytest.raises(NotATable):
        read_table(data)


def test_missing_columns_are_named() -> None:
    with pytest.raises(NotATable, match="場所名称") as refused:
        read_table(table({}, without=("venue", "end_date")))
    assert "終了日" in str(refused.value)
