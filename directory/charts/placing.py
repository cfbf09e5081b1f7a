"""Where the boxes of a chart stand: rows, lanes for long lines, order within a row, places from left to right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from directory.charts.graph import Graph, Line

MOST_IN_A_ROW = 6
SWEEPS = 12
LANE = 14  # a lane's width in user units


@dataclass(frozen=True)
class Spot:
    """What takes room in a row: a box, or the lane in which a long line passes by it."""

    box: int | None = None
    line: Line | None = None


@dataclass
class Plan:
    """Rows of spots from left to right, the way of each line through them, and the middle of each spot."""

    rows: list[list[Spot]]
    ways: dict[Line, list[tuple[int, Spot]]]  # from the upper end to the lower one
    middle: dict[tuple[int, Spot], float]


def plan(graph: Graph, box_width: int, gap: int) -> Plan:
    """Give everything its place."""
    rows = in_rows(graph)
    row_of = {spot.box: number for number, row in enumerate(rows) for spot in row}
    ways = lanes(graph, rows, row_of)
    near = neighbours(ways)
    ordered(rows, near)
    return Plan(rows, ways, places(rows, near, box_width, gap))


def fullest_row(graph: Graph) -> int:
    """How many boxes stand in the fullest row."""
    return max((len(row) for row in in_rows(graph)), default=0)


def in_rows(graph: Graph) -> list[list[Spot]]:
    """Boxes row by row; a row that would be too full becomes several of about the same length."""
    by_row: dict[int, list[Spot]] = defaultdict(list)
    for number in graph.order:
        by_row[graph.rows[number]].append(Spot(box=number))
    rows: list[list[Spot]] = []
    for _number, spots in sorted(by_row.items()):
        parts = -(-len(spots) // MOST_IN_A_ROW)
        size = -(-len(spots) // parts)
        rows.extend(spots[start : start + size] for start in range(0, len(spots), size))
    return rows


def lanes(graph: Graph, rows: list[list[Spot]], row_of: dict[int | None, int]) -> dict[Line, list[tuple[int, Spot]]]:
    """The way of each line, with a lane in every row it passes."""
    ways = {}
    for line in graph.lines:
        upper, lower = sorted((line.start, line.end), key=lambda number: row_of[number])
        way = [(row_of[upper], Spot(box=upper))]
        for row in range(row_of[upper] + 1, row_of[lower]):
            rows[row].append(Spot(line=line))
            way.append((row, Spot(line=line)))
        ways[line] = [*way, (row_of[lower], Spot(box=lower))]
    return ways


Near = dict[tuple[int, Spot], list[tuple[int, Spot]]]


def neighbours(ways: dict[Line, list[tuple[int, Spot]]]) -> Near:
    """What each spot is tied to, one row up or down (or in its own row)."""
    near: Near = defaultdict(list)
    for way in ways.values():
        for one, other in pairwise(way):
            near[one].append(other)
            near[other].append(one)
    return near


def ordered(rows: list[list[Spot]], near: Near) -> None:
    """Sort the spots of each row by the middle of their neighbours, down and up again; keep the fewest crossings."""
    best, fewest = [list(row) for row in rows], crossings(rows, near)
    for sweep in range(SWEEPS):
        downwards = sweep % 2 == 0
        numbers = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
        for number in numbers:
            fixed = number - 1 if downwards else number + 1
            position = {spot: index for index, spot in enumerate(rows[fixed])}
            own = {spot: float(index) for index, spot in enumerate(rows[number])}
            for spot in rows[number]:
                seen = [position[other] for row, other in near[number, spot] if row == fixed]
                if seen:
                    own[spot] = sum(seen) / len(seen)
            beside(own, {spot: index for index, spot in enumerate(rows[number])}, near, number, 0.001)
            rows[number].sort(key=own.__getitem__)
        if (count := crossings(rows, near)) < fewest:
            best, fewest = [list(row) for row in rows], count
    for number, row in enumerate(best):
        rows[number][:] = row


def beside(own: dict[Spot, float], at: Mapping[Spot, float], near: Near, number: int, share: float) -> None:
    """Who is tied only to others of the own row keeps by the first of them: `share` of the distance they had."""
    for spot in own:
        tied = near[number, spot]
        if tied and all(row == number for row, _other in tied):
            partner = tied[0][1]
            own[spot] = own[partner] + (at[spot] - at[partner]) * share


def crossings(rows: list[list[Spot]], near: Near) -> int:
    """How often lines between neighbouring rows cross."""
    total = 0
    for number in range(len(rows) - 1):
        lower = {spot: index for index, spot in enumerate(rows[number + 1])}
        ends = [
            (index, lower[other])
            for index, spot in enumerate(rows[number])
            for row, other in near[number, spot]
            if row == number + 1
        ]
        total += sum(1 for i, (a, b) in enumerate(ends) for c, d in ends[i + 1 :] if (a - c) * (b - d) < 0)
    return total


def places(rows: list[list[Spot]], near: Near, box_width: int, gap: int) -> dict[tuple[int, Spot], float]:
    """The middle of each spot: as near to its neighbours as the others in its row allow."""
    middle: dict[tuple[int, Spot], float] = {}
    for number, row in enumerate(rows):
        steps = starts(row, box_width, gap)
        shift = (steps[-1] if steps else 0) / 2
        middle.update({(number, spot): at - shift for spot, at in zip(row, steps, strict=True)})
    for sweep in range(SWEEPS):
        numbers = range(len(rows)) if sweep % 2 == 0 else range(len(rows) - 1, -1, -1)
        for number in numbers:
            wished = {}
            for spot in rows[number]:
                others = [middle[each] for each in near[number, spot] if each[0] != number]
                wished[spot] = sum(others) / len(others) if others else middle[number, spot]
            steps = starts(rows[number], box_width, gap)
            beside(wished, dict(zip(rows[number], steps, strict=True)), near, number, 1)
            for spot, at in zip(rows[number], apart(list(wished.values()), steps), strict=True):
                middle[number, spot] = at
    return middle


def starts(row: list[Spot], box_width: int, gap: int) -> list[float]:
    """The middles of a row packed from 0 on."""
    found: list[float] = []
    for before, spot in pairwise([None, *row]):
        if before is None:
            found.append(0.0)
        else:
            found.append(found[-1] + (size(before, box_width) + size(spot, box_width)) / 2 + gap)  # type: ignore[arg-type]
    return found


def size(spot: Spot, box_width: int) -> int:
    """How wide a spot is."""
    return LANE if spot.box is None else box_width


def apart(wished: list[float], steps: list[float]) -> list[float]:
    """The places nearest to the wished ones (least squares) that keep order and distances.

    With the distances taken off, places may only rise from left to right: isotonic regression, solved by pooling
    neighbours that stand in the wrong order.
    """
    pools: list[tuple[float, int]] = []  # (mean, how many)
    for wish, step in zip(wished, steps, strict=True):
        mean, count = wish - step, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (mean * count + before * many) / (count + many), count + many
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _each in range(count)]
    return [base + step for base, step in zip(flat, steps, strict=True)]
