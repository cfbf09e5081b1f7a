"""Slips of typing: the nearest word by reading."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cms.text.folding import fold_word, hiragana, is_roman, squeeze
from cms.text.romaji import skeleton, to_romaji
from cms.text.thesaurus import Phrase, phrases_of, reading_of_text

SHORTEST = 4  # kana; below it everything is near everything
LONG = 7  # kana; from there on two edits are a slip


@dataclass(frozen=True, slots=True)
class Slip:
    """What was probably meant."""

    label: str
    phrases: tuple[Phrase, ...]


def read(names: Iterable[str]) -> dict[str, str]:
    """Names by their reading."""
    return {reading_of_text(name) or hiragana(squeeze(name)): name for name in names}


def distance(one: str, other: str, most: int) -> int:
    """Edits between two words (insert, delete, replace, swap neighbours), or most + 1 when there are more."""
    if abs(len(one) - len(other)) > most or len(set(one) - set(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def near(typed: str, reading: str, vocabularies: Iterable[Mapping[str, str]], most: int = 2) -> Slip | None:
    """The word whose reading is nearest: at most one edit below seven kana, two from there on."""
    surface = squeeze(typed).lower()
    roman = is_roman(surface)
    wanted = skeleton(surface) if roman else (reading or hiragana(fold_word(surface)))
    if len(wanted) < SHORTEST or surface.isdigit():
        return None
    most = min(most, 1 if len(wanted) < LONG else 2)
    best: tuple[int, str] | None = None
    for other, label in _candidates(vocabularies, roman):
        edits = distance(wanted, other, most if best is None else best[0] - 1)
        if edits <= most and (best is None or edits < best[0]):
            best = (edits, label)
            if not edits:
                break
    return Slip(best[1], phrases_of(best[1])) if best else None


def _candidates(vocabularies: Iterable[Mapping[str, str]], roman: bool) -> Iterator[tuple[str, str]]:
    for vocabulary in vocabularies:
        for reading, label in vocabulary.items():
            if len(reading) >= SHORTEST:
                yield (skeleton(to_romaji(reading)) if roman else reading), label
