import datetime as dt

import pytest

from tests.workshops.importing.tables import RECOMMENDED_06, table
from workshops.importing.mapping import body_html, closing_moment, event_values, facts, moments, record_values
from workshops.importing.rows import read_events


def one(**cells: str):
    (row,) = read_events(table(cells)).rows
    return row


def test_all_day_lasts_to_the_midnight_after_its_last_day() -> None:
    row = one(start_time="", end_time="", end_date="2022-01-26")
    assert moments(row) == (dt.datetime(2022, 1, 24), dt.datetime(2022, 1, 27))


def test_an_open_end_stays_open_unless_there_are_more_days() -> None:
    assert moments(one(end_time=""))[1] is None
    assert moments(one(end_time="", end_date="2022-01-26"))[1] == dt.datetime(2022, 1, 27)


@pytest.mark.parametrize(
    ("cells", "moment"),
    [
        ({"apply_by_date": "2022-01-16", "apply_by_time": "17:00"}, dt.datetime(2022, 1, 16, 17)),
        ({"apply_by_date": "2022-01-16"}, dt.datetime(2022, 1, 16, 23, 59)),
        ({"apply_by_date": "2022-01-24", "apply_by_time": "9:00"}, dt.datetime(2022, 1, 24, 9)),
        ({"apply_by_date": "2022-01-24", "apply_by_time": "10:30"}, None),
        ({"apply_by_date": "2022-12-25"}, None),
        ({"apply_by_date": "3日前まで"}, None),
        ({}, None),
    ],
)
def test_closing_moment(cells: dict[str, str], moment: dt.datetime | None) -> None:
    assert closing_moment(one(**cells)) == moment


def test_a_late_closing_day_and_words_are_still_told() -> None:
    assert facts(one(apply_by_date="2022-12-25")) == [("申込期限日", "2022-12-25")]
    assert facts(one(apply_by_date="3日前まで")) == [("申込期限日", "3日前まで")]


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("(0436)50-2312", "(0436)50-2312"),
        ("０４３６－５０－２３１２", "０４３６－５０－２３１２"),
        ("090-0000-0000", "090-0000-0000"),
        ("(03)0000-0001/(03)0000-0002", ""),
        ("481-7139", ""),
        ("0436-50-2312(内線5)", ""),
    ],
)
def test_only_a_whole_number_can_be_called(cell: str, phone: str) -> None:
    row = one(contact_phone=cell)
    assert event_values(row)["contact_phone"] == phone
    assert facts(row) == ([] if phone else [("連絡先電話番号", cell)])


def test_prose_is_escaped_and_keeps_its_lines() -> None:
    html = body_html(one(description="<b>一</b>\n二\n\n三 & 四", notes="雨天中止"))
    assert html == "<p>&lt;b&gt;一&lt;/b&gt;<br/>二</p><p>三 &amp; 四</p><p><b>備考</b><br/>雨天中止</p>"


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"fee": "0"}, "無料"),
        ({"fee": "1000"}, "1,000円"),
        ({"fee": "500", "fee_note": "教材費別"}, "500円（教材費別）"),
        ({"fee": "大人500円 小人200円"}, "大人500円 小人200円"),
        ({"fee_note": "テキスト実費"}, "テキスト実費"),
        ({}, ""),
    ],
)
def test_fee(cells: dict[str, str], text: str) -> None:
    assert event_values(one(**cells))["fee_text"] == text


@pytest.mark.parametrize(
    ("place", "form"),
    [
        ("公民館", "venue"),
        ("オンライン", "online"),
        ("Zoom", "online"),
        ("市民会館　オンライン", "both"),
        ("", "venue"),
    ],
)
def test_format(place: str, form: str) -> None:
    assert event_values(one(venue=place))["format"] == form


@pytest.mark.parametrize(
    ("words", "mode"),
    [("", "none"), ("不要", "none"), ("当日、直接会場へお越しください。", "none"), ("電話で", "elsewhere")],
)
def test_registration(words: str, mode: str) -> None:
    assert event_values(one(how_to_apply=words))["registration_mode"] == mode


def test_address_says_nothing_twice() -> None:
    parts = {"prefecture": "千葉県", "city": "市原市", "town": "八幡", "street": "1050-1", "building": "3階"}
    assert event_values(one(**parts))["venue_address"] == "千葉県市原市八幡1050-1　3階"
    whole = {"prefecture": "千葉県", "city": "市原市", "street": "千葉県市原市八幡1050-1", "building": "-"}
    (row,) = read_events(table(whole, layout=RECOMMENDED_06)).rows
    assert event_values(row)["venue_address"] == "千葉県市原市八幡1050-1"


@pytest.mark.parametrize(
    ("words", "kind"),
    [("子育て・教育", "family"), ("セミナー", "talk"), ("文化・芸術", "hands"), ("", "other"), ("なぞ", "other")],
)
def test_kind(words: str, kind: str) -> None:
    assert event_values(one(kind=words))["kind"] == kind


def test_both_layouts_give_the_same_values() -> None:
    (other,) = read_events(table({"host": "公民館"}, layout=RECOMMENDED_06)).rows
    assert record_values(other) == record_values(one(host="公民館"))
