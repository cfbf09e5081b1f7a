"""What a chart says: boxes by number, lines between them, and which box stands above which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from directory.enums import Tie


@dataclass(frozen=True)
class Box:
    """A box. `href` is "" when there is nothing to read about it."""

    number: int
    label: str
    detail: str = ""
    is_core: bool = False
    href: str = ""


@dataclass(frozen=True)
class Line:
    """A line from one box to another; see `Tie` for what that means."""

    start: int
    tie: Tie
    end: int

    @property
    def ends_above(self) -> tuple[int, int] | None:
        """(upper, lower) box; None for those who stand side by side."""
        if self.tie is Tie.COOPERATES:
            return None
        return (self.end, self.start) if self.tie is Tie.REPORTS else (self.start, self.end)


class Graph:
    """Boxes in their order and lines between them; a line to a box that is not there falls away."""

    def __init__(self, boxes: Iterable[Box], lines: Iterable[Line]) -> None:
        self.boxes = {box.number: box for box in boxes}
        known = (line for line in lines if line.start in self.boxes and line.end in self.boxes)
        self.lines = list(dict.fromkeys(line for line in known if line.start != line.end))

    @cached_property
    def hanging(self) -> list[tuple[int, int]]:
        """(upper, lower) without cycles: a line that would close one hangs the other way round."""
        pairs = dict.fromkeys(pair for line in self.lines if (pair := line.ends_above))
        below: dict[int, list[int]] = defaultdict(list)
        for upper, lower in pairs:
            below[upper].append(lower)
        backwards = _closing(self._begin_with({low for _up, low in pairs}), below)
        return list(dict.fromkeys((low, up) if (up, low) in backwards else (up, low) for up, low in pairs))

    def _begin_with(self, hung: set[int]) -> list[int]:
        """Boxes that hang from nothing first, then all others, each in its order."""
        return sorted(self.boxes, key=lambda number: number in hung)

    @cached_property
    def rows(self) -> dict[int, int]:
        """Box → row, counted from the top: below everything it hangs from, as close as it may be."""
        row = dict.fromkeys(self.boxes, 0)
        for upper, lower in self._from_the_top():
            row[lower] = max(row[lower], row[upper] + 1)
        hung = {low for _up, low in self.hanging}
        for number in self.boxes:
            beneath = [row[low] for up, low in self.hanging if up == number]
            if beneath and number not in hung:
                row[number] = min(beneath) - 1
        self._beside_partners(row)
        return row

    @cached_property
    def partners(self) -> dict[int, int]:
        """Box that only works together with others → the first of those that stands in a row of its own."""
        placed = {number for pair in self.hanging for number in pair}
        found: dict[int, int] = {}
        for line in self.lines:
            for one, other in ((line.start, line.end), (line.end, line.start)):
                if line.tie is Tie.COOPERATES and one in placed and other not in placed:
                    found.setdefault(other, one)
        return found

    @cached_property
    def order(self) -> list[int]:
        """Boxes in their order, partners by turns at the left and at the right of the box they stand beside."""
        beside: dict[int, list[int]] = defaultdict(list)
        for partner, box in self.partners.items():
            beside[box].append(partner)
        found: list[int] = []
        for number in self.boxes:
            if number not in self.partners:
                found += [*beside[number][0::2], number, *beside[number][1::2]]
        return found

    def _from_the_top(self) -> list[tuple[int, int]]:
        """The hanging pairs, each after those that its upper box hangs from."""
        waiting = dict.fromkeys(self.boxes, 0)
        for _upper, lower in self.hanging:
            waiting[lower] += 1
        ready, found = [number for number, count in waiting.items() if not count], []
        while ready:
            upper = ready.pop(0)
            for pair in self.hanging:
                if pair[0] == upper:
                    found.append(pair)
                    waiting[pair[1]] -= 1
                    if not waiting[pair[1]]:
                        ready.append(pair[1])
        return found

    def _beside_partners(self, row: dict[int, int]) -> None:
        """Who only works together with others stands in the row of the first of them."""
        placed = {number for pair in self.hanging for number in pair}
        if not placed:
            return
        together = [(line.start, line.end) for line in self.lines if line.tie is Tie.COOPERATES]
        moved = True
        while moved:
            moved = False
            for one, other in [*together, *((b, a) for a, b in together)]:
                if one in placed and other not in placed:
                    row[other] = row[one]
                    placed.add(other)
                    moved = True


def _closing(order: list[int], below: dict[int, list[int]]) -> set[tuple[int, int]]:
    """The pairs that close a cycle, found by walking down from each box in turn."""
    found: set[tuple[int, int]] = set()
    on_the_way: set[int] = set()
    done: set[int] = set()

    def walk(number: int) -> None:
        on_the_way.add(number)
        for lower in below.get(number, []):
            if lower in on_the_way:
                found.add((number, lower))
            elif lower not in done:
                walk(lower)
        on_the_way.remove(number)
        done.add(number)

    for number in order:
        if number not in done:
            walk(number)
    return found
