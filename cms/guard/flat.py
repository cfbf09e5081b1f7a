"""The text in a form that rules can read, character for character: every offset stays valid."""

import re
from dataclasses import dataclass
from functools import cached_property

from cms.text.tokenizer import LONGEST, tokenizer

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ！ … ～ to ! … ~
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－ｰ"), ord("-"))
SPACES = {0x3000: 0x20, 0xA0: 0x20, 0x2007: 0x20, 0x202F: 0x20, 0x09: 0x20}
UNREADABLE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, 0x0D, *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000)], 0x20)
MAP = {**WIDE, **DASHES, **SPACES, **UNREADABLE}
LONG_VOWEL_BETWEEN_DIGITS = re.compile(r"(?<=\d)ー(?=\d)")
KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
KANJI_DIGIT_RUN = re.compile(r"[〇零一二三四五六七八九](?:[\-()・ ]?[〇零一二三四五六七八九])+")


@dataclass(frozen=True, slots=True)
class Token:
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
        line_start = 0
        for line in self.text.split("\n"):
            for start in range(0, len(line), LONGEST):
                shift = line_start + start
                tokens.extend(
                    Token(m.surface(), m.part_of_speech(), shift + m.begin(), shift + m.end(), not m.is_oov())
                    for m in tokenizer().tokenize(line[start : start + LONGEST])
                )
            line_start += len(line) + 1
        return tokens

    def without_lead(self, start: int, end: int) -> int:
        """Where a name within start … end begins: after the last particle that ends what stands before it (場所は…)."""
        for token in self.tokens:
            if token.start >= end:
                break
            if (
                token.start >= start
                and token.kind[0] in {"助詞", "助動詞"}
                and token.surface != "の"
                and token.end < end
            ):
                start = token.end
        return start

    @cached_property
    def ending_at(self) -> dict[int, int]:
        """Index of the token that ends at an offset."""
        return {token.end: index for index, token in enumerate(self.tokens)}
