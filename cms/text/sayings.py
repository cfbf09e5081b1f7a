"""Sayings: short pieces of speech, known again in other endings and spellings.

A saying is the row of its words as the dictionary normalises them, without particles: 学校に行きたくない is
(学校, 行く, たい, ない), and so are 学校いきたくない and 学校、行きたくなくて. Auxiliaries that turn the sense stay in the
row (たい, ない, れる); those that only shade it may stand between (しまう, いる, もう).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from sudachipy import Morpheme, SplitMode

from cms.text.folding import fold_word, hiragana, plain, squeeze
from cms.text.tokenizer import pieces, tokenizer

Name = TypeVar("Name")
Saying = tuple[str, ...]
# Auxiliaries that turn the sense, under one name each.
TURNING = {
    "たい": "たい", "ない": "ない", "ず": "ない", "ぬ": "ない", "へん": "ない", "まい": "ない", "無い": "ない",
    "れる": "れる", "られる": "れる", "せる": "せる", "させる": "せる",
}  # fmt: skip
SHADING = frozenset(map(fold_word, (
    "ている", "仕舞う", "居る", "来る", "成る", "ちゃう", "もう", "又", "本当", "とても", "凄い", "過ぎる", "そう", "今", "直ぐ", "早い",
    "毎日", "少し", "ずっと", "何か", "何も", "余り", "全然", "全く", "夜", "為る",
)))  # fmt: skip
# Words of which the dictionary leaves the kana as it is.
ALSO = {
    "こわい": "怖い",
    "恐い": "怖い",
    "やめる": "辞める",
    "止める": "辞める",
    "ける": "蹴る",
    "かえす": "返す",
    "食む": "食べる",
}
SILENT_KINDS = frozenset({"助詞", "補助記号", "空白", "記号", "接頭辞"})
LET_US = "う"  # what 死のう has and 死ぬ has not
GOING_ON = "ている"  # and its short form てる
MOST_BETWEEN = 2  # shading words between two words of a saying


def _keys(word: Morpheme, before: str) -> Iterator[str]:
    kind = word.part_of_speech()
    normal = squeeze(plain(word.normalized_form()))
    if normal == "てる" or (normal == "居る" and before in {"て", "で"}):
        yield GOING_ON
    elif kind[0] == "助動詞" or (kind[0] == "形容詞" and normal == "無い"):
        if normal in TURNING:
            yield TURNING[normal]
    elif kind[0] not in SILENT_KINDS and (key := fold_word(normal)):
        yield ALSO.get(key, key)
        if "意志推量形" in kind[5]:
            yield LET_US


@lru_cache(maxsize=16_384)
def saying(text: str) -> Saying:
    """The row of a saying; empty for a text that says nothing."""
    return tuple(steps(text))


def steps(text: str) -> list[str]:
    """The words of a text, as far as they say something. Not kept: it may be what a reader typed."""
    found: list[str] = []
    for piece in pieces(text):
        before = ""
        for word in tokenizer().tokenize(piece, SplitMode.C):
            found += _keys(word, before)
            before = word.surface()
    return found


@lru_cache(maxsize=16_384)
def ways(text: str) -> tuple[Saying, ...]:
    """The saying as written, and as it is cut when somebody writes it in kana alone (where that cut is as fine)."""
    written = saying(plain(text))
    words = tokenizer().tokenize(plain(text), SplitMode.C)
    spoken = saying(hiragana("".join(word.reading_form() for word in words))) if len(written) > 1 else ()
    return tuple(dict.fromkeys(way for way in (written, spoken if len(spoken) >= len(written) else ()) if way))


@dataclass(frozen=True, slots=True)
class Heard(Generic[Name]):
    """A saying found in a text: what it stands for, how many words it has, where it stands in the row of words."""

    name: Name
    length: int
    begin: int
    end: int


@dataclass(slots=True)
class Sayings(Generic[Name]):
    """Many sayings, each standing for something, ready to be heard in a text."""

    by_first: dict[str, list[tuple[Saying, Name]]] = field(default_factory=dict)

    @classmethod
    def of(cls, named: Mapping[Name, Iterable[str]], as_written: frozenset[str] = frozenset()) -> "Sayings[Name]":
        """{name: its sayings as people write them}; those of `as_written` mean something else in kana."""
        made: Sayings[Name] = cls()
        for name, texts in named.items():
            for text in texts:
                for way in (saying(plain(text)),) if text in as_written else ways(text):
                    if way and (way, name) not in (known := made.by_first.setdefault(way[0], [])):
                        known.append((way, name))
        return made

    def heard(self, row: Sequence[str]) -> list[Heard[Name]]:
        """All sayings in a row of words."""
        found = []
        for begin, key in enumerate(row):
            for way, name in self.by_first.get(key, ()):
                end = _end_of(way, row, begin)
                if end:
                    found.append(Heard(name, len(way), begin, end))
        return found


def _end_of(way: Saying, row: Sequence[str], begin: int) -> int:
    """Where the saying ends that begins there; 0 when it does not stand there."""
    at = begin + 1
    for key in way[1:]:
        passed = 0
        while at < len(row) and row[at] != key and row[at] in SHADING and passed < MOST_BETWEEN:
            at, passed = at + 1, passed + 1
        if at >= len(row) or row[at] != key:
            return 0
        at += 1
    return at
