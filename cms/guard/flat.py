"""The text in a form that rules can read, character for character: every offset stays valid."""

import re
from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from sudachipy import Morpheme

from cms.text.tokenizer import LONGEST, tokenizer

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ！ … ～ to ! … ~
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－ｰ"), ord("-"))
# Old and rare forms of signs in names, so that the dictionary knows them: 髙橋, 﨑山, 濵田.
OLD_SIGNS = dict(
    zip(
        map(ord, "髙﨑濵濱邊邉齋齊眞澤廣櫻嶋惠國德栁槇曾彌祐飯禮龍瀧藏應榮實壽髮塚﨟"),
        map(ord, "高崎浜浜辺辺斎斉真沢広桜島恵国徳柳槙曽弥祐飯礼竜滝蔵応栄実寿髪塚臈"),
        strict=True,
    )
)
SPACES = {0x3000: 0x20, 0xA0: 0x20, 0x2007: 0x20, 0x202F: 0x20, 0x09: 0x20}
UNREADABLE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, 0x0D, *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000)], 0x20)
MAP = {**OLD_SIGNS, 0x20BB7: ord("吉"), 0xFA10: ord("塚"), **WIDE, **DASHES, **SPACES, **UNREADABLE}
PEOPLE = re.compile(
    r"さん|さま|様|氏|くん|ちゃん|先生|[父母夫妻]|息子|娘|長男|長女|本人|担当|相談|来所|訪問|利用者|歳|私|わたし|電話|受話|名乗|[♀♂]|家族|奥さん|世帯|職員|入院|同居|彼女|彼が|彼は|友人|上司|同僚"
)
INVITES = re.compile(r"会場|定員|参加費|申込|申し込み|お知らせ|ご案内|講師|主催|募集|開催|対象")
LONG_VOWEL_BETWEEN_DIGITS = re.compile(r"(?<=\d)ー(?=\d)")
KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
KANJI_DIGIT_RUN = re.compile(
    r"[〇零一二三四五六七八九](?:[\-()・ ]?[〇零一二三四五六七八九])+(?:の[〇零一二三四五六七八九]{2,4})*"
)


class Token(NamedTuple):
    """A word of Sudachi (mode C) with its place in the whole text."""

    surface: str
    kind: tuple[str, ...]
    start: int
    end: int
    known: bool

    @property
    def is_name(self) -> bool:
        """Sudachi holds it for a person's name."""
        return self.kind[1] == "固有名詞" and self.kind[2] == "人名"

    @property
    def is_proper(self) -> bool:
        """A name of something, or a word that no dictionary has."""
        return self.kind[1] == "固有名詞" or not self.known

    @property
    def is_noun(self) -> bool:
        """Nouns and what sticks to them."""
        return self.kind[0] in {"名詞", "接頭辞", "接尾辞", "記号"}


_kinds: dict[int, tuple[str, ...]] = {}  # a thousand at most: the dictionary's own list


def _kind(morpheme: Morpheme) -> tuple[str, ...]:
    """Its part of speech; each is fetched from the dictionary once."""
    number = morpheme.part_of_speech_id()
    if number not in _kinds:
        _kinds[number] = tuple(morpheme.part_of_speech())
    return _kinds[number]


class Flat:
    """A text, its half-width twin of the same length, and its words."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.text = LONG_VOWEL_BETWEEN_DIGITS.sub("-", text.translate(MAP))

    @cached_property
    def numbers(self) -> str:
        """The same with runs of kanji digits as figures (〇九〇－一二三四 …)."""
        return KANJI_DIGIT_RUN.sub(lambda run: run.group().translate(KANJI_DIGITS).replace("・", "-"), self.text)

    @cached_property
    def tokens(self) -> list[Token]:
        """All words in order, line by line."""
        tokens: list[Token] = []
        line_start, cut = 0, tokenizer()
        for line in self.text.split("\n"):
            for start in range(0, len(line), LONGEST):
                shift = line_start + start
                tokens += [
                    Token(m.surface(), _kind(m), shift + m.begin(), shift + m.end(), not m.is_oov())
                    for m in cut.tokenize(line[start : start + LONGEST])
                ]
            line_start += len(line) + 1
        return tokens

    @cached_property
    def starts(self) -> list[int]:
        """Where each token starts, in order."""
        return [token.start for token in self.tokens]

    def reads_as_name(self, start: int, end: int) -> bool:
        """Where it stands, the dictionary takes these signs for one person's name."""
        index = self.ending_at.get(end)
        return index is not None and self.tokens[index].start == start and self.tokens[index].is_name

    @cached_property
    def is_invitation(self) -> bool:
        """A notice of something that many may come to."""
        return len(set(INVITES.findall(self.text))) > 1

    @cached_property
    def speaks_of_people(self) -> bool:
        """Somebody is spoken of: not a landscape, not a recipe."""
        return PEOPLE.search(self.text) is not None

    @cached_property
    def starts_set(self) -> frozenset[int]:
        """Where words begin."""
        return frozenset(self.starts)

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens that start within start … end."""
        return self.tokens[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def without_lead(self, start: int, end: int) -> int:
        """Where a name within start … end begins: after the last particle that ends what stands before it (場所は…)."""
        for token in self.within(start, end):
            if token.kind[0] in {"助詞", "助動詞"} and token.surface not in {"の", "ヶ", "ケ"} and token.end < end:
                start = token.end
        return start

    @cached_property
    def ending_at(self) -> dict[int, int]:
        """Index of the token that ends at an offset."""
        return {token.end: index for index, token in enumerate(self.tokens)}
