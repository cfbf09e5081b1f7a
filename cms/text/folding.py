"""One spelling for what readers regard as the same letters."""

import re
import unicodedata

SMALL_VOWELS = str.maketrans("ァィゥェォヮヴヂヅ", "アイウエオワブジズ")
V_ROW = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"))
ROMAN = re.compile(r"[a-z0-9]+")
KATAKANA = re.compile(r"[ァ-ヺー]+")
KANA = re.compile(r"[ぁ-ゖァ-ヺーゝゞ]+")
KANJI = re.compile(r"[㐀-䶿一-鿿豈-﫿𠀀-𲎯々〆]")
NOT_WORD = re.compile(r"[\W_]+")
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def plain(text: str) -> str:
    """Full-width and half-width made one (NFKC); control characters and lone surrogates gone."""
    return unicodedata.normalize("NFKC", UNSTORABLE.sub(" ", text))


def hiragana(text: str) -> str:
    """Katakana as hiragana; everything else as it is."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def squeeze(text: str) -> str:
    """Without anything that is not a letter or a digit: what an index can hold as one word."""
    return NOT_WORD.sub("", text)


def fold_word(word: str) -> str:
    """The spelling under which a word is kept: lower case, hiragana, loan words without their usual wavering.

    ウェルキャン and ウエルキャン, コンピューター and コンピュータ, ヴァ and バ become one.
    """
    word = squeeze(plain(word)).lower()
    if KATAKANA.fullmatch(word):
        for one, other in V_ROW:
            word = word.replace(one, other)
        word = word.translate(SMALL_VOWELS)
        if len(word) > 3:
            word = word.rstrip("ー")
    return hiragana(word)


def is_kana(text: str) -> bool:
    """Whether the text is written in hiragana and katakana alone."""
    return bool(KANA.fullmatch(text))


def is_roman(text: str) -> bool:
    """Whether the text is letters a-z and digits alone (after plain and lower)."""
    return bool(ROMAN.fullmatch(text))
