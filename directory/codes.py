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

WORDS_IN_CODE = 6
KANA_IN_WORD = 3
LIST = Path(__file__).parent / "data" / "code_words.txt"
BETWEEN = re.compile(r"[\s・、。,.\-ー－/／]+")
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
    """The six words in what somebody typed; None when these cannot be a code."""
    text = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).translate(TO_HIRAGANA)
    text = BETWEEN.sub("", text)
    if len(text) != WORDS_IN_CODE * KANA_IN_WORD:
        return None
    found = tuple(text[at : at + KANA_IN_WORD] for at in range(0, len(text), KANA_IN_WORD))
    return found if set(found) <= set(words()) else None


def code_hash(code: tuple[str, ...]) -> str:
    """What is stored in place of the code."""
    return slow_keyed_hash(" ".join(code), purpose="directory.receipt-code")
