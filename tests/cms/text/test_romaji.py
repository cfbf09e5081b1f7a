"""Romaji spellings of one reading meet in one skeleton."""

import pytest

from cms.text.romaji import skeleton, to_romaji


@pytest.mark.parametrize(
    ("kana", "letters"),
    [("ひきこもり", "hikikomori"), ("ふとうこう", "futoukou"), ("いばしょ", "ibasho"), ("がっこう", "gakkou"),
     ("じゅく", "juku"), ("きょうしつ", "kyoushitsu"), ("さーくる", "saakuru"), ("ふぁみり", "fami" + "ri")],
)  # fmt: skip
def test_kana_in_letters(kana: str, letters: str) -> None:
    assert to_romaji(kana) == letters


@pytest.mark.parametrize(
    ("typed", "kana"),
    [("futoko", "ふとうこう"), ("futōkō", "ふとうこう"), ("futoukou", "ふとうこう"), ("ibasyo", "いばしょ"),
     ("shimbun", "しんぶん"), ("Ninchisho", "にんちしょう"), ("soudan", "そうだん"), ("tya", "ちゃ")],
)  # fmt: skip
def test_spellings_meet(typed: str, kana: str) -> None:
    assert skeleton(typed) == skeleton(to_romaji(kana))


def test_different_words_do_not_meet() -> None:
    assert skeleton("kaigo") != skeleton("kango")
