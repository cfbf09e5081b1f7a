"""Sudachi's dictionary: one a process, one tokenizer a thread (a shared one raises)."""

import threading
from collections.abc import Iterator
from functools import cache

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

LONGEST = 4_000  # characters fed at once; Sudachi refuses more than 49,149 bytes
_of_thread = threading.local()


@cache
def dictionary() -> Dictionary:
    """The core dictionary, memory-mapped (0.15 s, shared between processes)."""
    return Dictionary()


def tokenizer() -> Tokenizer:
    """This thread's own tokenizer."""
    own: Tokenizer | None = getattr(_of_thread, "tokenizer", None)
    if own is None:
        own = _of_thread.tokenizer = dictionary().tokenizer()
    return own


def pieces(text: str) -> Iterator[str]:
    """The text in lines of a length that Sudachi takes."""
    for line in text.splitlines():
        for start in range(0, len(line), LONGEST):
            yield line[start : start + LONGEST]


def long_words(text: str) -> Iterator[Morpheme]:
    """The words as a reader sees them: 居場所 and 不登校 are one (split mode C)."""
    for piece in pieces(text):
        yield from tokenizer().tokenize(piece, SplitMode.C)


def parts(word: Morpheme) -> list[Morpheme]:
    """The short units of a word (split mode A): 居場所 is 居 + 場所. Empty for a word that has none.

    Not `add_single=True`: the unit it gives for a short word has no text and panics (SudachiPy 0.7.0).
    """
    return list(word.split(SplitMode.A))
