"""What is asked of the index: words, put together by and/or, or ways of saying things with a value each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from modelsearch.query import And, Boost, MatchAll, Or, PlainText, SearchQuery
from modelsearch.query import Phrase as StockPhrase

from cms.text.cutting import Cut, cut
from cms.text.folding import plain
from cms.text.indexing import reading_token, typed_query
from cms.text.thesaurus import Phrase, Thesaurus, phrases_of


@dataclass(frozen=True, slots=True)
class Row:
    """Tokens side by side; `begins`: the last one need only begin so. Tokens hold letters and digits alone."""

    tokens: Phrase
    begins: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these."""

    of: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these."""

    of: tuple["Node", ...]


Node = Row | All | Any


class Words(SearchQuery):
    """A question in the index's own words, for `page.search("…")` and the admin.

    `in_title`: also who has this in the title; for beginnings, so that the admin's boxes know spellings too.
    """

    def __init__(self, node: Node, in_title: Node | None = None) -> None:
        self.node = node
        self.in_title = in_title

    def __repr__(self) -> str:
        return f"<Words {self.node!r}>"


@dataclass(frozen=True, slots=True)
class Gain:
    """What a candidate gains by holding `node` (in its title, if `in_title`).

    Only what `counts` is held against the least that a hit must have.
    """

    node: Node
    worth: float
    in_title: bool = False
    counts: bool = True


class Weighed(SearchQuery):
    """Candidates, and what each of them is worth. The index reads no entry that is not a candidate."""

    def __init__(self, candidates: Node, base: float, gains: Iterable[Gain], least: float = 0.0) -> None:
        self.candidates = candidates
        self.base = base
        self.gains = tuple(gains)
        self.least = least

    def __repr__(self) -> str:
        return f"<Weighed {len(self.gains)} gains, least {self.least:.2f}>"


def holds(longer: Phrase, shorter: Phrase) -> bool:
    """Whether who has the longer phrase has the shorter one too."""
    width = len(shorter)
    return any(longer[start : start + width] == shorter for start in range(len(longer) - width + 1))


def without_needless(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """The phrases without those that another one of them covers: 親の介護 where 介護 is asked for."""
    kept: list[Phrase] = []
    for phrase in sorted(dict.fromkeys(phrase for phrase in phrases if phrase), key=len):
        if not any(holds(phrase, shorter) for shorter in kept):
            kept.append(phrase)
    return tuple(kept)


def under(kind: type[All] | type[Any], nodes: Sequence[Node]) -> Node:
    """These nodes (one at least) under one roof."""
    kept = tuple(dict.fromkeys(nodes))
    return kind(kept) if len(kept) > 1 else kept[0]


def one_of(phrases: Iterable[Phrase]) -> Node:
    """One of these phrases; there is at least one."""
    return under(Any, [Row(phrase) for phrase in without_needless(phrases)])


def _joined(kind: type[All] | type[Any], nodes: Iterable[Node | None]) -> Node | None:
    kept = [node for node in nodes if node is not None]
    return under(kind, kept) if kept else None


def _one_of(phrases: Iterable[Phrase]) -> Node | None:
    kept = without_needless(phrases)
    return one_of(kept) if kept else None


def _of_cut(pieces: Cut, kind: type[All] | type[Any]) -> Node | None:
    nodes = []
    for chunk in pieces.chunks:
        inner = _joined(All, (_one_of((*c.exact, *c.same)) for c in chunk.concepts if c.weight > 0))
        whole = Row((reading_token(chunk.read_whole),)) if chunk.read_whole else None
        nodes.append(_joined(Any, (inner, whole)))
    return _joined(kind, nodes)


def rewritten(query: SearchQuery, thesaurus: Thesaurus, *, typing: bool) -> Node | None:
    """A query of Wagtail's classes in the words of our index; None when no word is left."""
    if isinstance(query, Boost):
        return rewritten(query.subquery, thesaurus, typing=typing)
    if isinstance(query, And | Or):
        nodes = [rewritten(part, thesaurus, typing=typing) for part in query.subqueries[:16]]
        return _joined(All if isinstance(query, And) else Any, nodes)
    if isinstance(query, MatchAll):
        return None
    if isinstance(query, StockPhrase):
        return _one_of(phrases_of(plain(query.query_string[:200])))
    if isinstance(query, PlainText):
        kind = Any if query.operator == "or" else All
        if typing:
            return _joined(kind, (Row((token,), begins=True) for token in typed_query(query.query_string[:200])[:16]))
        return _of_cut(cut(query.query_string, thesaurus), kind)
    raise NotImplementedError(f"{type(query).__name__} is not offered: see docs/developer/search.md.")
