"""Search in what has no public index: the words of a record are kept beside it, and asked for with `LIKE`.

For hundreds or a few thousand private records that are already narrowed to what the reader may see; the public index
(`cms.search.query`) never holds them. Same cutting, same words for the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from cms.search.terms import current_thesaurus
from cms.text.cutting import Concept, cut
from cms.text.folding import plain, squeeze
from cms.text.indexing import reading_token
from cms.text.words import words

SIDE = " | "  # phrases never reach over it


def words_for(*texts: str) -> str:
    """What a record keeps of its texts: keys of the short units, of the long words, readings, and the letters as one."""
    lines: list[str] = []
    for text in texts:
        found = [word for word in words(plain(text)) if word.is_content]
        lines.append(" ".join(key for word in found for key in word.keys))
        lines.append(" ".join(word.key for word in found))
        lines.append(" ".join(reading_token(word.reading) for word in found if word.reading))
        lines.append(squeeze(plain(text)).lower())
    return f" {SIDE.join(line for line in lines if line)} "


def asked_for(text: str, field: str) -> tuple[Q, Q] | None:
    """(everything that is asked for, any of it) as conditions on that field; None when nothing is asked."""
    found = wanted(text)
    if found is None:
        return None
    letters, ways = found
    as_typed = Q(**{f"{field}__contains": letters})
    every, some = Q(), as_typed
    for way in (any_of(needles, field) for needles in ways):
        every, some = every & way, some | way
    return (every | as_typed if ways else as_typed), some


def any_of(needles: Iterable[str], field: str) -> Q:
    """The field holds one of them."""
    found = Q()
    for needle in needles:
        found |= Q(**{f"{field}__contains": needle})
    return found


def wanted(text: str) -> tuple[str, list[list[str]]] | None:
    """What to look for in `words_for`: the letters as typed, and for each thing that is asked for the ways to say it.

    For records whose words are sealed: the caller opens them and looks with `in`. None when nothing is asked.
    """
    letters = squeeze(plain(text)).lower()
    if not letters:
        return None
    concepts = [concept for concept in cut(text, current_thesaurus()).concepts if concept.weight > 0]
    return letters, [said(concept) for concept in concepts]


def said(concept: Concept) -> list[str]:
    """The ways to say it that the word list and the dictionary know, as they stand in `words_for`."""
    phrases: Iterable[tuple[str, ...]] = dict.fromkeys((*concept.exact, *concept.same, *concept.kin))
    return [squeeze(plain(concept.surface)).lower(), *(f" {' '.join(phrase)} " for phrase in phrases if phrase)]
