"""The picture itself, in whole user units (about one CSS pixel at full width): boxes with lines of text, paths, ends."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from directory.charts.graph import Box, Graph, Line
from directory.charts.placing import Plan, Spot, fullest_row, plan
from directory.charts.wrapping import wrap
from directory.enums import Tie

NAME, DETAIL = 17, 14  # sizes of type
NAME_STEP, DETAIL_STEP = 25, 21  # from line to line
PADDING, MARGIN = 16, 10
BETWEEN_ROWS = 76
LEAST_HEIGHT = 76
PORTS = 34  # between the places where lines of different kinds leave a box
ARC = 48  # how high a line swings that passes over its own row
# By the number of boxes in the fullest row: (width of a box, gap); together never wider than the page.
WIDTHS = {1: (264, 40), 2: (264, 40), 3: (256, 40), 4: (240, 36), 5: (196, 28), 6: (164, 20)}


@dataclass(frozen=True)
class Words:
    """A line of text, centred at x on the baseline y."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class PlacedBox:
    """A box with its texts, broken into lines."""

    box: Box
    x: int
    y: int
    width: int
    height: int
    name: list[Words]
    detail: list[Words]


@dataclass(frozen=True)
class PlacedLine:
    """A path, knots (circles) at its ends, and the tip of an arrow where it points somewhere."""

    line: Line
    path: str
    knots: list[tuple[int, int]]
    tip: str = ""


@dataclass(frozen=True)
class Drawing:
    """Everything there is to draw."""

    width: int
    height: int
    boxes: list[PlacedBox]
    lines: list[PlacedLine]
    ties: list[Tie]  # the kinds of lines that occur, for the legend


@dataclass(frozen=True)
class Row:
    """Top and bottom of a row; all its boxes are as high as the tallest."""

    top: int
    bottom: int


def draw(graph: Graph) -> Drawing:
    """Lay the chart out. An empty chart gives a drawing without boxes."""
    if not graph.boxes:
        return Drawing(0, 0, [], [], [])
    box_width, gap = WIDTHS[min(fullest_row(graph), max(WIDTHS))]
    found = plan(graph, box_width, gap)
    texts = {number: lines_of(box, box_width) for number, box in graph.boxes.items()}
    swings = any(leaps(found, way) for way in found.ways.values())
    rows = heights(found, texts, MARGIN + (ARC if swings else 0))
    left = min(at - half(spot, box_width) for (_row, spot), at in found.middle.items())
    right = max(at + half(spot, box_width) for (_row, spot), at in found.middle.items())
    x = {key: round(at - left) + MARGIN for key, at in found.middle.items()}
    boxes = [
        placed(graph.boxes[spot.box], x[number, spot], rows[number], box_width, texts[spot.box])
        for number, row in enumerate(found.rows)
        for spot in row
        if spot.box is not None
    ]
    pen = Pen(found, rows, x, box_width)
    lines = [pen.line(line) for line in graph.lines]
    ties = [tie for tie in Tie if any(line.tie is tie for line in graph.lines)]
    return Drawing(round(right - left) + 2 * MARGIN, rows[-1].bottom + MARGIN, boxes, lines, ties)


def half(spot: Spot, box_width: int) -> float:
    """From the middle of a spot to its side."""
    return box_width / 2 if spot.box is not None else 0


def lines_of(box: Box, box_width: int) -> tuple[list[str], list[str]]:
    """Name and small words, broken so that they fit."""
    room = box_width - 2 * PADDING
    return wrap(box.label, room / NAME), wrap(box.detail, room / DETAIL)


def heights(found: Plan, texts: dict[int, tuple[list[str], list[str]]], top: int) -> list[Row]:
    """Top and bottom of each row."""
    rows = []
    for row in found.rows:
        tallest = max((tall(texts[spot.box]) for spot in row if spot.box is not None), default=LEAST_HEIGHT)
        rows.append(Row(top, top + max(tallest, LEAST_HEIGHT)))
        top = rows[-1].bottom + BETWEEN_ROWS
    return rows


def tall(text: tuple[list[str], list[str]]) -> int:
    """How high a box must be for its texts."""
    return 2 * PADDING + len(text[0]) * NAME_STEP + len(text[1]) * DETAIL_STEP


