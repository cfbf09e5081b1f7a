"""The articles of a charter's text, and which of two texts' articles belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cms.text.differences import Piece, pieces_between
from directory.enums import ArticleChange

# 「第1条（目的）」「第十二条の二」「附則」「前文」, alone at the beginning of a line.
HEADING = re.compile(
    r"^(?P<label>第[0-9０-９一二三四五六七八九十百]+条(?:の[0-9０-９一二三四五六七八九十]+)?|附則|前文)"
    r"(?:[ \t\u3000]*[（(](?P<title>[^）)\n]{1,60})[）)])?[ \t\u3000]*$"
)
ALIKE = 0.4  # share of character pairs from which two articles without a common title are the same one
TITLE_BONUS = 1.0


@dataclass(frozen=True)
class Article:
    """One article as it stands in the text, with its line breaks. `label` is empty for what stands before the first."""

    label: str
    title: str
    raw: str

    @property
    def heading(self) -> str:
        """「第1条（目的）」."""
        return self.raw.split("\n", 1)[0].strip() if self.label else ""

    @property
    def body(self) -> str:
        """What stands under the heading."""
        return self.raw.split("\n", 1)[-1].strip("\n") if self.label and "\n" in self.raw else self.raw.strip("\n")

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Its pairs of neighbouring characters: enough to tell whether two articles speak of the same."""
        text = re.sub(r"\s", "", self.body)
        return frozenset(text[at : at + 2] for at in range(len(text) - 1))


@dataclass(frozen=True)
class ArticlePair:
    """An article in the earlier and in the later text; one of them is missing when it came or went."""

    old: Article | None
    new: Article | None

    @property
    def shown(self) -> Article:
        """The later one, else the one that went."""
        return self.new or self.old or Article("", "", "")

    @cached_property
    def change(self) -> ArticleChange:
        """What became of it."""
        if self.old is None or self.new is None:
            return ArticleChange.ADDED if self.old is None else ArticleChange.GONE
        if self.old.body.strip() != self.new.body.strip() or self.old.title != self.new.title:
            return ArticleChange.CHANGED
        return ArticleChange.SAME if self.old.label == self.new.label else ArticleChange.RENUMBERED

    @cached_property
    def pieces(self) -> list[Piece]:
        """Heading and words, from the earlier to the later text."""
        return pieces_between(self.old.raw if self.old else "", self.new.raw if self.new else "")

    @property
    def heading_pieces(self) -> list[Piece]:
        """The same of the heading alone."""
        return pieces_between(self.old.heading if self.old else "", self.new.heading if self.new else "")

    @property
    def body_pieces(self) -> list[Piece]:
        """The same of what stands under it."""
        return pieces_between(self.old.body if self.old else "", self.new.body if self.new else "")


def tidy(text: str) -> str:
    """The text as it is kept: plain line breaks, no spaces at line ends, one empty line at most."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def articles_of(text: str) -> list[Article]:
    """The articles in their order. Joined, their `raw` is the text."""
    found: list[Article] = []
    label, title, lines = "", "", ""
    for line in text.splitlines(keepends=True):
        match = HEADING.match(line.rstrip("\r\n"))
        if match:
            found += [Article(label, title, lines)] if lines else []
            label, title, lines = match["label"], match["title"] or "", ""
        lines += line
    return found + ([Article(label, title, lines)] if lines else [])


def aligned(old: str, new: str) -> list[ArticlePair]:
    """Both texts side by side, in an order that keeps that of each: what went stands before what came."""
    before, after = articles_of(old), articles_of(new)
    return list(_paired(before, after, _worth(before, after)))


def likeness(one: Article, other: Article) -> float:
    """0: nothing in common; above 1: they have a title in common."""
    if bool(one.label) != bool(other.label):
        return 0.0
    common = 2 * len(one.pairs & other.pairs) / max(1, len(one.pairs) + len(other.pairs))
    if one.title and one.title == other.title:
        return TITLE_BONUS + common
    same_place = one.label == other.label and not (one.title and other.title)
    return common if common >= ALIKE or (same_place and common > 0) or one.raw == other.raw else 0.0


def _worth(before: Sequence[Article], after: Sequence[Article]) -> list[list[float]]:
    """worth[a][b]: the best total likeness of before[a:] and after[b:] when the order is kept."""
    worth = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for a in range(len(before) - 1, -1, -1):
        for b in range(len(after) - 1, -1, -1):
            alike = likeness(before[a], after[b])
            together = alike + worth[a + 1][b + 1] if alike else 0.0
            worth[a][b] = max(together, worth[a + 1][b], worth[a][b + 1])
    return worth


def _paired(before: Sequence[Article], after: Sequence[Article], worth: list[list[float]]) -> Iterator[ArticlePair]:
    a = b = 0
    while a < len(before) and b < len(after):
        alike = likeness(before[a], after[b])
        if alike and worth[a][b] == alike + worth[a + 1][b + 1]:
            yield ArticlePair(before[a], after[b])
            a, b = a + 1, b + 1
        elif worth[a][b] == worth[a + 1][b]:
            yield ArticlePair(before[a], None)
            a += 1
        else:
            yield ArticlePair(None, after[b])
            b += 1
    yield from (ArticlePair(article, None) for article in before[a:])
    yield from (ArticlePair(None, article) for article in after[b:])


@dataclass(frozen=True)
class Together:
    """Two changes of one text, brought together. `both`: headings of articles that both changed; ours stands there."""

    text: str
    both: tuple[str, ...]


def brought_together(base: str, theirs: str, ours: str) -> Together:
    """Our changes of `base` on top of theirs, article by article.

    What the others did to an article that we left alone is taken over, also when they took it away.
    """
    their_place, their_new = _by_place(aligned(base, theirs))
    our_place, our_new = _by_place(aligned(base, ours))
    kept: list[Article] = [*their_new.get(-1, []), *our_new.get(-1, [])]
    both = []
    for place, old in enumerate(articles_of(base)):
        they, we = their_place[place], our_place[place]
        chosen = _renumbered(we, old, they) if we is None or _words(we) != _words(old) else they
        if _words(we) != _words(old) and _words(they) != _words(old) and _words(we) != _words(they):
            both.append((we or old).heading)
        kept += [chosen] if chosen else []
        theirs_here, ours_here = their_new.get(place, []), our_new.get(place, [])
        kept += [*theirs_here, *(each for each in ours_here if _words(each) not in {_words(t) for t in theirs_here})]
    return Together("\n\n".join(article.raw.strip("\n") for article in kept), tuple(both))


def _by_place(pairs: Sequence[ArticlePair]) -> tuple[dict[int, Article | None], dict[int, list[Article]]]:
    """What became of each article of the base, and what was put in after it (-1: before the first)."""
    became: dict[int, Article | None] = {}
    put_in: dict[int, list[Article]] = {}
    for pair in pairs:
        if pair.old is not None:
            became[len(became)] = pair.new
        elif pair.new is not None:
            put_in.setdefault(len(became) - 1, []).append(pair.new)
    return became, put_in


def _words(article: Article | None) -> tuple[str, str] | None:
    """What an article says, whatever its number."""
    return None if article is None else (article.title, article.body.strip())


def _renumbered(we: Article | None, old: Article, they: Article | None) -> Article | None:
    """Our wording under the number that the others gave it."""
    if we is None or they is None or not we.label or we.label != old.label:
        return we
    return Article(they.label, we.title, they.label + we.raw.removeprefix(we.label))
