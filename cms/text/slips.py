"""Slips of typing: the nearest word by reading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cms.text.folding import fold_word, hiragana, is_roman, squeeze
from cms.text.romaji import skeleton, to_romaji
from cms.text.thesaurus import Phrase, Thesaurus, phrases_of, reading_of_text

SHORTEST = 4  # kana; below it everything is near everything


@dataclass(frozen=True, slots=True)
class Slip:
    """What was probably meant."""

    label: str
    phrases: tuple[Phrase, ...]


@dataclass(slots=True)
class Vocabulary:
    """Words by reading."""

    by_reading: dict[str, str] = field(default_factory=dict)
    thesaurus: Thesaurus = field(default_factory=Thesaurus)

    @classmethod
    def of(cls, thesaurus: Thesaurus, more: Iterable[str] = ()) -> "Vocabulary":
        """The words of the list, and more."""
        made = cls(thesaurus=thesaurus)
        for reading, numbers in thesaurus.by_reading.items():
            made.by_reading[reading] = thesaurus.groups[numbers[0]].label
        for word in more:
            reading = reading_of_text(word) or hiragana(squeeze(word))
            made.by_reading.setdefault(reading, word)
        return made


def distance(one: str, other: str, most: int) -> int:
    """Edits between two words (insert, delete, replace, swap neighbours), or most + 1 when there are more."""
    if abs(len(one) - len(other)) > most:
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
    return last[-1]


def near(typed: str, reading_typed: str, vocabulary: Vocabulary) -> Slip | None:
    """The word whose reading is nearest: one edit below seven kana, two from there on."""
    surface = squeeze(typed).lower()
    if is_roman(surface):
        wanted, candidates = skeleton(surface), _skeletons(vocabulary)
    else:
        wanted, candidates = reading_typed or hiragana(fold_word(surface)), iter(vocabulary.by_reading.items())
    if len(wanted) < SHORTEST or surface.isdigit():
        return None
    most = 1 if len(wanted) < 7 else 2
    best: tuple[int, str] | None = None
    for reading, label in candidates:
        if len(reading) < SHORTEST:
            continue
        edits = distance(wanted, reading, most)
        if edits <= most and (best is None or edits < best[0]):
            best = (edits, label)
            if not edits:
                break
    return Slip(best[1], phrases_of(best[1])) if best else None


def _skeletons(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    return ((skeleton(to_romaji(reading)), label) for reading, label in vocabulary.by_reading.items())