def placed(box: Box, middle: int, row: Row, box_width: int, text: tuple[list[str], list[str]]) -> PlacedBox:
    """The box with its texts in the middle of it."""
    names, details = text
    y = row.top + (row.bottom - row.top - tall(text)) // 2 + PADDING
    name = [Words(middle, y + NAME_STEP * index + NAME, line) for index, line in enumerate(names)]
    y += NAME_STEP * len(names)
    detail = [Words(middle, y + DETAIL_STEP * index + DETAIL, line) for index, line in enumerate(details)]
    return PlacedBox(box, middle - box_width // 2, row.top, box_width, row.bottom - row.top, name, detail)


def leaps(found: Plan, way: list[tuple[int, Spot]]) -> bool:
    """The line stays in its row and has a box between its ends."""
    (row, one), (other_row, other) = way[0], way[-1]
    if row != other_row:
        return False
    boxes = [spot for spot in found.rows[row] if spot.box is not None]
    return abs(boxes.index(one) - boxes.index(other)) > 1


class Pen:
    """Draws lines. Those of one kind leave a box at one knot, those of another kind beside it."""

    def __init__(self, found: Plan, rows: list[Row], x: dict[tuple[int, Spot], int], box_width: int) -> None:
        self.found, self.rows, self.x, self.box_width = found, rows, x, box_width
        self.ports = self._ports()

    def _ports(self) -> dict[tuple[int, str, Tie], int]:
        """(box, "top" or "bottom", kind) → how far from the middle the line leaves."""
        aims: dict[tuple[int, str], dict[Tie, list[int]]] = defaultdict(lambda: defaultdict(list))
        for line, way in self.found.ways.items():
            if way[0][0] != way[-1][0]:
                aims[way[0][1].box or 0, "bottom"][line.tie].append(self.x[way[1]])
                aims[way[-1][1].box or 0, "top"][line.tie].append(self.x[way[-2]])
        ports = {}
        for (box, side), by_tie in aims.items():
            kinds = sorted(by_tie, key=lambda tie: (sum(by_tie[tie]) / len(by_tie[tie]), tie))
            for index, tie in enumerate(kinds):
                ports[box, side, tie] = round((index - (len(kinds) - 1) / 2) * PORTS)
        return ports

    def line(self, line: Line) -> PlacedLine:
        """One line with its ends."""
        way = self.found.ways[line]
        if way[0][0] == way[-1][0]:
            return self.over(line, way) if leaps(self.found, way) else self.beside(line, way)
        return self.down(line, way)

    def down(self, line: Line, way: list[tuple[int, Spot]]) -> PlacedLine:
        """From row to row, straight through the lanes."""
        (first_row, upper), (_row, lower) = way[0], way[-1]
        x = self.x[way[0]] + self.ports[upper.box or 0, "bottom", line.tie]
        y = self.rows[first_row].bottom
        begin, path = (x, y), [f"M{x} {y}"]
        for row, spot in way[1:]:
            to_x = self.x[row, spot] + (self.ports[lower.box or 0, "top", line.tie] if spot == lower else 0)
            to_y = self.rows[row].top
            path.append(f"C{x} {(y + to_y) // 2} {to_x} {(y + to_y) // 2} {to_x} {to_y}")
            x, y = to_x, to_y
            if spot != lower:
                y = self.rows[row].bottom
                path.append(f"V{y}")
        ends_below = line.end == lower.box
        return self._ended(line, "".join(path), begin, (x, y), ends_below, down=True)

    def _ended(
        self, line: Line, path: str, begin: tuple[int, int], end: tuple[int, int], ends_last: bool, *, down: bool
    ) -> PlacedLine:
        """Knots where a line is tied, a tip where it points. `begin` and `end` as drawn."""
        if line.tie is Tie.COOPERATES:
            return PlacedLine(line, path, [begin, end])
        if line.tie is Tie.CONSISTS:
            return PlacedLine(line, path, [begin if ends_last else end])
        point, root = (end, begin) if ends_last else (begin, end)
        towards = (0, 1 if ends_last else -1) if down else (1 if ends_last else -1, 0)
        return PlacedLine(line, path, [root], tip(point, towards))

    def beside(self, line: Line, way: list[tuple[int, Spot]]) -> PlacedLine:
        """Between two neighbours of a row."""
        row = self.rows[way[0][0]]
        left, right = sorted(way, key=lambda each: self.x[each])
        y = (row.top + row.bottom) // 2
        begin, end = (self.x[left] + self.box_width // 2, y), (self.x[right] - self.box_width // 2, y)
        return self._ended(line, f"M{begin[0]} {y}H{end[0]}", begin, end, line.end == right[1].box, down=False)

    def over(self, line: Line, way: list[tuple[int, Spot]]) -> PlacedLine:
        """In a bow over the boxes between."""
        top = self.rows[way[0][0]].top
        a, b = self.x[way[0]], self.x[way[-1]]
        path = f"M{a} {top}C{a} {top - ARC} {b} {top - ARC} {b} {top}"
        if line.tie in (Tie.COOPERATES, Tie.CONSISTS):
            return PlacedLine(line, path, [(a, top), (b, top)])
        ends_last = line.end == way[-1][1].box
        return PlacedLine(line, path, [(a if ends_last else b, top)], tip((b if ends_last else a, top), (0, 1)))


def tip(point: tuple[int, int], towards: tuple[int, int]) -> str:
    """The three corners of an arrow's tip that ends at `point`."""
    (x, y), (across, along) = point, towards
    back_x, back_y = x - 13 * across, y - 13 * along
    return f"{x},{y} {back_x + 6 * along},{back_y + 6 * across} {back_x - 6 * along},{back_y - 6 * across}"
