"""Kana above kanji: `sentences.rubies` for a text, `markup.with_furigana` for HTML."""

from collections.abc import Iterable

from cms.text.furigana.markup import with_furigana
from cms.text.furigana.sentences import NO_NAMES, Names, rubies

RULES = 1  # counted up when a rule changes what readers see: kept pages are then made anew

__all__ = ["NO_NAMES", "RULES", "Names", "furigana", "rubies"]


def furigana(html: str, names: Names = NO_NAMES) -> str:
    """The HTML with ruby above its Japanese; `names`: readings that win. Text and attributes stay byte for byte."""

    def read(text: str) -> Iterable[object]:
        return rubies(text, names)

    return with_furigana(html, read)  # type: ignore[arg-type]
