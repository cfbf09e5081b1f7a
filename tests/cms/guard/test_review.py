"""Decisions about findings: proposals, changes, dismissals."""

from __future__ import annotations

import pytest

from cms.guard import Choice, Decision, Dismissal, Kind, Reason, inspect, propose, review
from cms.guard.proposals import age_band, season

TEXTS = {"situation": "田中さん（34歳）は鈴木さんと来た。", "tried": "田中さんは10月14日に休んだ。"}


def keys(found: list) -> dict[str, str]:
    """Words → key."""
    return {concern.words: concern.key for concern in found}


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("34歳", "30代"),
        ("四十七歳", "40代"),
        ("９３歳", "90歳以上"),
        ("12歳", "小学校高学年"),
        ("小5", "小学生"),
        ("17才", "高校生年代"),
    ],
)
def test_ages_become_bands(words: str, band: str) -> None:
    assert age_band(words) == band


@pytest.mark.parametrize(
    ("words", "name"), [("10月14日", "秋ごろ"), ("十二月七日", "冬ごろ"), ("S55.2.17", "冬ごろ"), ("4/12", "春ごろ")]
)
def test_days_become_seasons(words: str, name: str) -> None:
    assert season(words) == name


def test_letters_go_in_order_of_appearance_and_are_no_initials() -> None:
    text = "Aさんの隣の田中さん、鈴木。鈴木さんも、田中さんも。"
    proposals = propose(text, inspect(text))
    assert {f.of(text): wording for f, (wording, *_rest) in proposals.items()} == {"田中": "B", "鈴木": "C"}


def test_one_person_is_one_concern_with_one_letter_over_all_texts() -> None:
    found = review(TEXTS).open
    assert [(c.words, c.proposals[0], len(c.places)) for c in found] == [
        ("田中", "A", 2),
        ("34歳", "30代", 1),
        ("鈴木", "B", 1),
        ("10月14日", "秋ごろ", 1),
    ]


def test_decisions_change_the_texts_everywhere_and_nothing_stays_open() -> None:
    key = keys(review(TEXTS).open)
    decisions = {
        key["田中"]: Decision(Choice.REPLACE, "A"),
        key["34歳"]: Decision(Choice.REPLACE, "30代"),
        key["鈴木"]: Decision(Choice.REPLACE, "家族"),
        key["10月14日"]: Decision(Choice.DELETE),
    }
    done = review(TEXTS, decisions=decisions)
    assert done.open == []
    assert done.texts == {"situation": "Aさん（30代）は家族さんと来た。", "tried": "Aさんはに休んだ。"}
    assert done.changed == {Kind.PERSON: 2, Kind.AGE: 1, Kind.DATE: 1}


def test_a_wording_that_is_a_name_again_stays_open() -> None:
    key = keys(review(TEXTS).open)["田中"]
    again = review(TEXTS, decisions={key: Decision(Choice.REPLACE, "佐藤")})
    assert "佐藤" in keys(again.open)
    assert again.texts["tried"] == "佐藤さんは10月14日に休んだ。"


def test_a_dismissal_needs_its_reason_and_holds_for_these_words_only() -> None:
    key = keys(review(TEXTS).open)
    kept = review(TEXTS, decisions={key["34歳"]: Decision(Choice.DISMISS, reason=Reason.COMMON)})
    assert kept.dismissals == [Dismissal(key["34歳"], Kind.AGE, Reason.COMMON)]
    assert "34歳" not in keys(kept.open)
    assert "34歳" in keys(review(TEXTS, decisions={key["34歳"]: Decision(Choice.DISMISS)}).open)
    changed = {**TEXTS, "situation": TEXTS["situation"].replace("34歳", "35歳")}
    assert "35歳" in keys(review(changed, dismissed=kept.dismissals).open)
