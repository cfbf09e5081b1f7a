"""What holds for every text whatever: no crash, spans in order, the same twice, and less to see after masking than before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.guard import Certainty, Finding, Kind, inspect, propose
from cms.guard.engine import LONGEST_TEXT

OF_NOTES = (
    "田中さん 山本 颯真くん はると 090-0000-0012 taro@example.jp 〒000-0012 水辺町2丁目3番地 令和6年9月12日 34歳 小5 さくら小学校 三友精機に勤める "
    "長男の翔 父は 母の LINEは abc_12 唯一の 第3回 〇九〇 Tran Van Duc \u202e \u200b \x00 \ud800 é か\u3099 👨‍👩‍👧 𠮷田 \r\n \t （ ） 「 」 、 。 は が の と で に へ も"
)
WORDS = OF_NOTES.split(" ")
ANY = st.text(alphabet=st.characters(), max_size=80)
LIKE_NOTES = st.lists(st.sampled_from(WORDS) | st.text(alphabet=st.characters(), max_size=3), max_size=25).map("".join)
TIGHT = st.text(alphabet="田中さん0９-年月日〒@市町丁目\n ー氏くんA山（）の小歳・:", max_size=60)
TEXTS = ANY | LIKE_NOTES | TIGHT
MASK = "＊"


def check_spans(text: str, findings: Sequence[Finding]) -> None:
    """Inside the text, not empty, in order, without overlaps, of known kinds."""
    assert all(0 <= f.start < f.end <= len(text) for f in findings)
    assert all(one.end <= two.start for one, two in pairwise(findings))
    assert {f.type for f in findings} <= set(Kind)


def masked(text: str, findings: Sequence[Finding]) -> str:
    """Every finding covered, sign for sign."""
    signs = list(text)
    for finding in findings:
        signs[finding.start : finding.end] = MASK * (finding.end - finding.start)
    return "".join(signs)


def check(text: str) -> None:
    """All properties of one text."""
    findings = inspect(text)
    check_spans(text, findings)
    assert findings == inspect(text)
    for finding, wordings in propose(text, findings).items():
        words = finding.of(text).strip()
        assert not words or all(words not in wording for wording in wordings)
    hidden = masked(text, findings)
    assert len(hidden) == len(text)
    for finding in findings:
        assert finding.of(hidden) == MASK * (finding.end - finding.start)
    again = inspect(hidden)
    check_spans(hidden, again)


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    check(text)


@pytest.mark.prove
@settings(max_examples=100_000, deadline=None)
@given(TEXTS)
def test_a_hundred_thousand_texts(text: str) -> None:
    check(text)


NOTES = [
    "田中さん（34歳）は2024年5月6日に来所。電話は090-0000-0012。",
    "長男の颯真くんは小5。さくら小学校に通う。母の由紀さんと水辺町2丁目3番地に住む。",
    "山本様のメールはtaro@example.jp、LINEのIDはblue_cat88です。",
]


@pytest.mark.parametrize("text", NOTES)
def test_after_taking_every_proposal_nothing_sure_is_left(text: str) -> None:
    findings = inspect(text)
    wordings = propose(text, findings)
    for finding in reversed(findings):
        wording = next(iter(wordings[finding]), "")
        text = text[: finding.start] + wording + text[finding.end :]
    assert [f.of(text) for f in inspect(text) if f.certainty == Certainty.SURE] == []


@pytest.mark.parametrize(
    "sign", ["あ", "山", "ア", "0", "A", "。", "\n", "\ud800", "\x00", "\u202e", "田中さん", "1-", "（", "一"]
)
def test_the_longest_text_of_one_sign(sign: str) -> None:
    text = (sign * LONGEST_TEXT)[:LONGEST_TEXT]
    check_spans(text, inspect(text))
