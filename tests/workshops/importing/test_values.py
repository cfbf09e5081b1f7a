import datetime as dt

import pytest

from cms.importing.cells import (
    Impossible,
    Unreadable,
    clip,
    read_date,
    read_email,
    read_municipality,
    read_url,
    tidy,
)
from cms.municipality import check_digit
from workshops.importing.values import Clock, Count, read_capacity, read_fee, read_position, read_time

DAY = dt.date(2022, 1, 24)


@pytest.mark.parametrize(
    "cell",
    [
        "2022-01-24",
        "2022/1/24",
        "2022.1.24",
        "２０２２／１／２４",
        "20220124",
        "2022年1月24日",
        "2022年1月24日（月）",
        "2022/1/24(月曜日)",
        "令和4年1月24日",
        "R4.1.24",
        " 2022-01-24 00:00:00",
    ],
)
def test_one_day_in_many_notations(cell: str) -> None:
    assert read_date(cell) == DAY


def test_first_year_of_an_era_is_written_gannen() -> None:
    assert read_date("令和元年5月1日") == dt.date(2019, 5, 1)


@pytest.mark.parametrize("cell", ["", "　", "-", "未定"])
def test_nothing_set_is_no_day(cell: str) -> None:
    assert read_date(cell) is None


@pytest.mark.parametrize("cell", ["2022-02-30", "2022-13-01", "0022-01-24", "3022-01-24", "令和4年2月29日"])
def test_days_that_no_calendar_has(cell: str) -> None:
    with pytest.raises(Impossible):
        read_date(cell)


@pytest.mark.parametrize(
    "cell", ["1月24日", "22/1/24", "44585", "2022/10～11", "2022-01-24 10:00", "2022/1-24", "来週"]
)
def test_days_that_need_guessing_are_not_guessed(cell: str) -> None:
    with pytest.raises(Unreadable):
        read_date(cell)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("10:00", 600),
        ("９：３０", 570),
        ("10:00:00", 600),
        ("10時", 600),
        ("10時半", 630),
        ("10時5分", 605),
        ("午前10時", 600),
        ("午後1時30分", 810),
        ("午後0時30分", 750),
        ("午前0時", 0),
        ("PM1:30", 810),
        ("1:30 pm", 810),
        ("正午", 720),
        ("13:00～", 780),
        ("13:00〜", 780),
        ("13時から", 780),
        ("1330", 810),
        ("24:00", 1440),
    ],
)
def test_one_time_in_many_notations(cell: str, minutes: int) -> None:
    assert read_time(cell) == Clock(minutes)


@pytest.mark.parametrize("cell", ["", "終日", "未定", "－"])
def test_no_clock(cell: str) -> None:
    assert read_time(cell) is None


@pytest.mark.parametrize("cell", ["25:00", "24:01", "10:60", "午後13時", "9999"])
def test_times_that_no_clock_has(cell: str) -> None:
    with pytest.raises(Impossible):
        read_time(cell)


@pytest.mark.parametrize("cell", ["10", "13:00～15:00", "昼ごろ", "10:5"])
def test_times_that_need_guessing_are_not_guessed(cell: str) -> None:
    with pytest.raises(Unreadable):
        read_time(cell)


def test_the_end_of_the_day_is_the_next_midnight() -> None:
    assert Clock(1440).on(DAY) == dt.datetime(2022, 1, 25)


@pytest.mark.parametrize(
    ("cell", "number", "unit"),
    [
        ("20", 20, "person"),
        ("２０人", 20, "person"),
        ("先着20名", 20, "person"),
        ("50名（先着順）", 50, "person"),
        ("10組", 10, "party"),
        ("5世帯", 5, "household"),
        ("1,800", 1800, "person"),
        ("親子10組20人", None, ""),
        ("会場50名、オンライン100名", None, ""),
        ("なし", None, ""),
        ("0", None, ""),
        ("", None, ""),
    ],
)
def test_capacity_keeps_its_words(cell: str, number: int | None, unit: str) -> None:
    assert read_capacity(cell) == Count(number, unit, cell)


@pytest.mark.parametrize("cell", ["-5", "−5名", "▲3", "100001", "99999999999999999999", "9" * 10_000])
def test_capacity_out_of_reason(cell: str) -> None:
    with pytest.raises(Unreadable):
        read_capacity(cell)


@pytest.mark.parametrize(
    ("cell", "yen"),
    [
        ("0", 0),
        ("500", 500),
        ("1,000円", 1000),
        ("¥500", 500),
        ("無料", 0),
        ("大人500円 小人200円", None),
        ("", None),
    ],
)
def test_fee_keeps_its_words(cell: str, yen: int | None) -> None:
    found = read_fee(cell)
    assert (found.number, found.text) == (yen, cell)


@pytest.mark.parametrize("cell", ["-500", "99999999"])
def test_fee_out_of_reason(cell: str) -> None:
    with pytest.raises(Unreadable):
        read_fee(cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("122190", "122190"),
        ("１２２１９０", "122190"),
        ("12219", "122190"),
        ("92011", "092011"),
        ("12", "120006"),
        ("", ""),
    ],
)
def test_municipality_code(cell: str, code: str) -> None:
    assert read_municipality(cell) == code


@pytest.mark.parametrize("cell", ["1221901", "abc", "1.5", "市原市"])
def test_no_municipality_code(cell: str) -> None:
    with pytest.raises(Unreadable):
        read_municipality(cell)


def test_check_digit_of_kasaoka_and_ichihara() -> None:
    assert (check_digit("33205"), check_digit("12219")) == ("4", "0")


@pytest.mark.parametrize(
    "cell", ["javascript:alert(1)", "www.example.jp", "https://", "http://a b", "http://[", "https://a"]
)
def test_only_web_addresses_become_links(cell: str) -> None:
    with pytest.raises(Unreadable):
        read_url(cell)


def test_addresses_that_are_kept() -> None:
    assert read_url(" https://example.jp/行事?a=1 ") == "https://example.jp/行事?a=1"
    assert read_email("ａ@example.jp") == "a@example.jp"
    with pytest.raises(Unreadable):
        read_email("a＠")


def test_position_is_a_point_in_japan() -> None:
    assert read_position("35.498", "140.115") == (35.498, 140.115)
    assert read_position("", " ") is None
    for latitude, longitude in [("140.1", "35.4"), ("", "35.710639"), ("nan", "140"), ("x", "y")]:
        with pytest.raises(Unreadable):
            read_position(latitude, longitude)


def test_tidy_keeps_rare_characters_and_drops_unseen_ones() -> None:
    assert tidy("　髙﨑𠮷👪葛󠄀\r\n 二行目\x0b\u202e\t ") == "髙﨑𠮷👪葛󠄀\n 二行目"
    for broken in ("a\0b", "a\udc81"):
        with pytest.raises(Unreadable):
            tidy(broken)


def test_a_quoted_cell_is_short_and_printable() -> None:
    assert clip("あ\n\udc81" + "い" * 50) == "あ  " + "い" * 21 + "…"
