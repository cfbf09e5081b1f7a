"""Small numbers stay hidden, and nothing that is published gives them back. Pure: counts in, what may be shown out.

The rules (docs/adr/0052-learning-and-figures.md):

- A count of 1 to 4 is not shown. Zero is: it says that there is nobody to find. This is the practice of Japanese official
  statistics (the guideline on the national claims database masks small counts "except 0").
- Where a hidden count could be calculated from sums, further counts are hidden, in the order of the table, until for every
  hidden count there are two tables with the same published figures in which it differs by at least 5 (`SPAN`). A reader
  is taken to know these rules, so also that no hidden count is zero. For the same reason small counts are never hidden
  by themselves alone: a larger one of the same sum is hidden with them.
- What has been published once stays as it was: figures belong to closed periods, and all tables of a period are
  protected together. `protect` takes what is public already as `public`, and refuses to publish what would open it.
- Whoever has given a part of the counts knows that part, and takes it off in their mind. `insiders` are such parts: all of
  the above holds for what is left then, for each of them.

    stages = Tables.line({"m1": 12, "m2": 3, "m3": 9}, whole="opened")
    protect(stages)            # {"m1": 12, "m2": None, "m3": None, "opened": 24}

A *cell* is any hashable key; the same key in two tables is the same count. A *sum* says that some cells make up another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any

SMALL = 5
SPAN = 5

Cell = Any  # anything hashable
Move = dict[int, int]  # column → how far one step of the move changes it


class Revealing(Exception):
    """What is public already would give a small count away. Nothing may be published."""


@dataclass(frozen=True)
class Sum:
    """`whole` is the sum of `parts`."""

    whole: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True)
class Tables:
    """Counts and the sums between them: one table, or all tables that a reader can lay side by side."""

    counts: Mapping[Cell, int]
    sums: tuple[Sum, ...] = ()

    def __post_init__(self) -> None:
        for each in self.sums:
            if sum(self.counts[part] for part in each.parts) != self.counts[each.whole]:
                raise ValueError(f"The parts of {each.whole!r} do not add up.")
        if any(count < 0 for count in self.counts.values()):
            raise ValueError("A count is below zero.")

    @classmethod
    def line(cls, counts: Mapping[Cell, int], whole: Cell) -> Tables:
        """A list with its sum: `whole` is the key of the sum."""
        return cls({**counts, whole: sum(counts.values())}, (Sum(whole, tuple(counts)),))

    @classmethod
    def grid(cls, counts: Mapping[tuple[Cell, Cell], int], whole: Cell = None) -> Tables:
        """Rows and columns with all margins: row r has its sum under (r, whole), column c under (whole, c)."""
        rows, columns = (list(dict.fromkeys(key[axis] for key in counts)) for axis in (0, 1))
        cells = {(r, c): counts.get((r, c), 0) for r in rows for c in columns}
        cells |= {(r, whole): sum(cells[r, c] for c in columns) for r in rows}
        cells |= {(whole, c): sum(cells[r, c] for r in rows) for c in (*columns, whole)}
        across = [Sum((r, whole), tuple((r, c) for c in columns)) for r in (*rows, whole)]
        down = [Sum((whole, c), tuple((r, c) for r in rows)) for c in (*columns, whole)]
        return cls(cells, (*across, *down))

    @classmethod
    def together(cls, tables: Iterable[Tables]) -> Tables:
        """Several tables as a reader has them side by side. Raises ValueError when they contradict each other."""
        counts: dict[Cell, int] = {}
        sums: list[Sum] = []
        for each in tables:
            if any(counts.get(cell, count) != count for cell, count in each.counts.items()):
                raise ValueError("One cell has two counts.")
            counts.update(each.counts)
            sums += each.sums
        return cls(counts, tuple(dict.fromkeys(sums)))


def is_small(count: int) -> bool:
    """Whether a count is hidden for its own sake."""
    return 0 < count < SMALL


def protect(
    tables: Tables, *, public: Collection[Cell] = (), insiders: Iterable[Mapping[Cell, int]] = ()
) -> dict[Cell, int | None]:
    """What may be published: the count of each cell, None where it stays hidden.

    `public`: cells that readers know already; they are never hidden. `insiders`: parts of the counts, each known to one
    who gave it. Raises Revealing when with these nothing helps, ValueError for a part that is larger than the count.
    The same counts always give the same answer, so publishing twice tells nothing new.
    """
    views = [Seen(tables), *(Seen(tables, own) for own in insiders)]
    hidden = {cell for view in views for cell in view.small}
    if hidden & set(public):
        raise Revealing
    order = {cell: place for place, cell in enumerate(tables.counts)}
    while more := next((more for view in views if (more := _lacking(view, hidden, public, order))), None):
        hidden.add(more[0])
    return {cell: None if cell in hidden else count for cell, count in tables.counts.items()}


@dataclass(frozen=True)
class Seen:
    """Counts as one reader sees them: what is left when their own part is taken off."""

    tables: Tables
    own: Mapping[Cell, int] = field(default_factory=dict)

    @cached_property
    def counts(self) -> Mapping[Cell, int]:
        """What is left. Raises ValueError where the part is larger than the whole, or does not add up."""
        if not self.own:
            return self.tables.counts
        left = {cell: count - self.own.get(cell, 0) for cell, count in self.tables.counts.items()}
        return Tables(left, self.tables.sums).counts

    @cached_property
    def small(self) -> frozenset[Cell]:
        """Cells that are hidden for their own sake."""
        return frozenset(cell for cell, count in self.counts.items() if is_small(count))

    def give(self, cell: Cell) -> int:
        """How far a hidden count may fall: none is zero, but of one's own cells nothing may be left."""
        return self.counts[cell] - (0 if self.own.get(cell) else 1)


