"""Words of a text: what of it is kept, and under which key."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sudachipy import Morpheme, SplitMode

from cms.text.folding import KANJI, fold_word, hiragana, is_kana, is_roman, plain, squeeze
from cms.text.tokenizer import LONGEST, parts, tokenizer

EMPTY_KINDS = frozenset({"助詞", "助動詞", "補助記号", "空白", "記号"})
SENTENCE_ENDS = frozenset("。！？!?\n")
KIN = "kin"  # marks a group of synonyms, before Sudachi's number of it
I_ROW = frozenset("いきぎしじちぢにひびぴみり")
U_ROW = frozenset("うくぐすずつづぬふぶぷむる")


@dataclass(frozen=True, slots=True)
class Shape:
    """What the dictionary says of a word, wherever it stands."""

    key: str
    keys: tuple[str, ...]  # of its short units; empty for particles and punctuation
    reading: str  # hiragana; empty where none is known
    kind: tuple[str, ...]  # Sudachi's part of speech
    known: bool
    surface: str
    parts: tuple["Shape", ...] = ()
    kin: tuple[str, ...] = ()  # tokens of the dictionary's groups of synonyms: 老人, 高齢者 and シニア share one


@dataclass(frozen=True, slots=True)
class Word:
    """A word as a reader sees it (begin and end are offsets in the line that was given)."""

    surface: str
    begin: int
    end: int
    shape: Shape

    @property
    def is_content(self) -> bool:
        """Whether it says something; particles and punctuation do not."""
        return bool(self.shape.keys)

    @property
    def key(self) -> str:
        """The key of the word as a whole."""
        return self.shape.key

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its short units."""
        return self.shape.keys

    @property
    def reading(self) -> str:
        """Its reading in hiragana, if any."""
        return self.shape.reading


def key_of(morpheme: Morpheme) -> str:
    """The key of a unit: the dictionary's spelling, folded; verbs and the nouns made of them have the same.

    Latin words keep their letters (LINE is not ライン). 見守る and 見守り, 申し込む and 申込み become one.
    """
    surface = squeeze(plain(morpheme.surface())).lower()
    if is_roman(surface):
        return singular(surface)
    normal = squeeze(plain(morpheme.normalized_form()))
    if not KANJI.search(normal):
        return fold_word(normal)
    kind = morpheme.part_of_speech()
    if len(normal) > 1 and ((kind[0] == "動詞" and normal[-1] in U_ROW) or (kind[0] == "名詞" and normal[-1] in I_ROW)):
        normal = normal[:-1]
    return hiragana(normal).lower()


def singular(word: str) -> str:
    """English nouns in the plural lose their s: volunteers, foreigners."""
    return word[:-1] if len(word) > 4 and word.isalpha() and word[-1] == "s" and word[-2] not in "sui" else word


def reading_of(morpheme: Morpheme) -> str:
    """The reading in hiragana, or nothing for Latin words, numbers and signs."""
    if is_roman(squeeze(plain(morpheme.surface())).lower()):
        return ""
    reading = squeeze(hiragana(plain(morpheme.reading_form())))
    return reading if is_kana(reading) else ""


_shapes: dict[int, Shape] = {}  # by Sudachi's number of the word; the dictionary is finite


def shape_of(morpheme: Morpheme) -> Shape:
    """The shape, made once for each word of the dictionary."""
    known = not morpheme.is_oov()
    if known and (kept := _shapes.get(morpheme.word_id())):
        return kept
    unit = _unit(morpheme, known)
    units = tuple(_unit(part, not part.is_oov()) for part in parts(morpheme)) if unit.key else ()
    if len(units) > 1:
        keys = tuple(part.key for part in units if part.key)
        unit = replace(unit, keys=keys or unit.keys, parts=units)
    if known:
        _shapes[morpheme.word_id()] = unit
    return unit


def _unit(morpheme: Morpheme, known: bool) -> Shape:
    kind = morpheme.part_of_speech()
    polite = kind[0] == "接頭辞" and morpheme.normalized_form() == "御"
    key = "" if polite or kind[0] in EMPTY_KINDS else key_of(morpheme)
    kin = tuple(f"{KIN}{number}" for number in morpheme.synonym_group_ids()) if key else ()
    reading = reading_of(morpheme) if key else ""
    return Shape(key, (key,) if key else (), reading, kind, known, morpheme.surface(), kin=kin)


def words(line: str) -> Iterator[Word]:
    """The words of one line, with those that say nothing (they have no keys)."""
    for start in range(0, len(line), LONGEST):
        for morpheme in tokenizer().tokenize(line[start : start + LONGEST], SplitMode.C):
            begin, end = start + morpheme.begin(), start + morpheme.end()
            yield Word(morpheme.surface(), begin, end, shape_of(morpheme))
