"""Hours in Japanese."""

from __future__ import annotations

import datetime as dt

import pytest

from cms.dates import JST
from directory.hours import NoWords, OpeningHours, closes_words, coming_week, describe, opens_words, words_or_blank

SAID = [
    ("Mo-Fr 08:30-16:30; PH off", "平日8時30分～16時30分"),
    ("Mo-Fr 09:00-17:00", "月～金9時～17時"),
    ("24/7", "24時間・365日"),
    ("Mo-Su 00:00-24:00", "24時間・365日"),
    ("24/7; Dec 31-Jan 01 off", "24時間・365日（12月31日～1月1日は休み）"),
    ("Mo-Fr 09:00-12:00,13:00-17:00; PH off", "平日9時～12時・13時～17時"),
    ("Mo-Fr 08:30-17:15; PH off; Dec 29-Jan 03 off", "平日8時30分～17時15分（12月29日～1月3日は休み）"),
    (
        "Mo-Th 16:00-22:00; Fr 16:00-24:00; Sa,Su,PH 13:00-24:00",
        "月～木16時～22時、金16時～24時、土・日・祝日13時～24時",
    ),
    ("We,Fr 10:00-15:00; PH off", "水・金10時～15時（祝日は休み）"),
    ("22:00-06:00", "毎日22時～翌6時"),
    ("Fr 22:00-26:00", "金22時～翌2時"),
    ("Mo[1,3] 10:00-12:00", "第1・第3月曜10時～12時"),
    ("We[-1] 10:00-12:00", "最後の水曜10時～12時"),
    ('Mo-Fr 10:00-16:00 "予約制"', "月～金10時～16時（予約制）"),
    ("Mo-Fr 09:00-17:00; PH off; Aug 13-15 off", "平日9時～17時（8月13日～15日は休み）"),
    ("off", "休止中"),
    ("Mo-Su 22:00-06:00; PH 06:00-30:00 off", "毎日22時～翌6時（祝日は休み）"),
    ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "月～金9時～17時、祝日10時～12時"),
    ("Mo-Su 20:00-02:00; PH 02:00-26:00 off, PH 10:00-12:00", "毎日20時～翌2時、祝日10時～12時"),
    ('Mo-Fr 09:00-17:00; PH off; 2027 Feb 10 off "職員研修"', "平日9時～17時（2027年2月10日は休み）"),
]
RECEPTION = [
    ("Mo-Fr 08:30-17:00; PH off", 30, "平日8時30分～17時（受付は16時30分まで）"),
    (
        "Mo-Fr 08:30-17:00; PH off; Dec 29-Jan 03 off",
        15,
        "平日8時30分～17時（12月29日～1月3日は休み。受付は16時45分まで）",
    ),
    ("Mo-Fr 09:00-12:00,13:00-17:00; PH off", 30, "平日9時～12時・13時～17時（受付は11時30分と16時30分まで）"),
    ("Mo-Fr 09:00-17:00; Sa 09:00-12:00", 30, "月～金9時～17時、土9時～12時（受付は終わる30分前まで）"),
    ("Mo-Fr 18:00-00:30", 30, "月～金18時～翌0時30分（受付は0時まで）"),
    ("22:00-06:00", 60, "毎日22時～翌6時（受付は5時まで）"),
    ("22:00-26:00", 60, "毎日22時～翌2時（受付は1時まで）"),
    ("24/7", 30, "24時間・365日"),
    ("off", 30, "休止中"),
    ("Mo-Fr 08:30-17:00; PH off", 0, "平日8時30分～17時"),
]


@pytest.mark.parametrize(("hours", "words"), SAID)
def test_sentences(hours: str, words: str) -> None:
    assert describe(hours) == words


@pytest.mark.parametrize(("hours", "last_reception", "words"), RECEPTION)
def test_sentences_with_the_last_reception(hours: str, last_reception: int, words: str) -> None:
    assert describe(hours, last_reception) == words


def test_days_off_that_are_over_are_not_told_any_more() -> None:
    text = "Mo-Fr 09:00-17:00; PH off; 2027 Feb 10-2027 Feb 12 off; Dec 29-Jan 03 off"
    with_it = "平日9時～17時（2027年2月10日～12日と12月29日～1月3日は休み）"
    assert describe(text, None, dt.date(2027, 2, 12)) == with_it
    assert describe(text, None, dt.date(2027, 2, 13)) == "平日9時～17時（12月29日～1月3日は休み）"


def test_what_has_no_sentence_stays_blank() -> None:
    with pytest.raises(NoWords):
        describe("week 1-53/2 Mo 10:00-12:00")
    assert [words_or_blank(text) for text in ("week 1-53/2 Mo 10:00-12:00", "nonsense", "")] == ["", "", ""]
    assert words_or_blank("Mo-Fr 09:00-17:00; We 12:00-13:00 off") == ""  # not 「水は休み」


def test_the_coming_week_has_real_dates_and_knows_holidays() -> None:
    rows = coming_week(OpeningHours("Mo-Fr 08:30-16:30; PH off"), dt.date(2026, 5, 1))
    assert [(row.label, row.words, row.is_holiday) for row in rows] == [
        ("5月1日（金）", "8時30分～16時30分", False),
        ("5月2日（土）", "", False),
        ("5月3日（日）", "", True),
        ("5月4日（月）", "", True),
        ("5月5日（火）", "", True),
        ("5月6日（水）", "", True),
        ("5月7日（木）", "8時30分～16時30分", False),
    ]
    assert [row.is_today for row in rows] == [True] + [False] * 6


def test_nights_belong_to_the_day_they_begin() -> None:
    rows = coming_week(OpeningHours("22:00-06:00"), dt.date(2026, 12, 3), days=2)
    assert [row.words for row in rows] == ["22時～翌6時", "22時～翌6時"]
    assert [row.words for row in coming_week(OpeningHours("24/7"), dt.date(2026, 12, 3), days=2)] == [
        "24時間",
        "24時間",
    ]
    split = coming_week(OpeningHours("Mo-Fr 09:00-12:00,13:00-24:00"), dt.date(2026, 12, 3), days=1)
    assert split[0].words == "9時～12時・13時～24時"


def test_moments_are_said_as_seen_from_now() -> None:
    at = dt.datetime(2026, 12, 3, 18, 40, tzinfo=JST)
    day = lambda d, h, m=0: dt.datetime(2026, 12, d, h, m, tzinfo=JST)  # noqa: E731
    assert closes_words(day(3, 22), at) == "きょう 22時"
    assert closes_words(day(4, 0), at) == "きょう 24時"
    assert closes_words(day(4, 6), at) == "あす（金） 6時"
    assert opens_words(day(4, 8, 30), at) == "あす（金）8時30分"
    assert opens_words(day(9, 10), at) == "12月9日（水）10時"
    assert opens_words(dt.datetime(2028, 2, 29, 10, tzinfo=JST), at) == "2028年2月29日（火）10時"


def test_the_table_tells_the_last_reception_and_why_a_day_is_off() -> None:
    said = OpeningHours('Mo-Fr 09:00-12:00,13:00-17:00; PH off; 2027 Feb 10 off "職員研修"', 30)
    rows = coming_week(said, dt.date(2027, 2, 9), days=2)
    assert rows[0].words == "9時～12時（受付は11時30分まで）・13時～17時（受付は16時30分まで）"
    assert (rows[1].words, rows[1].why) == ("", "職員研修")
    assert coming_week(OpeningHours("24/7", 30), dt.date(2027, 2, 9), days=1)[0].words == "24時間"
