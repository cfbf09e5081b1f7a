"""Names that were handed in: the directory's organisations, a city's gazetteer, and the author's own list for one text.

The names are put in order by their first two signs once, and a text is walked once: 20,000 names cost no more than 20.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import MAP, Flat

SHORTEST_KNOWN = 2
LISTS_KEPT = 8  # a process knows the directory's names, and perhaps a city's

Index = dict[str, tuple[str, ...]]


def _flat_name(name: str) -> str:
    flat = name.translate(MAP).strip()
    folded = flat.casefold()
    return folded if len(folded) == len(flat) else flat


def _index(names: Iterable[str], shortest: int) -> Index:
    """First signs → the names that begin so, the longest first (緑町保育園 before 緑町)."""
    grouped: dict[str, set[str]] = {}
    for name in names:
        known = _flat_name(name)
        if len(known) >= shortest:
            grouped.setdefault(known[:SHORTEST_KNOWN], set()).add(known)
    return {start: tuple(sorted(known, key=lambda n: (-len(n), n))) for start, known in grouped.items()}


@lru_cache(maxsize=LISTS_KEPT)
def _known(names: frozenset[str]) -> Index:
    return _index(names, SHORTEST_KNOWN)


def _occurrences(text: str, index: Index) -> Iterator[tuple[int, int]]:
    """Every name at every place where one begins; the longest there, and none inside another."""
    if not index:
        return
    pairs = zip(text, text[1:] + "\0", strict=False)  # of an empty text there are none
    begins = [place for place, (one, two) in enumerate(pairs) if one + two in index or one in index]
    done = 0
    for place in begins:
        if place < done:
            continue
        candidates = (*index.get(text[place : place + SHORTEST_KNOWN], ()), *index.get(text[place], ()))
        name = next((name for name in candidates if text.startswith(name, place)), None)
        if name is not None:
            done = place + len(name)
            yield place, done


def find(flat: Flat, *, names: Iterable[str], author_names: Iterable[str]) -> Iterator[Finding]:
    """Every occurrence of every name, whatever its width; letters without regard to case."""
    folded = flat.text.casefold()
    text = folded if len(folded) == len(flat.text) else flat.text
    for start, end in _occurrences(text, _known(frozenset(names))):
        certainty = Certainty.SURE if end - start > SHORTEST_KNOWN else Certainty.PERHAPS
        yield Finding(start, end, Kind.ORGANIZATION, certainty, "known-name")
    # The author's own names are kept nowhere: they pass by the memory of lists.
    for start, end in _occurrences(text, _index(author_names, 1)):
        yield Finding(start, end, Kind.PERSON, Certainty.SURE, "author-list")
