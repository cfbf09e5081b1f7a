"""Whether a text tells that somebody may die, is being hurt, or cannot go on.

Careful on the safe side: who is taken for somebody in danger sees people to talk with, and nothing worse happens.
Expressions that only sound so (楽しくて死にそう) are named in the list; they count only where nothing else is said.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cms.enums import Danger
from cms.text.sayings import Heard, Saying, Sayings, steps, ways
from cms.text.typed import ways_of_typing

# In the code on purpose: words that staff add stand beside these, and nobody can empty this list by accident.
SHIPPED: dict[str, Any] = json.loads((Path(__file__).with_name("distress.json")).read_text(encoding="utf-8"))
HARMLESS = "harmless"
ORDER = (Danger.LIFE, Danger.HARM, Danger.WEARY)


@dataclass(slots=True)
class Distress:
    """All urgent sayings, ready to be heard."""

    sayings: Sayings[str]
    alone: dict[Saying, str]
    english: tuple[tuple[str, re.Pattern[str]], ...]
    slang: Mapping[str, str]

    @classmethod
    def of(cls, added: Iterable[tuple[str, str]] = ()) -> "Distress":
        """The shipped list and (words, danger) that staff have added."""
        named: dict[str, list[str]] = {danger.value: list(SHIPPED[danger.value]["sayings"]) for danger in ORDER}
        named[HARMLESS] = list(SHIPPED[HARMLESS])
        for words, danger in added:
            named.setdefault(danger, []).append(words)
        graver_last = reversed(ORDER)
        alone = {way: one.value for one in graver_last for text in SHIPPED[one.value]["alone"] for way in ways(text)}
        english = tuple(
            (danger.value, re.compile(part)) for danger in ORDER for part in SHIPPED[danger.value]["english"]
        )
        return cls(Sayings.of(named, frozenset(SHIPPED["as_written"])), alone, english, SHIPPED["slang"])

    def danger_in(self, text: str, written: Mapping[str, str] | None = None) -> Danger | None:
        """The gravest that the text tells of, in any way it may have been typed; None when it tells of nothing."""
        return self.danger_of(ways_of_typing(text, written or {}, self.slang))

    def danger_of(self, typed: Sequence[str]) -> Danger | None:
        """The same for a text whose ways of typing are known."""
        found = {name for way in typed for name in self._of_way(way)}
        return next((danger for danger in ORDER if danger.value in found), None)

    def _of_way(self, way: str) -> set[str]:
        row = steps(way)
        heard = self.sayings.heard(row)
        found = {one.name for one in heard if one.name != HARMLESS and not _is_harmless(one, heard)}
        whole = self.alone.get(tuple(row))
        if whole:
            found.add(whole)
        return found | {name for name, pattern in self.english if pattern.search(way)}


def _is_harmless(one: Heard[str], heard: Sequence[Heard[str]]) -> bool:
    """It stands inside a longer expression that means something else."""
    return any(
        other.name == HARMLESS and other.length > one.length and other.begin <= one.begin and one.end <= other.end
        for other in heard
    )
