"""The words of receipt codes: a list one can read aloud, and codes read however they were typed."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from cms.search.urgent import current_distress
from cms.text.distress import Distress
from directory import codes

VOICED = str.maketrans(
    "がぎぐげござじずぜぞだでどばびぶべぼぱぴぷぺぽ", "かきくけこさしすせそたてとはひふへほはひふへほ"
)
SIX = ("つばき", "みなと", "りんご", "きつね", "ゆのみ", "ひざし")


def test_the_list_is_1024_words_that_are_heard_and_written_one_way() -> None:
    words = codes.words()
    assert (len(words), len(set(words))) == (1024, 1024)
    # No small kana, no を ぢ づ, no long sign: each is written as it is heard.
    assert [word for word in words if not re.fullmatch("[あいうえおか-ぢつて-もやゆよら-ろわん]{3}", word)] == []
    assert [word for word in words if re.search("[ぢづをゔ]", word)] == []
    # No two differ by a voiced sign alone.
    alike = Counter(word.translate(VOICED) for word in words)
    assert [word for word, times in alike.items() if times > 1] == []


@pytest.mark.django_db
def test_no_word_and_no_pair_of_neighbours_speaks_of_distress() -> None:
    distress: Distress = current_distress()
    assert distress.danger_in("しにたい") is not None
    assert [word for word in codes.words() if distress.danger_in(word)] == []


def test_new_codes_are_six_words_of_the_list() -> None:
    made = {codes.new_code() for _time in range(200)}
    assert len(made) == 200
    assert {len(code) for code in made} == {6}
    assert {word for code in made for word in code} <= set(codes.words())


@pytest.mark.parametrize(
    "typed",
    [
        "つばき みなと りんご きつね ゆのみ ひざし",
        "つばきみなとりんごきつねゆのみひざし",
        "ツバキ・ミナト・リンゴ・キツネ・ユノミ・ヒザシ",
        "ﾂﾊﾞｷ ﾐﾅﾄ ﾘﾝｺﾞ ｷﾂﾈ ﾕﾉﾐ ﾋｻﾞｼ",
        "  つばき、みなと、りんご、\nきつね　ゆのみ　ひざし。",
        "椿 港 りんご 狐 湯呑み 日差し",
    ],
)
def test_read_however_it_was_typed(typed: str) -> None:
    assert codes.read_code(typed) == SIX


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "つばき",
        "つばき みなと りんご きつね ゆのみ",
        "つばき みなと りんご きつね ゆのみ ぬぬぬ",
        "椿" * 200,
        "abc " * 6,
    ],
)
def test_what_is_no_code(typed: str) -> None:
    assert codes.read_code(typed) is None
