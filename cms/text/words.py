"""Words of a text: what of it is kept, and under which key."""

from collections.abc import Iterator
from dataclasses import dataclass

from sudachipy import Morpheme

from cms.text.folding import KANJI, fold_word, hiragana, is_kana, is_roman, plain, squeeze
from cms.text.tokenizer import long_words, parts

EMPTY_KINDS = frozenset({"助詞", "助動詞", "補助記号", "空白", "記号"})
SENTENCE_ENDS = frozenset("。！？!?\n")
I_ROW = frozenset("いきぎしじちぢにひびぴみり")
U_ROW = frozenset("うくぐすずつづぬふぶぷむる")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as a reader sees it (begin and end are offsets in the text that was given, after `plain`)."""

    surface: str
    key: str
    keys: tuple[str, ...]  # of its short units
    reading: str  # hiragana; empty where none is known
    kind: tuple[str, ...]  # Sudachi's part of speech
    begin: int
    end: int
    known: bool
    parts: tuple["Word", ...] = ()

    @property
    def is_content(self) -> bool:
        """Whether it says something; particles and punctuation do not."""
        return bool(self.keys)


def key_of(morpheme: Morpheme) -> str:
    """The key of a unit: the dictionary's spelling, folded; verbs and the nouns made of them have the same.

    Latin words keep their letters (LINE is not ライン). 見守る and 見守り, 申し込む and 申込み become one.
    """
    surface = squeeze(plain(morpheme.surface())).lower()
    if is_roman(surface):
        return surface
    normal = squeeze(plain(morpheme.normalized_form()))
    if not KANJI.search(normal):
        return fold_word(normal)
    kind = morpheme.part_of_speech()
    if len(normal) > 1:
        if kind[0] == "動詞" and normal[-1] in U_ROW:
            return hiragana(normal[:-1]).lower()
        if kind[0] == "名詞" and normal[-1] in I_ROW:
            return hiragana(normal[:-1]).lower()
    return hiragana(normal).lower()


def reading_of(morpheme: Morpheme) -> str:
    """The reading in hiragana, or nothing for Latin words, numbers and signs."""
    surface = squeeze(plain(morpheme.surface())).lower()
    if is_roman(surface):
        return ""
    reading = squeeze(hiragana(plain(morpheme.reading_form())))
    return reading if is_kana(reading) else ""


def _unit(morpheme: Morpheme, shift: int) -> Word:
    kind = morpheme.part_of_speech()
    polite = kind[0] == "接頭辞" and morpheme.normalized_form() == "御"
    key = "" if polite or kind[0] in EMPTY_KINDS else key_of(morpheme)
    return Word(
        surface=morpheme.surface(),
        key=key,
        keys=(key,) if key else (),
        reading=reading_of(morpheme) if key else "",
        kind=kind,
        begin=shift + morpheme.begin(),
        end=shift + morpheme.end(),
        known=not morpheme.is_oov(),
    )


def words(line: str, shift: int = 0) -> Iterator[Word]:
    """The words of one line, with those that say nothing (they have no keys)."""
    for morpheme in long_words(line):
        whole = _unit(morpheme, shift)
        units = [_unit(part, shift) for part in parts(morpheme)]
        keys = tuple(unit.key for unit in units if unit.key)
        if len(units) < 2 or not whole.key:
            yield whole
        else:
            yield Word(
                whole.surface, whole.key, keys or whole.keys, whole.reading, whole.kind,
                whole.begin, whole.end, whole.known, tuple(units),
            )  # fmt: skip