def _lacking(
    view: Seen, hidden: Collection[Cell], public: Collection[Cell], order: Mapping[Cell, int]
) -> tuple[Cell] | None:
    """A count that has to be hidden too, for this reader; None when all is well. Raises Revealing."""
    if exposed := sorted(_exposed(view, hidden), key=order.__getitem__):
        more = _next_to_hide(view.tables, hidden, exposed, public, order)
        if more is None:
            raise Revealing
        return (more,)
    larger = _larger_beside_small(view, hidden, public, order)
    return None if larger is None else (larger,)


def _larger_beside_small(
    view: Seen, hidden: Collection[Cell], public: Collection[Cell], order: Mapping[Cell, int]
) -> Cell | None:
    """Where every hidden count of a sum is small: one that is not, to be hidden with them.

    Else whoever knows the method knows that all of them are small, and with their sum that may be enough: 4 and 4.
    """
    for each in view.tables.sums:
        cells = {*each.parts, each.whole}
        veiled = cells & set(hidden)
        if veiled & view.small and all(view.counts[cell] < SMALL for cell in veiled):
            free = [cell for cell in cells - veiled - set(public) if view.counts[cell]]
            if free:
                return min(free, key=lambda cell: (cell == each.whole, order[cell]))
    return None


def holds(tables: Tables, shown: Mapping[Cell, int | None], *, insiders: Iterable[Mapping[Cell, int]] = ()) -> bool:
    """Whether published figures keep every small count hidden: for a set of tables made by anybody, in any way.

    For everybody, and for each insider who knows a part of the counts.
    """
    hidden = {cell for cell, count in shown.items() if count is None}
    views = [Seen(tables), *(Seen(tables, own) for own in insiders)]
    return all(view.small & shown.keys() <= hidden and not _exposed(view, hidden) for view in views)


def exposed_cells(tables: Tables, hidden: Collection[Cell]) -> set[Cell]:
    """Hidden cells for which it is not proven that they may differ by SPAN.

    The proof is a *move*: a change of hidden counts under which every published figure stays. Walked forwards and
    backwards as far as no hidden count falls to zero, it gives tables in whole numbers that a reader cannot tell apart.
    """
    return _exposed(Seen(tables), hidden)


