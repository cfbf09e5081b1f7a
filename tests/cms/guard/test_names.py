"""Names that were handed in."""

from __future__ import annotations

import random
from typing import Any

from cms.guard import inspect
from cms.guard.names import _known, _occurrences


def known(text: str, names: list[str]) -> list[str]:
    """The names found in a text."""
    return [f.of(text) for f in inspect(text, names=names) if f.rule == "known-name"]


def test_the_longest_name_wins_and_each_alias_counts() -> None:
    names = ["ぽこの輪", "ぽこ", "NPO法人ぽこの輪", "POKO"]
    assert known("NPO法人ぽこの輪で、ぽこの輪の、ぽこに。ｐｏｋｏも。", names) == [
        "NPO法人ぽこの輪",
        "ぽこの輪",
        "ぽこ",
        "ｐｏｋｏ",
    ]


def test_names_of_one_sign_and_empty_ones_are_passed_over() -> None:
    assert known("あの輪で。", ["輪", "", " "]) == []


def test_twenty_thousand_names_are_walked_once() -> None:
    signs, choice = "ぽぷぺぴぱ", random.Random(1)
    names = ["".join(choice.choices(signs, k=choice.randint(4, 9))) for _ in range(20_000)]
    index = _known(frozenset(names))
    tried = 0

    class Counted(str):
        """A text that counts how often a name is tried at one of its places."""

        def startswith(self, *args: Any) -> bool:
            nonlocal tried
            tried += 1
            return super().startswith(*args)

    text = "窓口に来る。" * 300 + names[0]
    assert list(_occurrences(Counted(text), index)) == [(len(text) - len(names[0]), len(text))]
    assert tried < len(names) / 10  # only where the first two signs of a name stand


def test_the_authors_own_names_are_remembered_nowhere() -> None:
    _known.cache_clear()
    inspect("ぽこは元気。", author_names=["ぽこ"])
    assert _known.cache_info().currsize <= 1


def test_an_empty_text_holds_no_name() -> None:
    assert inspect("", names=["なぎさの家"], author_names=["颯真"]) == []
