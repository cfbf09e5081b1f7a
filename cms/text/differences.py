"""What differs between two Japanese texts, in words a reader sees.

Japanese has no spaces: the dictionary cuts the text, so that 「三日前まで」 → 「七日前まで」 marks a word, not a stroke of one.
Put together again, the pieces give both texts to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from sudachipy import SplitMode

from cms.text.tokenizer import LONGEST, tokenizer

LINE_BREAK = re.compile(r"(\n)")
ISLAND = 2  # characters: what stands alone between two changes is read with them


class Mark(StrEnum):
    """What became of a piece."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what became of it."""

    mark: Mark
    text: str


def surfaces(text: str) -> list[str]:
    """The text in words, signs and line breaks; joined they are the text."""
    found: list[str] = []
    for line in LINE_BREAK.split(text):
        for start in range(0, len(line), LONGEST):
            piece = line[start : start + LONGEST]
            cut = [word.surface() for word in tokenizer().tokenize(piece, SplitMode.C)]
            found += cut if "".join(cut) == piece else list(piece)
    return [word for word in found if word]


def pieces_between(old: str, new: str) -> list[Piece]:
    """From the old text to the new one: what stayed, what went, what came, in the order one reads."""
    return [piece for was, now in _joined(list(_steps(old, new))) for piece in _as_pieces(was, now)]


def old_text(pieces: list[Piece]) -> str:
    """The earlier text, put together again."""
    return "".join(piece.text for piece in pieces if piece.mark != Mark.ADDED)


def new_text(pieces: list[Piece]) -> str:
    """The later text, put together again."""
    return "".join(piece.text for piece in pieces if piece.mark != Mark.REMOVED)


def _steps(old: str, new: str) -> Iterator[tuple[str, str]]:
    was, now = surfaces(old), surfaces(new)
    for _kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        yield "".join(was[a:b]), "".join(now[c:d])


def _joined(steps: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Particles and commas that stand alone between two changes go with them: a page of confetti helps nobody."""
    joined: list[tuple[str, str]] = []
    for number, (was, now) in enumerate(steps):
        island = was == now and len(was) <= ISLAND and "\n" not in was and 0 < number < len(steps) - 1
        changed_before = bool(joined) and joined[-1][0] != joined[-1][1]
        if changed_before and (was != now or island):
            joined[-1] = (joined[-1][0] + was, joined[-1][1] + now)
        else:
            joined.append((was, now))
    return joined


def _as_pieces(was: str, now: str) -> Iterator[Piece]:
    if was == now:
        yield Piece(Mark.SAME, was)
        return
    if was:
        yield Piece(Mark.REMOVED, was)
    if now:
        yield Piece(Mark.ADDED, now)
