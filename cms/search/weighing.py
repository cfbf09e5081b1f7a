"""How much each part of a question counts, once the index has said how rare it is."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cms.search.asked import Leg, Node, Weighed, any_of
from cms.text.cutting import Chunk, Concept, Cut
from cms.text.indexing import reading_token
from cms.text.slips import Vocabulary, near
from cms.text.thesaurus import Phrase, Thesaurus

HowMany = Callable[[list[Node]], tuple[int, list[int]]]

SAME, RELATED, PIECE, SIDE_BY_SIDE, TITLE = 0.9, 0.45, 0.3, 0.25, 0.5
SURE = 0.8  # weight from which a word must be on the site at all
SHORT = 3  # up to so many weighty words a question is a list of words, beyond it a sentence
LEAST_SHORT, LEAST_SENTENCE = 0.3, 0.3


@dataclass(frozen=True, slots=True)
class Weighing:
    """The question for the index (None: the site has nothing), and what to tell the reader."""

    query: Weighed | None
    full: float = 0.0  # a score from which a page has all that was asked for
    suggestion: str | None = None
    terms: tuple[str, ...] = ()


@dataclass(slots=True)
class _Counted:
    concept: Concept
    exact: int = 0
    same: int = 0
    related: int = 0

    @property
    def found(self) -> int:
        return max(self.exact, self.same, self.related)


def weigh(pieces: Cut, thesaurus: Thesaurus, how_many: HowMany, *, vocabulary: Iterable[str] = ()) -> Weighing:
    """Counts every way of saying in one query, then gives each its value."""
    concepts = _choose(pieces, how_many)
    if not concepts:
        return Weighing(None)
    total, counted = _count(concepts, how_many)
    suggestion = None
    missing = [c for c in counted if not c.found and c.concept.weight > 0]
    if missing:
        words = Vocabulary.of(thesaurus, vocabulary)
        slips = {id(c): near(c.concept, words) for c in missing}
        if any(slips.values()):
            for c in missing:
                if slip := slips[id(c)]:
                    c.concept.same = (*c.concept.same, *slip.phrases)
                    suggestion = (suggestion or pieces.text).replace(c.concept.surface, slip.label)
            total, counted = _count(concepts, how_many)
    return _valued(pieces, counted, total, suggestion)


def _choose(pieces: Cut, how_many: HowMany) -> list[Concept]:
    """The concepts; a kana word that the index knows by its reading is one, however the dictionary cut it."""
    asked = [(chunk, any_of([(reading_token(chunk.read_whole),)])) for chunk in pieces.chunks if chunk.read_whole]
    nodes = [node for _, node in asked if node is not None]
    known = dict(zip((id(chunk) for chunk, _ in asked), how_many(nodes)[1], strict=True)) if nodes else {}
    concepts: list[Concept] = []
    for chunk in pieces.chunks:
        if known.get(id(chunk)):
            concepts.append(_whole(chunk))
        else:
            concepts += [concept for concept in chunk.concepts if concept.weight > 0]
    return concepts


def _whole(chunk: Chunk) -> Concept:
    token: Phrase = (reading_token(chunk.read_whole),)
    written = (
        tuple(phrase for concept in chunk.concepts for phrase in concept.exact) if len(chunk.concepts) == 1 else ()
    )
    return Concept(chunk.read_whole, 1.0, (token, *written), reading=chunk.read_whole)


def _count(concepts: list[Concept], how_many: HowMany) -> tuple[int, list[_Counted]]:
    nodes: list[Node] = []
    places: list[tuple[int, str]] = []
    for number, concept in enumerate(concepts):
        for name, phrases in (("exact", concept.exact), ("same", concept.same), ("related", concept.related)):
            node = any_of(phrases)
            if node is not None:
                nodes.append(node)
                places.append((number, name))
    total, found = how_many(nodes)
    counted = [_Counted(concept) for concept in concepts]
    for (number, name), count in zip(places, found, strict=True):
        setattr(counted[number], name, count)
    return total, counted


def _rarity(total: int, found: int) -> float:
    return math.log(1 + total / (found + 0.5))


def _valued(pieces: Cut, counted: list[_Counted], total: int, suggestion: str | None) -> Weighing:
    terms = tuple(dict.fromkeys(c.concept.surface for c in counted))
    weighty = [c for c in counted if c.concept.weight >= SURE]
    lost = [c for c in weighty if not c.found]
    if not any(c.found for c in counted) or (lost and len(weighty) <= SHORT):
        return Weighing(None, suggestion=suggestion, terms=terms)
    legs: list[Leg] = []
    sum_of_weights = 0.0
    for number, c in enumerate(counted):
        weight = c.concept.weight * _rarity(total, c.found)
        sum_of_weights += weight
        ways = ((c.concept.exact, 1.0), (c.concept.same, SAME), (c.concept.related, RELATED), (c.concept.pieces, PIECE))
        for phrases, worth in ways:
            node = any_of(phrases)
            if node is not None:
                legs.append(Leg(number, node, weight * worth, weight * worth * TITLE))
    for number, phrase in enumerate((run for chunk in pieces.chunks for run in chunk.runs), len(counted)):
        node = any_of([phrase])
        if node is not None:
            legs.append(Leg(number, node, 0.0, sum_of_weights * SIDE_BY_SIDE / max(1, len(counted))))
    least = sum_of_weights * (LEAST_SHORT if len(weighty) <= SHORT else LEAST_SENTENCE)
    return Weighing(Weighed(legs, least), sum_of_weights * 0.85, suggestion, terms)
