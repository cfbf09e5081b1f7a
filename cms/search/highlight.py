"""The piece of a text that answers, with the words that were asked for marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from modelsearch.index import SearchField

from cms.search.terms import current_thesaurus
from cms.text.cutting import cut
from cms.text.days import day_tokens
from cms.text.folding import UNSTORABLE, plain
from cms.text.indexing import reading_token
from cms.text.thesaurus import Phrase
from cms.text.words import Word, words

WIDTH = 120  # characters of a snippet
READ = 4_000  # characters of a text that are looked through
LONGEST_PHRASE = 8


@dataclass(frozen=True, slots=True)
class Highlighter:
    """Marks the words of one question in any text."""

    phrases: frozenset[Phrase]

    @classmethod
    def of(cls, question: str) -> "Highlighter":
        """For the words of a question and the other words for them."""
        concepts = [c for c in cut(question, current_thesaurus()).concepts if c.weight > 0]
        return cls(frozenset(phrase for c in concepts for phrase in (*c.exact, *c.same) if phrase))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """(begin, end) of what was asked for, in the order of the text, never overlapping."""
        found = [word for word in words(text) if word.is_content]
        marked: list[tuple[int, int]] = []
        position = 0
        while position < len(found):
            count = self._length_at(found, position)
            if count:
                marked.append((found[position].begin, found[position + count - 1].end))
            position += max(count, 1)
        return sorted([*marked, *self._days(text)])

    def _days(self, text: str) -> list[tuple[int, int]]:
        if len(plain(text)) != len(text):
            return []  # offsets would not fit
        return [(begin, end) for begin, end, token in day_tokens(text) if (token,) in self.phrases]

    def _length_at(self, found: Sequence[Word], position: int) -> int:
        """How many words from here on are what was asked for."""
        word = found[position]
        if self._is_asked(word):
            return 1
        keys: list[str] = []
        for count, other in enumerate(found[position : position + LONGEST_PHRASE], 1):
            keys += other.keys
            if count > 1 and tuple(keys) in self.phrases:
                return count
        return 0

    def _is_asked(self, word: Word) -> bool:
        ways = {(word.key,), word.keys, *((key,) for key in word.keys)}
        if len(word.reading) > 1:
            ways.add((reading_token(word.reading),))
        return not ways.isdisjoint(self.phrases)

    def marked(self, text: str) -> SafeString:
        """The text with <mark> around what was asked for; everything else escaped."""
        text = UNSTORABLE.sub(" ", text)
        return _drawn(text, self.spans(text), 0, len(text))

    def snippet(self, text: str, width: int = WIDTH) -> SafeString:
        """The stretch with most of what was asked for, or the beginning."""
        text = " ".join(UNSTORABLE.sub(" ", text[:READ]).split())
        marked = self.spans(text)
        start = _densest(marked, width)
        start = max(0, min(start - width // 6, len(text) - width)) if marked else 0
        end = min(len(text), start + width)
        before, after = ("…" if start else ""), ("…" if end < len(text) else "")
        return mark_safe(before + _drawn(text, marked, start, end) + after)


def _densest(marked: Sequence[tuple[int, int]], width: int) -> int:
    """Where the stretch begins that holds most marks; the first of equals."""
    best, most = 0, 0
    for begin, _ in marked:
        count = sum(begin <= one and other <= begin + width * 5 // 6 for one, other in marked)
        if count > most:
            best, most = begin, count
    return best


def _drawn(text: str, marked: Sequence[tuple[int, int]], start: int, end: int) -> SafeString:
    out: list[str] = []
    at = start
    for begin, finish in marked:
        begin, finish = max(begin, at), min(finish, end)
        if begin >= finish:
            continue
        out += [conditional_escape(text[at:begin]), "<mark>", conditional_escape(text[begin:finish]), "</mark>"]
        at = finish
    out.append(conditional_escape(text[at:end]))
    return mark_safe("".join(out))


def text_of(record: Any) -> str:
    """What the index has of a record besides its title."""
    values = (
        field.get_value(record)
        for field in record.get_search_fields()
        if isinstance(field, SearchField) and field.field_name != "title"
    )
    return " ".join(part for value in values for part in _strings(value))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list | tuple):
        return [part for one in value for part in _strings(one)]
    if isinstance(value, dict):
        return [part for one in value.values() for part in _strings(one)]
    return []
