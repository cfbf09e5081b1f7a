"""Which concerns of the finder a text tells of: by their names and words, by the word list, by readings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cms.search.terms import current_thesaurus, entries
from cms.text.folding import fold_word
from cms.text.sayings import Heard, Sayings, steps
from cms.text.slips import near, read
from cms.text.thesaurus import Entry
from directory.models import Concern

BREAKS = re.compile(r"[\s・、,，/／]+")
SAME, RELATED = 1.0, 0.4  # a word of the concern or another word for it; a word that only helps
ENOUGH = 0.3  # of the best: concerns below it are left out
MOST = 3
LONGEST_WORD = 24  # letters of a word that a slip is looked for in

Name = tuple[int, float]  # the concern's key, and how much its saying counts


@dataclass(frozen=True)
class ConcernWords:
    """The sayings of all concerns, and their words by reading."""

    sayings: Sayings[Name]
    readings: dict[str, str]

    @classmethod
    def of(cls, concerns: Sequence[Concern], terms: Sequence[Entry]) -> ConcernWords:
        """Each word of a concern stands for its group in the word list as well."""
        groups: dict[str, list[Entry]] = {}
        helping: dict[str, list[Entry]] = {}
        for entry in terms:
            for word in (entry.label, *entry.aliases):
                groups.setdefault(fold_word(word), []).append(entry)
            for word in entry.related:
                helping.setdefault(fold_word(word), []).append(entry)
        named: dict[Name, dict[str, None]] = {}
        for concern in concerns:
            for word in words_of(concern):
                same, related = named.setdefault((concern.pk, SAME), {}), named.setdefault((concern.pk, RELATED), {})
                same[word] = None
                for entry in groups.get(fold_word(word), ()):
                    same |= dict.fromkeys((entry.label, *entry.aliases))
                for entry in helping.get(fold_word(word), ()):
                    related[entry.label] = None
        own = {word: None for concern in concerns for word in words_of(concern)}
        return cls(Sayings.of(named), read(own))


def words_of(concern: Concern) -> list[str]:
    """The parts of its name and its other words."""
    return [word for word in BREAKS.split(f"{concern.name} {concern.aliases}") if word]


_lock = Lock()
_kept: tuple[object, ConcernWords] | None = None


def concern_words(concerns: Sequence[Concern]) -> ConcernWords:
    """The words of these concerns, cut once, kept until a concern or a term changes."""
    global _kept
    state = (id(current_thesaurus()), tuple((one.pk, one.name, one.aliases) for one in concerns))
    with _lock:
        if _kept is None or _kept[0] != state:
            _kept = (state, ConcernWords.of(concerns, entries()))
        return _kept[1]


def told_of(typed: Sequence[str], concerns: Sequence[Concern], urgent: Sayings[str] | None = None) -> list[Concern]:
    """The concerns that a text tells of in any way it may have been typed, most of it first; none when it does not.

    What stands inside an `urgent` saying tells of nothing else: 死んだほうがいい is no word of mourning.
    """
    known = concern_words(concerns)
    counts = _counted(typed, known.sayings, urgent)
    counts = counts or _counted(_without_slips(typed[:1], known), known.sayings, urgent)
    best = max(counts.values(), default=0.0)
    chosen = [one for one in concerns if counts.get(one.pk, 0.0) >= max(best * ENOUGH, RELATED)]
    return sorted(chosen, key=lambda one: -counts[one.pk])[:MOST]


def _counted(typed: Sequence[str], sayings: Sayings[Name], urgent: Sayings[str] | None) -> dict[int, float]:
    """How much each concern counts; of the ways of typing, the one that says most."""
    counts: dict[int, float] = {}
    for way in typed:
        row = steps(way)
        found: dict[int, float] = {}
        for one in _longest(sayings.heard(row), urgent.heard(row) if urgent else []):
            concern, worth = one.name
            found[concern] = found.get(concern, 0.0) + worth * one.length
        for concern, count in found.items():
            counts[concern] = max(counts.get(concern, 0.0), count)
    return counts


def _longest(heard: Sequence[Heard[Name]], urgent: Sequence[Heard[str]]) -> list[Heard[Name]]:
    """What no longer saying covers; of a concern, each place once, at its best."""
    best: dict[tuple[int, int], Heard[Name]] = {}
    every: list[Heard[Any]] = [*heard, *urgent]
    places = [(other.length, other.begin, other.end) for other in every]
    for one in heard:
        if any(length > one.length and begin <= one.begin and one.end <= end for length, begin, end in places):
            continue
        key = (one.name[0], one.begin)
        if key not in best or best[key].name[1] < one.name[1]:
            best[key] = one
    return list(best.values())


def _without_slips(typed: Sequence[str], known: ConcernWords) -> list[str]:
    """The text with its words taken for the nearest ones that are known, where a letter or two differ."""
    corrected = []
    for way in typed:
        for piece in BREAKS.split(way):
            slip = (
                near(piece, "", [known.readings, current_thesaurus().written]) if len(piece) <= LONGEST_WORD else None
            )
            if slip is not None:
                corrected.append(slip.label)
    return corrected
