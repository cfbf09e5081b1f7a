"""Differences between two versions: nothing lost, nothing invented, words rather than strokes."""

from __future__ import annotations

import random

import pytest

from cms.text.differences import Mark, new_text, old_text, pieces_between, surfaces
from directory.actions.charter import first_text
from directory.enums import ArticleChange
from directory.queries.articles import aligned, articles_of, brought_together, tidy

ALPHABET = "第一条（目的）の、。\n 人と場をまもる三七日前12Ａb紙é𠮷👨‍👩‍👧\u3000"


def scrambled(text: str, chance: random.Random) -> str:
    """The text with some stretches cut out, put in, moved and doubled."""
    for _ in range(chance.randrange(6)):
        at, to = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        to = min(to, at + chance.randrange(1, 60))
        cut = text[at:to]
        added = "".join(chance.choice(ALPHABET) for _ in range(chance.randrange(12)))
        text = chance.choice([text[:at] + text[to:], text[:at] + added + text[at:], cut + text, text + cut + added])
    return text


@pytest.mark.parametrize("seed", range(60))
def test_applying_the_differences_yields_both_texts(seed: int) -> None:
    chance = random.Random(seed)
    whole = first_text()
    old = scrambled(whole[: chance.randrange(1, 900)], chance)
    new = scrambled(chance.choice([old, whole[:500]]), chance)
    pieces = pieces_between(old, new)
    assert (old_text(pieces), new_text(pieces)) == (old, new)
    assert all(piece.text for piece in pieces)
    pairs = aligned(old, new)
    assert "".join(pair.old.raw for pair in pairs if pair.old) == old
    assert "".join(pair.new.raw for pair in pairs if pair.new) == new


@pytest.mark.parametrize("text", ["", "\n", "あ", "第1条（目的）", "a\r\nb", "x\u2028y", "紙" * 9000])
def test_odd_texts_are_cut_and_put_together(text: str) -> None:
    assert "".join(surfaces(text)) == text


def test_words_are_marked_not_strokes() -> None:
    pieces = pieces_between("案は事務局が送ります。", "案は事業所が送ります。")
    assert [(piece.mark, piece.text) for piece in pieces] == [
        (Mark.SAME, "案は"), (Mark.REMOVED, "事務局"), (Mark.ADDED, "事業所"), (Mark.SAME, "が送ります。"),
    ]  # fmt: skip


def test_equal_texts_have_no_difference() -> None:
    assert [piece.mark for piece in pieces_between(first_text(), first_text())] == [Mark.SAME]


def test_an_article_put_in_moves_the_numbers_of_the_others_only() -> None:
    old = "第1条（目的）\nまもる。\n\n第2条（記録）\n記録する。"
    new = "第1条（目的）\nまもる。\n\n第2条（参加）\n参加する。\n\n第3条（記録）\n記録する。"
    changes = [(pair.shown.title, pair.change) for pair in aligned(old, new)]
    assert changes == [
        ("目的", ArticleChange.SAME), ("参加", ArticleChange.ADDED), ("記録", ArticleChange.RENUMBERED),
    ]  # fmt: skip


def test_articles_begin_at_their_headings() -> None:
    text = "はじめに\n第１条（目的）\n一\n第十二条の二\n二\n第3条の約束を守る。\n附則\n三"
    assert [(each.label, each.title) for each in articles_of(text)] == [
        ("", ""), ("第１条", "目的"), ("第十二条の二", ""), ("附則", ""),
    ]  # fmt: skip


def test_the_first_words_have_twelve_articles_and_are_tidy() -> None:
    assert [each.label for each in articles_of(first_text())] == [f"第{number}条" for number in range(1, 13)]
    assert tidy(first_text()) == first_text()


BASE = "第1条（目的）\nまもる。\n\n第2条（記録）\n記録する。\n\n第3条（期間）\n一年。"


def test_changes_of_different_articles_come_together() -> None:
    theirs, ours = BASE.replace("まもる。", "人をまもる。"), BASE.replace("一年。", "半年。")
    together = brought_together(BASE, theirs, ours)
    assert (together.text, together.both) == (theirs.replace("一年。", "半年。"), ())


def test_of_two_changes_of_one_article_ours_stays_and_is_named() -> None:
    together = brought_together(BASE, BASE.replace("一年。", "二年。"), BASE.replace("一年。", "半年。"))
    assert (together.text, together.both) == (BASE.replace("一年。", "半年。"), ("第3条（期間）",))


def test_our_wording_takes_the_number_the_others_gave() -> None:
    theirs = BASE.replace("第2条（記録）", "第2条（参加）\n来る。\n\n第3条（記録）").replace(
        "第3条（期間）", "第4条（期間）"
    )
    together = brought_together(BASE, theirs, BASE.replace("一年。", "半年。"))
    assert [each.heading for each in articles_of(together.text)] == [
        "第1条（目的）", "第2条（参加）", "第3条（記録）", "第4条（期間）",
    ]  # fmt: skip
    assert together.text.endswith("半年。")


def test_an_article_the_others_took_away_stays_away() -> None:
    theirs = BASE.replace("第2条（記録）\n記録する。\n\n", "")
    assert "記録" not in brought_together(BASE, theirs, BASE.replace("一年。", "半年。")).text
