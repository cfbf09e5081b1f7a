import datetime as dt
import json

import pytest

from tests.workshops.importing.tables import RECOMMENDED_06, table
from workshops.importing.rows import read_events
from workshops.importing.values import Count


def one(**cells: str):
    reading = read_events(table(cells))
    assert reading.refusals == ()
    return reading.rows[0]


def refused(**cells: str) -> list[tuple[int, str]]:
    """(line, column) of what keeps the row out; the good row before it is taken all the same."""
    reading = read_events(table({"title": "よい行"}, cells))
    assert ([row.title for row in reading.rows], reading.read, reading.refused) == (["よい行"], 2, 1)
    assert all(refusal.reason for refusal in reading.refusals)
    return [(refusal.line, refusal.column) for refusal in reading.refusals]


def test_a_whole_row() -> None:
    row = one(
        capacity="先着20名",
        fee="500円",
        url="https://example.jp/1",
        contact_email="a@example.jp",
        latitude="35.5",
        longitude="140.1",
        description="一行目\r\n二行目",
        apply_by_date="2022/1/16",
        apply_by_time="17:00",
        host="公民館",
        status="中止",
    )
    assert (row.line, row.municipality, row.title, row.place) == (2, "122190", "みんなの集い", "公民館")
    assert (row.starts_at, row.ends_at) == (dt.datetime(2022, 1, 24, 10), dt.datetime(2022, 1, 24, 11, 30))
    assert (row.capacity, row.fee.number) == (Count(20, "person", "先着20名"), 500)
    assert (row.url, row.email, row.position) == ("https://example.jp/1", "a@example.jp", (35.5, 140.1))
    assert (row.apply_by_date, row.apply_by_time) == (dt.date(2022, 1, 16), "17:00")
    assert row.texts == {
        "venue": "公民館",
        "description": "一行目\n二行目",
        "host": "公民館",
        "status": "中止",
    }
    assert row.cancelled


def test_the_recommended_layout_reads_the_same() -> None:
    other = read_events(table({"host": "公民館"}, layout=RECOMMENDED_06)).rows[0]
    assert (other, other.key) == (one(host="公民館"), one(host="公民館").key)


def test_no_start_time_is_all_day() -> None:
    row = one(start_time="", end_time="")
    assert (row.is_all_day, row.starts_at, row.ends_at) == (True, None, None)
    assert (row.starts_on, row.ends_on) == (dt.date(2022, 1, 24), dt.date(2022, 1, 24))


def test_no_last_day_is_one_day_and_midnight_ends_it() -> None:
    assert one(end_date="").ends_on == dt.date(2022, 1, 24)
    for midnight in ("0:00", "24:00"):
        assert one(end_time=midnight).ends_at == dt.datetime(2022, 1, 25)


def test_the_meeting_place_stands_in_for_the_venue() -> None:
    assert one(venue="", meeting_place="会議室").place == "会議室"


def test_rare_characters_survive() -> None:
    assert one(title="髙﨑𠮷の👪 葛󠄀まつり").title == "髙﨑𠮷の👪 葛󠄀まつり"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"title": " "}, "名称"),
        ({"title": "長" * 10_000}, "名称"),
        ({"title": "a\0b"}, "名称"),
        ({"start_date": ""}, "開始日"),
        ({"start_date": "未定"}, "開始日"),
        ({"start_date": "2022-02-30"}, "開始日"),
        ({"end_date": "2022-01-23"}, "終了日"),
        ({"end_date": "2022-01-32"}, "終了日"),
        ({"start_time": "25:00"}, "開始時刻"),
        ({"start_time": "24:00"}, "開始時刻"),
        ({"end_time": "09:59"}, "終了時刻"),
        ({"end_time": "11:60"}, "終了時刻"),
        ({"capacity": "-1"}, "定員"),
        ({"capacity": "999999999999"}, "定員"),
        ({"fee": "-100"}, "料金(基本)"),
        ({"municipality": "12"[:1]}, "都道府県コード又は市区町村コード"),
        ({"apply_by_date": "2022-01-32"}, "申込期限日"),
        ({"apply_by_date": "2022-01-16", "apply_by_time": "25:00"}, "申込期限時刻"),
        ({"description": "長" * 20_001}, "説明"),
    ],
)
def test_what_keeps_a_row_out(cells: dict[str, str], column: str) -> None:
    assert refused(**cells) == [(3, column)]


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert refused(title="", start_date="", capacity="-1") == [(3, "名称"), (3, "開始日"), (3, "定員")]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"url": "javascript:alert(1)"}, "URL"),
        ({"contact_email": "電話で"}, "連絡先メールアドレス"),
        ({"latitude": "", "longitude": "35.7"}, "緯度"),
        ({"start_time": "", "end_time": "12:00"}, "終了時刻"),
        ({"apply_by_date": "2022-12-25"}, "申込期限日"),
        ({"apply_by_time": "17:00"}, "申込期限時刻"),
    ],
)
def test_what_is_only_remarked(cells: dict[str, str], column: str) -> None:
    reading = read_events(table(cells))
    assert (len(reading.rows), reading.refused) == (1, 0)
    assert [(remark.line, remark.column) for remark in reading.remarks] == [(2, column)]


def test_a_closing_day_in_words_stays_words() -> None:
    row = one(apply_by_date="3日前まで")
    assert (row.apply_by_date, row.texts["apply_by_date"]) == (None, "3日前まで")


def test_a_broken_row_is_refused_without_a_column() -> None:
    reading = read_events(table({}) + b'"a"b\r\n')
    assert [(refusal.line, refusal.column) for refusal in reading.refusals] == [(3, "")]


def test_ordinals_count_refused_rows_too() -> None:
    good = {"title": "同じ名"}
    bad = good | {"capacity": "-1"}
    before = read_events(table(bad, good)).rows
    after = read_events(table(good, good)).rows
    assert [row.key for row in before] == [after[1].key]


def test_a_code_from_outside_fills_blanks() -> None:
    rows = read_events(table({"municipality": ""}, {}), municipality="332054").rows
    assert [row.municipality for row in rows] == ["332054", "122190"]
    assert read_events(table({"municipality": ""})).rows[0].municipality == ""


def test_a_row_is_plain_data_equal_for_equal_content() -> None:
    plain = one().as_json()
    assert json.loads(json.dumps(plain)) == plain
    assert read_events(table({"title": "x"}, {})).rows[1].as_json() == plain
