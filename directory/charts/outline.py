"""The chart in words: a nested list that says everything the picture says."""

from __future__ import annotations

from dataclasses import dataclass, field

from directory.charts.graph import Box, Graph, Line
from directory.enums import Tie


@dataclass(frozen=True)
class Said:
    """A line as one of its boxes tells it. `outward`: told by the box it starts from."""

    line: Line
    other: Box
    outward: bool

    @property
    def key(self) -> str:
        """For templates: "reports-out", "reports-in", …; those who work together say the same."""
        if self.line.tie is Tie.COOPERATES:
            return "cooperates"
        return f"{self.line.tie.value}-{'out' if self.outward else 'in'}"


@dataclass
class Item:
    """A box, the parts it is made of below it, and its other lines in sentences."""

    box: Box
    children: list[Item] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


def outline(graph: Graph) -> list[Item]:
    """Every box once, every line once or more: nesting means 「構成」 and nothing else."""
    items = {number: Item(box) for number, box in graph.boxes.items()}
    nested = nesting(graph)
    for line in graph.lines:
        if nested.get(line.end) == line.start and line.tie is Tie.CONSISTS:
            items[line.start].children.append(items[line.end])
            continue
        items[line.start].said.append(Said(line, graph.boxes[line.end], outward=True))
        items[line.end].said.append(Said(line, graph.boxes[line.start], outward=False))
    return [item for number, item in items.items() if number not in nested]


def nesting(graph: Graph) -> dict[int, int]:
    """Part → the first whole it belongs to, as long as no box would lie inside itself."""
    inside: dict[int, int] = {}
    for line in graph.lines:
        if line.tie is Tie.CONSISTS and line.end not in inside and not _contains(inside, line.end, line.start):
            inside[line.end] = line.start
    return inside


def _contains(inside: dict[int, int], outer: int, number: int | None) -> bool:
    """`number` is `outer`, or lies inside it at some depth."""
    while number is not None:
        if number == outer:
            return True
        number = inside.get(number)
    return False
