"""合言葉: six words of three kana each, with which a person without an account comes back to what they wrote.

Words of a list of 1,024: ten bits each, sixty in all. All have the same length, so they may be typed with or without
blanks, in hiragana or katakana, and are read aloud and written down without mistakes.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from cms.encryption import slow_keyed_hash
from cms.text.tokenizer import long_words

WORDS_IN_CODE = 6
KANA_IN_WORD = 3
LIST = Path(__file__).parent / "data" / "code_words.txt"
BETWEEN = re.compile(r"[\s・、。,.\-ー－/／]+")
KANJI = re.compile(r"[\u4e00-\u9fff々]")
TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
LONGEST_TYPED = 200


@cache
def words() -> tuple[str, ...]:
    """The list, in its order."""
    return tuple(LIST.read_text(encoding="utf-8").split())


def new_code() -> tuple[str, ...]:
    """Six words, chosen by the system's source of randomness."""
    return tuple(secrets.choice(words()) for _place in range(WORDS_IN_CODE))


def read_code(typed: str) -> tuple[str, ...] | None:
    """The six words in what somebody typed; None when these cannot be a code.

    Where a keyboard has made kanji of them, each piece is read as the dictionary reads it. That finds most words, not
    all: the pages ask for hiragana.
    """
    text = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED])
    return _six_words(text) or (_six_words(_read_aloud(text)) if KANJI.search(text) else None)


def _six_words(text: str) -> tuple[str, ...] | None:
    text = BETWEEN.sub("", text.translate(TO_HIRAGANA))
    if len(text) != WORDS_IN_CODE * KANA_IN_WORD:
        return None
    found = tuple(text[at : at + KANA_IN_WORD] for at in range(0, len(text), KANA_IN_WORD))
    return found if set(found) <= set(words()) else None


def _read_aloud(text: str) -> str:
    pieces = (piece for piece in BETWEEN.split(text) if piece)
    return "".join(
        "".join(word.reading_form() for word in long_words(piece)) if KANJI.search(piece) else piece for piece in pieces
    )


def code_hash(code: tuple[str, ...]) -> str:
    """What is stored in place of the code."""
    return slow_keyed_hash(" ".join(code), purpose="directory.receipt-code")
