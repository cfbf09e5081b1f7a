"""Groups of words with one meaning, found in a query by spelling, by reading or by romaji."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cms.text.emptywords import says_little
from cms.text.folding import hiragana, is_kana, is_roman, plain, squeeze
from cms.text.romaji import skeleton, to_romaji
from cms.text.words import Word, words

Phrase = tuple[str, ...]
LONGEST_ENTRY = 8  # units of a word of the list that is looked for in a query


@dataclass(frozen=True, slots=True)
class Entry:
    """One group as it is kept: the word, its reading, the words that mean the same, the words that also help."""

    label: str
    reading: str = ""
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(slots=True)
class Group:
    """A group, cut as the index is cut."""

    label: str
    same: tuple[Phrase, ...]
    related: tuple[Phrase, ...]


@lru_cache(maxsize=4096)
def phrases_of(text: str) -> tuple[Phrase, ...]:
    """The ways an index may hold a written word: its short units in a row, or the long word as one."""
    found = [word for word in words(plain(text)) if word.is_content]
    if not found:
        return ()
    ways: dict[Phrase, None] = {tuple(key for word in found for key in word.keys): None}
    ways[tuple(word.key for word in found)] = None
    return tuple(ways)


def reading_of_text(text: str) -> str:
    """The hiragana reading of a short text, or nothing when a part of it has none."""
    found = [word for word in words(plain(text)) if word.is_content or word.reading]
    if any(not word.reading for word in found):
        return ""
    return "".join(word.reading for word in found)


@dataclass(slots=True)
class Thesaurus:
    """All groups, ready to be asked."""

    groups: list[Group] = field(default_factory=list)
    by_phrase: dict[Phrase, list[int]] = field(default_factory=dict)
    by_reading: dict[str, list[int]] = field(default_factory=dict)
    by_skeleton: dict[str, list[int]] = field(default_factory=dict)
    by_roman: dict[str, list[int]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)  # reading -> the word of the list that is read so

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Thesaurus":
        """A thesaurus of these groups."""
        made = cls()
        for entry in entries:
            made._add(entry)
        return made

    def _add(self, entry: Entry) -> None:
        number = len(self.groups)
        written = (entry.label, *entry.aliases)
        same = dict.fromkeys(phrase for word in written for phrase in phrases_of(word))
        related = dict.fromkeys(phrase for word in entry.related for phrase in phrases_of(word))
        helping = (phrase for phrase in related if phrase not in same and not all(map(says_little, phrase)))
        self.groups.append(Group(entry.label, tuple(same), tuple(helping)))
        for phrase in same:
            self.by_phrase.setdefault(phrase, []).append(number)
        readings = {hiragana(entry.reading): entry.label}
        for word in written:
            reading = hiragana(squeeze(plain(word)))
            if is_roman(reading.lower()):
                self.by_roman.setdefault(reading.lower(), []).append(number)
            elif is_kana(reading):
                readings.setdefault(reading, word)
            elif word != entry.label or not entry.reading:
                readings.setdefault(reading_of_text(word), word)
        readings.pop("", None)
        for reading, word in readings.items():
            self.written.setdefault(reading, word)
            self.by_reading.setdefault(reading, []).append(number)
            self.by_skeleton.setdefault(skeleton(to_romaji(reading)), []).append(number)

    def at(self, found: Sequence[Word], start: int) -> tuple[int, list[int]]:
        """How many words from `start` on are a word of the list (0: none), and its groups. The longest wins."""
        for count in range(min(LONGEST_ENTRY, len(found) - start), 0, -1):
            run = found[start : start + count]
            groups = self._of_run(run)
            if groups:
                return count, groups
        return 0, []

    def _of_run(self, run: Sequence[Word]) -> list[int]:
        numbers = dict.fromkeys(
            number
            for phrase in {tuple(key for word in run for key in word.keys), tuple(word.key for word in run)}
            for number in self.by_phrase.get(phrase, ())
        )
        if not numbers:
            surface = "".join(squeeze(word.surface) for word in run).lower()
            reading = hiragana(surface)
            if is_roman(surface):
                numbers = dict.fromkeys(self.by_roman.get(surface, ()) or self.by_skeleton.get(skeleton(surface), ()))
            elif is_kana(reading) and len(reading) > 2:
                numbers = dict.fromkeys(self.by_reading.get(reading, ()))
            elif not all(word.shape.known for word in run) or len(run) > 1:
                numbers = dict.fromkeys(self.by_reading.get("".join(word.reading for word in run), ()))
        return list(numbers)
