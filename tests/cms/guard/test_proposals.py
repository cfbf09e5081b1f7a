"""Wordings that say less."""

from __future__ import annotations

import pytest

from cms.guard import inspect, propose
from cms.guard.periods import since
from cms.guard.proposals import age_band


def first(text: str) -> dict[str, str]:
    """Words found → the first wording, where there is one."""
    return {f.of(text): wordings[0] for f, wordings in propose(text, inspect(text)).items() if wordings}


@pytest.mark.parametrize(
    ("talk", "day", "wording"),
    [
        ("令和6年9月12日", "12月20日", "相談から約3か月後"),
        ("令和6年9月12日", "令和7年9月20日", "相談から約12か月後"),
        ("2024/9/12", "R6.9.15", "相談から数日後"),
        ("9/12", "10/2", "相談から数週間後"),
        ("令和元年5月1日", "2024年5月3日", "相談から約5年後"),
        ("9月12日", "9月1日", None),
        ("9月12日", "先月12日", None),
    ],
)
def test_a_day_becomes_a_time_since_the_talk(talk: str, day: str, wording: str | None) -> None:
    assert since(talk, day) == wording


def test_a_note_in_words_that_say_less() -> None:
    text = "相談日 令和6年9月12日。志村 亮介さん（41歳）は12月20日に白波建設を辞めた。志村さんは水辺町3番12号に住む。電話は090-0000-0012。"
    assert first(text) == {
        "令和6年9月12日": "秋ごろ",
        "志村 亮介": "A",
        "41歳": "40代",
        "12月20日": "相談から約3か月後",
        "白波建設": "市内の会社",
        "志村": "A",
        "水辺町3番12号": "市内",
        "090-0000-0012": "（連絡先は伏せます）",
    }


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("1歳8か月", "就学前"),
        ("高等部2年", "高校生年代"),
        ("はたち", "20代"),
        ("還暦", "60代"),
        ("3年2組", "子ども"),
        ("9 years old", "小学校低学年"),
        ("八十八", "80代"),
        ("享年92", "90歳以上"),
        ("三つ", "就学前"),
    ],
)
def test_ages_in_other_words(words: str, band: str) -> None:
    assert age_band(words) == band


def test_what_its_author_must_find_gets_no_wording() -> None:
    text = "生年月日は昭和55年2月17日。〒000-0012。市内で唯一の三つ子を育てる母。"
    assert first(text) == {}
    assert {str(f.type) for f in inspect(text)} == {"BIRTHDATE", "POSTCODE", "RARE"}
