"""What staff type: made tidy, or refused with a sentence and a column."""

from __future__ import annotations

import pytest

from directory.hours import HoursError, clean_hours

TIDIED = [
    ("", ""),
    ("   ", ""),
    ("Mo-Fr 8:30-16:30;PH off", "Mo-Fr 08:30-16:30; PH off"),
    ("Ｍｏ－Ｆｒ　８：３０～１６：３０；ＰＨ　ｏｆｆ", "Mo-Fr 08:30-16:30; PH off"),
    ("mo-fr 9:00〜17:00", "Mo-Fr 09:00-17:00"),
    ("Mo – Fr 9:00 – 17:00", "Mo-Fr 09:00-17:00"),
    ("Mo-Fr 09:00-17:00\nPH off\n", "Mo-Fr 09:00-17:00; PH off"),
    ("Sa,Su,PH 13:00-24:00", "Sa,Su,PH 13:00-24:00"),
    ("24/7", "24/7"),
    ("off", "off"),
    ("22:00-06:00", "22:00-06:00"),
    ("Mo-Fr 10:00-16:00 “予約制、～ A;B”", 'Mo-Fr 10:00-16:00 "予約制、～ A;B"'),
    ("Mo-Fr 09:00-17:00; Aug 13-15 closed", "Mo-Fr 09:00-17:00; Aug 13-Aug 15 off"),
    ("22:00-06:00; PH off; PH +1 day 00:00-06:00 off", "22:00-06:00; PH off; PH +1 days 00:00-06:00 off"),
    ("22:00-06:00; PH 06:00-30:00 off, PH 10:00-12:00", "22:00-06:00; PH 06:00-30:00 off, PH 10:00-12:00"),
    ("Mo 09:00-12:00, Mo 13:00-17:00", "Mo 09:00-12:00, Mo 13:00-17:00"),
]

REFUSED = [
    ("月-金 9:00-17:00", 1, "曜日は"),
    ("Mo-Fr 9:00-17:00; 祝日 off", 19, "曜日は"),
    ("9-17", 1, "読み取れません"),
    ("9:00-", 6, "読み取れません"),
    ("Mo-Fr 9:00-17:00 by appointment", 18, "読み取れません"),
    ('"予約制"', 1, "言葉だけ"),
    ('Mo-Fr 9:00-17:00 "予約制', 18, "前とうしろ"),
    ("Mo-Fr 9:00-17:00; SH off", 19, "SH"),
    ("sunrise-sunset", 1, "時刻で"),
    ("Mo-Fr 10:00+", 7, "何時まで"),
    ("easter off", 1, "easter"),
    ("Mo-Fr 10:00-16:00 unknown", 19, "unknown"),
    ("PH Mo-Fr 10:00-12:00", 1, "祝日（PH）は"),
    ("Mo-Fr 09:00-09:00", 7, "同じです"),
    ("Mo-Fr 25:00-26:00", 7, "この時刻は"),
    ("Mo-Fr 09:00-49:00", 7, "この時刻は"),
    ("Mo-Fr 09:70-17:00", 7, "この時刻は"),
    ("Mo-Fr 09:00-17:00; Feb 30 off", 20, "暦に"),
    ("Mo 10:00-12:00; Mo 13:00-15:00", 1, "2回"),
    ("Mo-Fr 10:00-12:00; We 13:00-15:00", 1, "2回"),
    ("Mo-Fr 09:00-17:00; PH off; PH 10:00-12:00", 1, "祝日（PH）が2回"),
    ("Sa,Su,PH 13:00-17:00; PH off", 1, "祝日（PH）が2回"),
    ("PH off; Mo-Fr 09:00-17:00", 1, "最後に"),
    ("Aug 13-15 off; Mo-Fr 09:00-17:00", 1, "最後に"),
    ("PH off", 1, "休みのことだけ"),
    ("Mo" * 501, 1001, "長すぎ"),
    ("Mo-Fr 09:00-17:00; Mo-Fr 22:00-33:00", 26, "この時刻は"),
]


@pytest.mark.parametrize(("typed", "stored"), TIDIED)
def test_tidy(typed: str, stored: str) -> None:
    assert clean_hours(typed) == stored
    assert clean_hours(stored) == stored  # saving again changes nothing


@pytest.mark.parametrize(("typed", "column", "words"), REFUSED)
def test_refused_with_a_sentence_and_a_column(typed: str, column: int, words: str) -> None:
    with pytest.raises(HoursError) as caught:
        clean_hours(typed)
    assert caught.value.column == column
    assert words in caught.value.messages[0]


@pytest.mark.parametrize(
    "typed", ["\x00", "%s", "Mo-Fr \ud800", "🙂", '"' * 99, ";;;", "||", "[", "PH" * 50, "Mo[999999999999]"]
)
def test_rubbish_never_breaks(typed: str) -> None:
    try:
        clean_hours(typed)
    except HoursError as error:
        assert error.messages  # noqa: PT017
