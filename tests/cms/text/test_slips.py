"""Slips of typing."""

import pytest

from cms.text.cutting import cut
from cms.text.slips import distance, near, read
from cms.text.thesaurus import Entry, Thesaurus

LIST = Thesaurus.of(
    [
        Entry(word)
        for word in ("シンポジウム", "ひきこもり", "フードバンク", "ヤングケアラー", "民生委員", "介護", "不登校")
    ]
)
WORDS = [LIST.written, read(["あしたば相談室"])]


def meant(typed: str) -> str | None:
    chunk = cut(typed, LIST).chunks[0]
    slip = near(chunk.text, chunk.reading, WORDS)
    return slip.label if slip else None


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("シンポジュウム", "シンポジウム"),
        ("フードバンンク", "フードバンク"),
        ("hikikomory", "ひきこもり"),
        ("あしだば相談室", "あしたば相談室"),
        ("不当校", "不登校"),
    ],
)
def test_the_nearest_word_is_meant(typed: str, word: str) -> None:
    assert meant(typed) == word


@pytest.mark.parametrize("typed", ["ゴルフ", "かい", "宇宙", "12345", "xyz"])
def test_nothing_is_near(typed: str) -> None:
    assert meant(typed) is None


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("あいう", "あいう", 0), ("あいう", "あう", 1), ("あいう", "いあう", 1), ("あい", "うえお", 2)],
)
def test_distance(one: str, other: str, edits: int) -> None:
    assert distance(one, other, 1) == min(edits, 2)
