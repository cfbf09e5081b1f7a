"""Names that were handed in: the directory's organisations, and the author's own list for one text."""

from collections.abc import Iterable, Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import MAP, Flat

SHORTEST_KNOWN = 2


def _flat_name(name: str) -> str:
    return name.translate(MAP).strip()


def _occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    place = text.find(name)
    while place != -1:
        yield place, place + len(name)
        place = text.find(name, place + len(name))


def find(flat: Flat, *, names: Iterable[str], author_names: Iterable[str]) -> Iterator[Finding]:
    """Every occurrence of every name, whatever its width; letters without regard to case."""
    text = flat.text.casefold() if len(flat.text.casefold()) == len(flat.text) else flat.text
    for name in {_flat_name(name).casefold() for name in names}:
        if len(name) >= SHORTEST_KNOWN:
            certainty = Certainty.SURE if len(name) > SHORTEST_KNOWN else Certainty.PERHAPS
            for start, end in _occurrences(text, name):
                yield Finding(start, end, Kind.ORGANIZATION, certainty, "known-name")
    for name in {_flat_name(name).casefold() for name in author_names}:
        if name:
            for start, end in _occurrences(text, name):
                yield Finding(start, end, Kind.PERSON, Certainty.SURE, "author-list")
