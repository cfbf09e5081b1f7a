"""Layout and words of charts: nothing overlaps, nothing is lost, the same comes out the same."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from directory.charts import Box, Graph, Item, Line, draw, outline
from directory.charts.wrapping import width, wrap
from directory.enums import Tie

C, W, R, O = Tie.CONSISTS, Tie.COOPERATES, Tie.REPORTS, Tie.COMMISSIONS  # noqa: E741
LABELS = (
    "市",
    "社会福祉協議会",
    "みなも市地域づくり連携会議",
    "NPO法人Minamo International",
    "孤独・孤立対策に関する庁内連絡会議",
    "ー" * 40,
)


def graph(boxes: int, *lines: tuple[int, Tie, int]) -> Graph:
    return Graph([Box(number, f"箱{number}") for number in range(1, boxes + 1)], [Line(*line) for line in lines])


def by_chance(seed: int) -> Graph:
    """Up to 16 boxes and 24 lines, cycles, loops and lines into the void among them."""
    lot = random.Random(seed)
    count = lot.randint(1, 16)
    boxes = [Box(n, lot.choice(LABELS), lot.choice(("", "年に3回", "12の課・次長級" * 3))) for n in range(1, count + 1)]
    lines = [
        Line(lot.randint(1, count + 1), lot.choice(list(Tie)), lot.randint(1, count + 1))
        for _ in range(lot.randint(0, 24))
    ]
    return Graph(boxes, lines)


def all_items(items: list[Item]) -> list[Item]:
    return [each for item in items for each in (item, *all_items(item.children))]


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_any_graph_is_drawn_without_overlap_and_told_in_full(start: int) -> None:
    for seed in range(start, start + 50):
        made = by_chance(seed)
        picture = draw(made)
        for one, other in combinations(picture.boxes, 2):
            aside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert aside or one.y + one.height <= other.y or other.y + other.height <= one.y, seed
        for box in picture.boxes:
            assert box.x >= 0, seed
            assert box.x + box.width <= picture.width, seed
            assert 0 <= box.y < box.y + box.height <= picture.height, seed
            for words in (*box.name, *box.detail):
                assert box.y < words.y < box.y + box.height, seed
        assert sorted(box.box.number for box in picture.boxes) == sorted(made.boxes)
        assert [line.line for line in picture.lines] == made.lines
        assert draw(by_chance(seed)) == picture, "the same comes out the same"
        items = all_items(outline(made))
        assert sorted(item.box.number for item in items) == sorted(made.boxes)
        told = {said.line for item in items for said in item.said if said.outward}
        nested = {Line(item.box.number, C, child.box.number) for item in items for child in item.children}
        assert told | nested == set(made.lines), seed
        assert not told & nested, seed


def test_the_whole_stands_above_its_parts_and_who_reports_below_who_is_told() -> None:
    rows = graph(5, (1, C, 2), (1, C, 3), (1, R, 4), (5, O, 4)).rows
    assert rows[4] < rows[1] < rows[2] == rows[3]
    assert rows[5] < rows[4]


def test_partners_stand_at_both_sides() -> None:
    picture = draw(graph(5, (1, C, 4), (1, C, 5), (1, W, 2), (3, W, 1)))
    x = {box.box.number: box.x for box in picture.boxes}
    y = {box.box.number: box.y for box in picture.boxes}
    assert x[2] < x[1] < x[3]
    assert y[1] == y[2] == y[3] < y[4]


@pytest.mark.parametrize(
    "lines",
    [
        [(1, C, 2), (2, C, 1)],
        [(1, C, 2), (2, C, 3), (3, C, 1)],
        [(1, R, 2), (2, R, 3), (3, R, 1)],
        [(1, C, 2), (2, R, 1), (1, R, 2)],
        [(1, W, 2), (2, W, 1)],
    ],
)
def test_circles_end(lines: list[tuple[int, Tie, int]]) -> None:
    made = graph(3, *lines)
    assert len(draw(made).boxes) == 3
    assert sorted(item.box.number for item in all_items(outline(made))) == [1, 2, 3]


def test_a_full_row_becomes_several_and_the_page_is_wide_enough() -> None:
    made = graph(15, *[(1, C, number) for number in range(2, 16)])
    picture = draw(made)
    assert len({box.y for box in picture.boxes}) == 4
    for fullest in range(1, 7):
        assert draw(graph(fullest)).width <= 1120


def test_nothing_gives_nothing() -> None:
    assert draw(graph(0)).boxes == []
    assert outline(graph(0)) == []


@pytest.mark.parametrize(
    "text", [*LABELS, "地域包括支援センター、児童相談所ほか（見本）", "㌔" * 30, "𠮷野家葛󠄀城" * 4, " "]
)
def test_lines_fit_and_lose_nothing(text: str) -> None:
    lines = wrap(text, 9)
    assert all(width(line) <= 9 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_break_between_words() -> None:
    assert wrap("みなも市地域ケア会議", 9.6) == ["みなも市地域", "ケア会議"]
    assert wrap("社会福祉協議会（みなも市）", 9.6) == ["社会福祉協議会", "（みなも市）"]
    assert wrap("地域包括支援センター", 9.6) == ["地域包括支援", "センター"]
