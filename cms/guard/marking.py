"""Texts cut at their marks, for pages: what the guard noticed, and what was rewritten before."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cms.guard.findings import Kind

HONORIFIC = r"(?=\s?(?:さん|くん|君|ちゃん|様|氏|先生))"
LETTER = re.compile(r"[A-ZＡ-Ｚ]")

Place = tuple[int, int, Any]  # start, end, what the page draws there


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: plain, or marked."""

    text: str
    mark: Any = None


def cut(text: str, places: Iterable[Place]) -> Iterator[Piece]:
    """A text cut at places that do not overlap."""
    done = 0
    for start, end, mark in sorted(places, key=lambda place: place[:2]):
        if start > done:
            yield Piece(text[done:start])
        yield Piece(text[start:end], mark)
        done = end
    if done < len(text):
        yield Piece(text[done:])


def places_of(wording: str, kind: Kind, text: str) -> Iterator[tuple[int, int]]:
    """Where a new wording stands. A bare letter stands for somebody only before さん and the like."""
    if not wording:
        return
    pattern = re.escape(wording)
    if kind == Kind.PERSON and LETTER.fullmatch(wording):
        pattern = rf"(?<![A-Za-zＡ-Ｚａ-ｚ]){pattern}{HONORIFIC}"
    for match in re.finditer(pattern, text):
        yield match.span()


def free(places: Iterable[tuple[int, int]], taken: Iterable[Place]) -> list[tuple[int, int]]:
    """Those places that touch none of the taken ones."""
    taken = list(taken)
    return [(start, end) for start, end in places if all(end <= other[0] or start >= other[1] for other in taken)]
