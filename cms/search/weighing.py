"""How much each part of a question counts, once the index has said how rare it is."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from cms.search.asked import All, Any, Gain, Node, Row, Weighed, holds, one_of, under, without_needless
from cms.text.cutting import Chunk, Concept, Cut
from cms.text.folding import squeeze
from cms.text.indexing import reading_token
from cms.text.slips import near
from cms.text.thesaurus import Phrase

Vocabularies = Sequence[Mapping[str, str]]  # words by reading

# What the ways of saying a thing are worth: as asked, another word for it, one that the dictionary calls a synonym,
# a word that also helps, a part of it.
EXACT, SAME, KIN, RELATED, PIECE = 1.0, 0.9, 0.6, 0.45, 0.3
TITLE = 0.5  # more, in the title
SIDE_BY_SIDE = 0.25
SURE = 0.8  # weight from which a word is what the question is about
SHORT = 3  # up to so many such words a question is a list of words, beyond it a sentence
LEAST = 0.3  # share of the question that a hit must answer
LEAST_WITHOUT = 0.5  # in a short question that names what the site has not
ENOUGH = 30  # so many pages with everything: those with a part of it are not asked for
MANY = 300  # so many: which of two words for a thing a text has is not asked any more, titles tell enough
HEAVIEST = 6  # concepts that choose the candidates of a long question


class Index(Protocol):
    """What the index is asked before the question is put."""

    def how_large(self) -> int: ...
    def how_many(self, nodes: Sequence[Node]) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class Weighing:
    """The question for the index (None: the site has nothing), and what to tell the reader."""

    query: Weighed | None
    relaxed: bool = False
    suggestion: str | None = None
    terms: tuple[str, ...] = ()


@dataclass(slots=True)
class Counted:
    """A concept, its ways of saying as nodes (better ones inside the worse), and how many entries hold each."""

    concept: Concept
    levels: tuple[tuple[float, Node], ...]
    found: int = 0
    weight: float = 0.0

    @property
    def widest(self) -> Node:
        """Every way of saying it but by a part."""
        return next(node for worth, node in self.levels if worth > PIECE)


def levels_of(concept: Concept, *, quick: bool = False) -> tuple[tuple[float, Node], ...]:
    """(worth, node) from the widest to the narrowest; each node holds the narrower ones.

    `quick`: as asked, and other words for it.
    """
    ways = [(EXACT, without_needless(concept.exact)), (SAME, concept.same)]
    if not quick:
        ways += [(KIN, concept.kin), (RELATED, concept.related), (PIECE, concept.pieces)]
    gathered: list[Phrase] = []
    levels: list[tuple[float, Node]] = []
    for worth, phrases in ways:
        fresh = [phrase for phrase in phrases if phrase and not any(holds(phrase, held) for held in gathered)]
        if fresh:
            gathered += fresh
            levels.insert(0, (worth, one_of(gathered)))
    return tuple(levels)


def weigh(pieces: Cut, index: Index, vocabularies: Callable[[], Vocabularies]) -> Weighing:
    """Counts every way of saying, then gives each its value; `vocabularies` is asked when something is not there."""
    concepts = _choose(pieces, index)
    if not concepts:
        return Weighing(None)
    counted, full = _count(concepts, index)
    suggestion = None
    missing = [c.concept for c in counted if not c.found]
    if missing and len(concepts) <= SHORT:
        suggestion = _forgive(pieces, missing, vocabularies())
        if suggestion:
            counted, full = _count(_choose(pieces, index), index)
    terms = tuple(dict.fromkeys(c.concept.surface for c in counted))
    if not _is_there(pieces, counted):
        return Weighing(None, True, suggestion, terms)
    return Weighing(_valued(pieces, counted, full), not full, suggestion, terms)


def _forgive(pieces: Cut, missing: Sequence[Concept], vocabularies: Vocabularies) -> str | None:
    """Adds what was probably meant where nothing holds what was typed; the question as it would then read.

    A word of the dictionary is no slip of typing: for it there is a suggestion only, and one that sounds the same.
    """
    text = pieces.text
    for chunk in pieces.chunks:
        lost = [concept for concept in chunk.concepts if any(concept is one for one in missing)]
        if not lost:
            continue
        torn = bool(chunk.read_whole) or not all(concept.known for concept in lost)
        most = 2 if torn or any(concept.is_plain for concept in lost) else 0
        slip = near(chunk.text, chunk.reading, vocabularies, most) if len(chunk.concepts) > 1 else None
        if slip is not None:
            text = text.replace(chunk.text, slip.label)
            if torn:
                chunk.concepts = [Concept(chunk.text, 1.0, slip.phrases, reading=chunk.reading)]
                chunk.runs, chunk.read_whole = [], ""
            continue
        for concept in lost:
            certain = concept.known and not concept.is_plain
            slip = near(concept.surface, concept.reading, vocabularies, 0 if certain else 2)
            if slip is not None and squeeze(slip.label) != squeeze(concept.surface):
                text = text.replace(concept.surface, slip.label)
                if not concept.known:
                    concept.same = (*concept.same, *slip.phrases)
    return text if text != pieces.text else None


def _lost_names(counted: Sequence[Counted]) -> bool:
    return any(not c.found for c in counted if c.concept.weight >= SURE and c.concept.is_name)


def _is_there(pieces: Cut, counted: Sequence[Counted]) -> bool:
    """Whether the site has what the question is about: in a short list of words, each thing that it names."""
    about = [c for c in counted if c.concept.weight >= SURE]
    listed = len(about) <= SHORT and not any(chunk.is_sentence for chunk in pieces.chunks)
    if listed and _lost_names(counted):
        return False
    return any(c.found for c in about or counted)


def _choose(pieces: Cut, index: Index) -> list[Concept]:
    """The concepts; a kana word that the index knows by its reading is one, however the dictionary cut it."""
    torn = [chunk for chunk in pieces.chunks if chunk.read_whole]
    nodes: list[Node] = [Row((reading_token(chunk.read_whole),)) for chunk in torn]
    known = dict(zip(map(id, torn), index.how_many(nodes), strict=True)) if torn else {}
    concepts: list[Concept] = []
    for chunk in pieces.chunks:
        if known.get(id(chunk)):
            concepts.append(_whole(chunk))
        else:
            concepts += [concept for concept in chunk.concepts if concept.weight > 0]
    return concepts


def _whole(chunk: Chunk) -> Concept:
    token: Phrase = (reading_token(chunk.read_whole),)
    alone = chunk.concepts[0] if len(chunk.concepts) == 1 else None
    written = alone.exact if alone else ()
    return Concept(chunk.read_whole, 1.0, (token, *written), reading=chunk.read_whole)


def _count(concepts: Sequence[Concept], index: Index) -> tuple[list[Counted], int]:
    """Each concept with its rarity as weight, and how many entries hold all that the question is about.

    Words that also help, and parts of a word, are asked for only where few entries have the word itself.
    """
    counted = [Counted(concept, levels_of(concept, quick=True)) for concept in concepts]
    total = index.how_large()
    _how_often(counted, index)
    few = [c for c in counted if c.found < ENOUGH]
    for c in few:
        c.levels = levels_of(c.concept)
        if not c.found and any(worth == RELATED for worth, _ in c.levels):  # what nothing holds is not asked for again
            c.levels = tuple((worth, node) for worth, node in c.levels if worth < SAME)
    if few:
        _how_often(few, index)
    for c in counted:
        c.weight = c.concept.weight * math.log(1 + total / (c.found + 0.5))
    everything = under(All, [c.widest for c in _required(counted)])
    return counted, counted[0].found if len(counted) == 1 else index.how_many([everything])[0]


def _how_often(counted: Sequence[Counted], index: Index) -> None:
    for c, count in zip(counted, index.how_many([c.widest for c in counted]), strict=True):
        c.found = count


def _required(counted: Sequence[Counted]) -> list[Counted]:
    most = max(c.concept.weight for c in counted)
    return [c for c in counted if c.concept.weight >= most / 2]


def _valued(pieces: Cut, counted: Sequence[Counted], full: int) -> Weighed:
    whole = sum(c.weight for c in counted)
    least = whole * (LEAST_WITHOUT if _lost_names(counted) and len(counted) <= SHORT else LEAST)
    required = _required(counted)
    enough = full >= ENOUGH or len(counted) == 1
    candidates = under(All, [c.widest for c in required]) if enough else _candidates(counted, least)
    base = 0.0
    gains: list[Gain] = []
    for c in counted:
        certain = enough and c in required  # each candidate has it in one of the wider ways
        before = 0.0
        for worth, node in c.levels:
            more = c.weight * (worth - before)
            if worth >= SAME or full <= MANY:
                gains.append(Gain(node, more * TITLE, in_title=True, counts=False))
            if certain and node is c.widest:
                base += c.weight * worth
            elif not (certain and worth == EXACT and full > MANY):
                gains.append(Gain(node, more))
            before = worth
    beside = whole * SIDE_BY_SIDE / len(counted)
    for run in dict.fromkeys(run for chunk in pieces.chunks for run in chunk.runs):
        gains.append(Gain(Row(run), beside, counts=False))
    return Weighed(candidates, base, gains, 0.0 if enough else least)


def _candidates(counted: Sequence[Counted], least: float) -> Node:
    """Entries that may reach the least: the smallest sets of concepts that weigh enough together."""
    heaviest = sorted((c for c in counted if c.found), key=lambda c: -c.weight)[:HEAVIEST]
    sets: list[frozenset[int]] = []
    for size in range(1, len(heaviest) + 1):
        for chosen in combinations(range(len(heaviest)), size):
            if sum(heaviest[number].weight for number in chosen) < least:
                continue
            if not any(smaller <= frozenset(chosen) for smaller in sets):
                sets.append(frozenset(chosen))
    if not sets:
        return under(Any, [c.levels[0][1] for c in heaviest])
    return under(Any, [under(All, [heaviest[number].levels[0][1] for number in chosen]) for chosen in sets])
