"""A reader's question, cut into what it asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cms.text.days import day_tokens
from cms.text.emptywords import weight_of
from cms.text.folding import KANJI, hiragana, is_kana, is_roman, plain, squeeze
from cms.text.indexing import reading_token
from cms.text.thesaurus import Phrase, Thesaurus
from cms.text.words import Word, words

MOST_CHARACTERS = 200
MOST_WORDS = 16
BREAKS = re.compile(r"[\s,、。．！？!?;:；：「」『』()（）\[\]【】<>＜＞\"'“”‘’/／|｜&＆+＋*＊~〜～…]+")
ENGLISH = re.compile(r"[A-Za-z\u00c0-\u017f][A-Za-z\u00c0-\u017f .-]*")
LINKS = frozenset("のとや")  # particles that a list of words may have


@dataclass(slots=True)
class Concept:
    """One thing asked for, in the ways a page may say it."""

    surface: str
    weight: float
    exact: tuple[Phrase, ...]  # as asked
    same: tuple[Phrase, ...] = ()  # other words for it
    kin: tuple[Phrase, ...] = ()  # its groups in the dictionary of synonyms
    related: tuple[Phrase, ...] = ()  # words that also help
    pieces: tuple[Phrase, ...] = ()  # parts of the word
    reading: str = ""
    in_list: bool = False  # a word of the term list
    known: bool = True  # the dictionary or the list has it
    is_plain: bool = False  # written without kanji
    is_name: bool = False  # names a thing: 予約 and 暇 do not, ゴルフ and パスポート do


@dataclass(slots=True)
class Chunk:
    """What stood between two spaces. `read_whole`: a kana word that the dictionary may have torn apart."""

    concepts: list[Concept] = field(default_factory=list)
    runs: list[Phrase] = field(default_factory=list)  # words that stand side by side in the question
    read_whole: str = ""
    text: str = ""
    reading: str = ""
    is_sentence: bool = False


@dataclass(slots=True)
class Cut:
    """A question in pieces. `text` is what was kept of it."""

    text: str
    chunks: list[Chunk] = field(default_factory=list)

    @property
    def concepts(self) -> list[Concept]:
        """All that is asked for."""
        return [concept for chunk in self.chunks for concept in chunk.concepts]


def cut(text: str, thesaurus: Thesaurus) -> Cut:
    """The pieces of the first 200 characters and 16 words; nothing a reader types raises."""
    made = Cut(plain(text[:MOST_CHARACTERS]).strip())
    rest = made.text
    for begin, end, token in day_tokens(made.text):
        if len(token) > 5 or not made.chunks:
            made.chunks.append(Chunk([Concept(made.text[begin:end], 1.0, ((token,),))]))
        rest = rest[:begin] + " " * (end - begin) + rest[end:]
    room = MOST_WORDS
    for part in _parts(rest):
        if room <= 0:
            break
        chunk = _chunk(part, thesaurus, room)
        if chunk.concepts or chunk.read_whole:
            made.chunks.append(chunk)
            room -= max(1, len(chunk.concepts))
    _wake_if_silent(made)
    return made


def _parts(text: str) -> list[str]:
    """What stands between spaces and signs; English words stay together, they have spaces inside: single mother."""
    parts: list[str] = []
    for part in BREAKS.split(text):
        if part and parts and ENGLISH.fullmatch(part) and ENGLISH.fullmatch(parts[-1]):
            parts[-1] += " " + part
        elif part:
            parts.append(part)
    return parts


def _chunk(text: str, thesaurus: Thesaurus, room: int) -> Chunk:
    chunk = Chunk(text=text)
    kana = hiragana(squeeze(text))
    if is_kana(kana) and 2 <= len(kana) <= 24:
        if kana in thesaurus.by_reading:
            numbers = thesaurus.by_reading[kana]
            chunk.concepts.append(_of_groups(text, ((reading_token(kana),), (kana,)), numbers, thesaurus, 1.0, kana))
            return chunk
        head, known, tail = _known_inside(kana, thesaurus)
        if known:
            for part in (head, known, tail):
                inner = _chunk(part, thesaurus, room) if part else Chunk()
                chunk.concepts += inner.concepts
            return chunk
        chunk.read_whole = kana if len(kana) > 2 else ""
    everything = list(words(text))
    found = [word for word in everything if word.is_content][:room]
    chunk.is_sentence = any(w.shape.kind[0] in {"助詞", "助動詞"} and w.surface not in LINKS for w in everything)
    chunk.reading = "".join(word.reading or word.key for word in found)
    position = 0
    while position < len(found):
        count, numbers = thesaurus.at(found, position)
        run = found[position : position + max(count, 1)]
        chunk.concepts.append(_of_run(text, run, numbers, thesaurus))
        position += max(count, 1)
    chunk.runs = _runs(text, found)
    if len(found) == 1 and len(found[0].keys) == 1:
        chunk.read_whole = "" if found[0].shape.known else chunk.read_whole
    return chunk


def _known_inside(kana: str, thesaurus: Thesaurus, shortest: int = 4) -> tuple[str, str, str]:
    """The longest word of the list inside a run of kana: にんちしょうのそうだん."""
    for length in range(len(kana) - 1, shortest - 1, -1):
        for start in range(len(kana) - length + 1):
            if kana[start : start + length] in thesaurus.by_reading:
                return kana[:start], kana[start : start + length], kana[start + length :]
    return "", "", ""


def _of_groups(
    surface: str,
    exact: tuple[Phrase, ...],
    numbers: Sequence[int],
    thesaurus: Thesaurus,
    weight: float,
    reading: str,
) -> Concept:
    groups = [thesaurus.groups[number] for number in numbers]
    same = dict.fromkeys(phrase for group in groups for phrase in group.same if phrase not in exact)
    related = dict.fromkeys(phrase for group in groups for phrase in group.related if phrase not in same)
    return Concept(surface, weight, exact, tuple(same), (), tuple(related), (), reading, bool(groups))


def _of_run(text: str, run: Sequence[Word], numbers: Sequence[int], thesaurus: Thesaurus) -> Concept:
    exact = dict.fromkeys((tuple(key for word in run for key in word.keys), tuple(word.key for word in run)))
    surface = text[run[0].begin : run[-1].end]
    reading = "".join(word.reading for word in run)
    weight = max(weight_of(word.shape) for word in run)
    if numbers:
        weight = max(weight, 0.3 if len(run) == 1 else 0.8)
    if is_kana(hiragana(squeeze(surface))) and len(reading) > 2 and len(run) == 1 and not run[0].keys[0].isascii():
        exact[(reading_token(hiragana(squeeze(surface))),)] = None
    concept = _of_groups(surface, tuple(exact), numbers, thesaurus, weight, reading)
    concept.known = bool(numbers) or all(word.shape.known for word in run)
    concept.is_name = any(_names(word) for word in run)
    if len(run) == 1:
        concept.kin = tuple((token,) for token in run[0].shape.kin)
    concept.is_plain = not KANJI.search(surface)
    units = [part for word in run for part in (word.shape.parts or (word.shape,))]
    if len(units) > 1:
        concept.pieces = tuple((unit.key,) for unit in units if len(unit.surface) > 1 and weight_of(unit) > 0)
    return concept


def _names(word: Word) -> bool:
    kind = word.shape.kind
    if is_roman(word.key):
        return False  # an English sentence has words that no page has
    return kind[0] == "名詞" and (not word.shape.known or kind[1] == "固有名詞" or kind[1:3] == ("普通名詞", "一般"))


def _runs(text: str, found: Sequence[Word]) -> list[Phrase]:
    """Neighbours in the question (nothing, or の, between them) that should be neighbours on the page."""
    runs = []
    for one, other in pairwise(found):
        between = text[one.end : other.begin]
        if between in {"", "の"}:
            runs.append((*one.keys, *other.keys))
    return runs


def _wake_if_silent(made: Cut) -> None:
    """A question of nothing but small words (相談したい) asks for them after all."""
    concepts = made.concepts
    if concepts and not any(concept.weight > 0 for concept in concepts):
        for concept in concepts:
            concept.weight = 0.5
