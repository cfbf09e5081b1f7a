"""How one text may have been meant, and sayings in other endings."""

import pytest

from cms.text.romaji import to_kana
from cms.text.sayings import Sayings, saying, steps
from cms.text.typed import ways_of_typing


@pytest.mark.parametrize(
    ("letters", "kana"),
    [("shinitai", "しにたい"), ("sinitai", "しにたい"), ("gakkou", "がっこう"), ("tōkyō", "とうきょう"), ("jyuku", "じゅく"),
     ("shin'yuu", "しんゆう"), ("konnichiwa", "こんにちわ"), ("annai", "あんない"), ("matchi", "まっち"), ("kan", "かん"),
     ("english", ""), ("hello", ""), ("", "")],
)  # fmt: skip
def test_romaji_as_kana(letters: str, kana: str) -> None:
    assert to_kana(letters) == kana


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("し に た い", "しにたい"), ("ねむれなーい", "ねむれない"), ("ねむれないいい", "ねむれない"), ("nemurenai", "ねむれない"),
     ("がっこう行きたくない", "学校行きたくない"), ("ｶﾞｯｺｳ", "学校"), ("gakkou ikitakunai", "学校いきたくない"), ("タヒにたい", "死にたい")],
)  # fmt: skip
def test_a_text_may_have_been_meant_so(typed: str, meant: str) -> None:
    assert meant in ways_of_typing(typed, {"がっこう": "学校"}, {"タヒ": "死"})


def test_the_text_itself_comes_first() -> None:
    assert ways_of_typing("ねむれなーい", {}, {})[0] == "ねむれなーい"


@pytest.mark.parametrize(
    "text",
    [
        "学校に行きたくない",
        "学校行きたくない",
        "学校へは、もう行きたくなくて",
        "ほんとうに学校いきたくないです",
        "学校に行きたくなくなってきた",
    ],
)
def test_a_saying_is_known_in_other_endings(text: str) -> None:
    (heard,) = Sayings.of({"school": ["学校に行きたくない"]}).heard(steps(text))
    assert heard.name == "school"


@pytest.mark.parametrize("text", ["学校に行きたい", "学校が好き", "行きたくない学校", "仕事に行きたくない", ""])
def test_and_not_where_it_is_not_said(text: str) -> None:
    assert Sayings.of({"school": ["学校に行きたくない"]}).heard(steps(text)) == []


def test_will_is_not_the_deed() -> None:
    assert saying("死のう") != saying("死ぬ")