def _exposed(view: Seen, hidden: Collection[Cell]) -> set[Cell]:
    wholes = {each.whole for each in view.tables.sums}
    places = {cell: place for place, cell in enumerate(view.counts)}
    # What can give way most is solved for first: then each move takes from where there is enough.
    cells = sorted(hidden, key=lambda cell: (cell not in wholes, -view.counts[cell], places[cell]))
    # Of a cell in which an insider's own part is all, there is nothing to find.
    left = {cell for cell in cells if view.counts[cell]} - _shown_to_move(view, cells)
    return {cell for cell in left if cell not in _shown_to_move(view, [c for c in cells if c != cell] + [cell])}


def _shown_to_move(view: Seen, cells: Sequence[Cell]) -> set[Cell]:
    """Cells that some move changes by SPAN. The order decides which moves are looked at; the last cell has its own."""
    column = {cell: place for place, cell in enumerate(cells)}
    rows = [row for each in view.tables.sums if (row := _row(each, column))]
    gives = [view.give(cell) for cell in cells]
    found: set[Cell] = set()
    for move in moves(rows, len(cells)):
        steps = _steps(move, gives)
        found |= {cells[place] for place, change in move.items() if steps is None or steps * abs(change) >= SPAN}
    return found


def _row(each: Sum, column: Mapping[Cell, int]) -> dict[int, Fraction]:
    row = {column[part]: Fraction(1) for part in each.parts if part in column}
    if each.whole in column:
        row[column[each.whole]] = Fraction(-1)
    return row


def _steps(move: Move, gives: Sequence[int]) -> int | None:
    """How many steps lie between the two ends of a move; None: it never ends."""
    onward = [gives[place] // -change for place, change in move.items() if change < 0]
    back = [gives[place] // change for place, change in move.items() if change > 0]
    return min(onward) + min(back) if onward and back else None


def moves(rows: Iterable[Mapping[int, Fraction]], columns: int) -> list[Move]:
    """A basis of the whole-number changes that keep every row's sum, by elimination in exact fractions."""
    solved: dict[int, dict[int, Fraction]] = {}  # pivot column → its row, with 1 there and nothing in other pivots
    for row in rows:
        rest = _without(dict(row), solved)
        if not rest:
            continue
        pivot = min(rest)
        rest = {place: value / rest[pivot] for place, value in rest.items()}
        for other, line in solved.items():
            solved[other] = _minus(line, rest, line.get(pivot, Fraction(0)))
        solved[pivot] = rest
    return [_move(free, solved) for free in range(columns) if free not in solved]


def _without(row: dict[int, Fraction], solved: Mapping[int, Mapping[int, Fraction]]) -> dict[int, Fraction]:
    for pivot, line in solved.items():
        row = _minus(row, line, row.get(pivot, Fraction(0)))
    return row


def _minus(row: Mapping[int, Fraction], other: Mapping[int, Fraction], times: Fraction) -> dict[int, Fraction]:
    if not times:
        return dict(row)
    places = row.keys() | other.keys()
    changed = {place: row.get(place, Fraction(0)) - times * other.get(place, Fraction(0)) for place in places}
    return {place: value for place, value in changed.items() if value}


def _move(free: int, solved: Mapping[int, Mapping[int, Fraction]]) -> Move:
    parts = {free: Fraction(1)} | {pivot: -line[free] for pivot, line in solved.items() if line.get(free)}
    scale = lcm(*(value.denominator for value in parts.values()))
    whole = {place: int(value * scale) for place, value in parts.items()}
    shared = gcd(*whole.values())
    return {place: value // shared for place, value in whole.items()}


def _next_to_hide(
    tables: Tables,
    hidden: Collection[Cell],
    exposed: Sequence[Cell],
    public: Collection[Cell],
    order: Mapping[Cell, int],
) -> Cell | None:
    """The first count that stands in a sum with an exposed one, parts before sums; then with any hidden one.

    Not the smallest: that would tell that what is hidden is smaller than what is shown.

    None: there is none left that could be hidden.
    """
    wholes = {each.whole for each in tables.sums}
    for touched in (set(exposed), set(hidden)):
        near = [each for each in tables.sums if touched & {*each.parts, each.whole}]
        others = {part for each in near for part in (*each.parts, each.whole)} - set(hidden) - set(public)
        free = [other for other in others if tables.counts[other]]
        if free:
            return min(free, key=lambda other: (other in wholes, order[other]))
    return None
