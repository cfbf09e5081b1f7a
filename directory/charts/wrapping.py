"""Breaking Japanese labels into lines, by width; SVG does not wrap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cms.text.tokenizer import long_words

NEVER_FIRST = "、。，．・：；？！）］｝」』】〉》〕ー～ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々)]}!?,.:;"
NEVER_LAST = "（［｛「『【〈《〔([{"
CLINGING = ("助詞", "助動詞", "接尾辞")  # parts of speech that no line begins with
# What is not torn apart in a word that is too long: a Latin word or number, else a single sign.
PIECES = re.compile(r"[A-Za-z0-9À-ɏ.&'’-]+|.", re.DOTALL)


def width(text: str) -> float:
    """Width in ems, on the safe side: full width 1, capitals .8, other Latin .62."""
    return sum(_sign(sign) for sign in text)


def _sign(sign: str) -> float:
    if unicodedata.combining(sign) or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef":
        return 0.0
    if unicodedata.east_asian_width(sign) in "WFA":
        return 1.0
    return 0.8 if sign.isupper() or sign in "mwMW@%" else 0.62


def wrap(text: str, widest: float) -> list[str]:
    """Lines no wider than `widest` ems, about equally long; no sign stands where Japanese forbids it, room permitting."""
    text = " ".join(text.split())
    if width(text) <= widest:
        return [text] if text else []
    pieces = _pieces(text, widest)
    lines = _filled(pieces, widest)
    if len(lines) < 2:
        return lines
    low, high = width(text) / len(lines), widest  # the narrowest measure that needs no further line
    for _step in range(8):
        middle = (low + high) / 2
        if len(_filled(pieces, middle)) <= len(lines):
            high = middle
        else:
            low = middle
    return _filled(pieces, high)


def _pieces(text: str, widest: float) -> list[str]:
    """Words, with what must not begin a line kept at the one before, and what must not end one at the next."""
    pieces: list[str] = []
    sticky = False
    for word, clings, holds in _words(text):
        parts = [word] if width(word) <= widest else PIECES.findall(word)
        for part in parts:
            sticks = bool(pieces) and (clings or sticky or part[0] in NEVER_FIRST or pieces[-1][-1] in NEVER_LAST)
            if sticks and width(pieces[-1] + part) <= widest:
                pieces[-1] += part
            else:
                pieces.extend([part] if width(part) <= widest else part)
            clings = sticky = False
        sticky = holds
    return pieces


def _words(text: str) -> Iterator[tuple[str, bool, bool]]:
    """(word, clings to the one before, holds the one after); blanks are words of their own."""
    for part in re.split(r"(\s)", text):
        if part.isspace():
            yield part, False, False
            continue
        for word in long_words(part):
            kind = word.part_of_speech()[0]
            yield word.surface(), kind in CLINGING, kind == "接頭辞"


def _filled(pieces: list[str], widest: float) -> list[str]:
    """Line after line, each as full as it may be."""
    lines, line = [], ""
    for piece in pieces:
        if line.strip() and width((line + piece).strip()) > widest:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()] if line.strip() else lines
