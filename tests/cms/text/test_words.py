"""Spellings that readers regard as one word have one key; those they do not, have not."""

import threading

import pytest

from cms.text.folding import fold_word, plain
from cms.text.words import words


def keys(text: str) -> list[tuple[str, ...]]:
    return [word.keys for word in words(plain(text)) if word.is_content]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ひきこもり", "引きこもり"),
        ("引き籠もり", "ひきこもり"),
        ("子供", "こども"),
        ("子ども", "コドモ"),
        ("障がい", "障害"),
        ("見守り", "見まもり"),
        ("ﾎﾞﾗﾝﾃｨｱ", "ボランティア"),
        ("ボランテイア", "ボランティア"),
        ("ウエルキャン", "ウェルキャン"),
        ("ＮＰＯ", "npo"),
        ("悩み", "悩む"),
        ("眠れない", "眠る"),
        ("お祭り", "祭り"),
        ("volunteers", "Volunteer"),
    ],
)
def test_one_word_in_two_spellings_has_one_key(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(("one", "other"), [("申込み", "申し込む"), ("引籠り", "引きこもる"), ("見守り", "見守る")])
def test_a_verb_and_the_noun_made_of_it_have_one_key(one: str, other: str) -> None:
    assert [word.key for word in words(one)] == [word.key for word in words(other)]


@pytest.mark.parametrize(("one", "other"), [("LINE", "ライン"), ("相談", "商談"), ("介護", "看護"), ("ビール", "ビル")])
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_a_long_word_has_its_short_units() -> None:
    word = next(words("居場所"))
    assert (word.key, word.keys, word.reading) == ("居場所", ("居", "場所"), "いばしょ")


def test_particles_and_signs_say_nothing() -> None:
    assert [word.surface for word in words("相談の窓口へ、どうぞ。") if not word.is_content] == ["の", "へ", "、", "。"]


def test_offsets_point_into_the_text_even_beyond_what_the_tokenizer_takes_at_once() -> None:
    text = "あいさつ。" * 900 + "居場所"
    last = list(words(text))[-1]
    assert text[last.begin : last.end] == "居場所"


def test_threads_have_a_tokenizer_each() -> None:
    """A shared one raises 'already in use'."""
    errors: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(30):
                list(words("孤独・孤立対策官民連携プラットフォームの相談窓口" * 5))
        except Exception as error:  # noqa: BLE001 - Sudachi raises a plain one
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "🙂", "髙﨑𠮷", "・", "a" * 60_000, "゛゜", "\u3000"])
def test_nothing_raises(text: str) -> None:
    list(words(plain(text)))


@pytest.mark.parametrize(
    ("one", "other"), [("コンピューター", "コンピュータ"), ("ヴィオラ", "ビオラ"), ("ウェブ", "ウエブ")]
)
def test_loan_words_may_waver(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


@pytest.mark.parametrize("word", ["りょう", "カー", "キー"])
def test_other_words_may_not(word: str) -> None:
    assert fold_word(word) in {"りょう", "かー", "きー"}
