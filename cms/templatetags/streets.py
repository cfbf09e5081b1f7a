"""Where the roofs of the drawn town stand, and how the thread runs from lit roof to lit roof."""

import itertools

# (x, y) of each roof in templates/components/drawings/town.svg, in the order in which the houses light up.
ROOFS = (
    (768, 117), (686, 134), (929, 116), (522, 130), (603, 122), (847, 127), (1015, 140),
    (435, 98), (1097, 125), (362, 125), (274, 134), (1170, 137), (199, 133), (131, 135),
)  # fmt: skip
WEST, LIGHTHOUSE = (-10, 120), (1324, 86)


def knots(lit: int) -> list[tuple[int, int]]:
    """The roofs the thread is tied to, from west to east."""
    return sorted(ROOFS[:lit])


def sag(start: tuple[int, int], end: tuple[int, int]) -> tuple[int, int]:
    """The control point of a hanging thread: in the middle, lower the longer it is."""
    length = end[0] - start[0]
    return (start[0] + end[0]) // 2, max(start[1], end[1]) + min(50, max(14, length // 6))


def thread(lit: int) -> str:
    """SVG path from the western edge over the lit roofs to the lighthouse."""
    points = [WEST, *knots(lit), LIGHTHOUSE]
    curves = [f"Q{x} {y} {end[0]} {end[1]}" for start, end in itertools.pairwise(points) for x, y in [sag(start, end)]]
    return f"M{WEST[0]} {WEST[1]} " + " ".join(curves)
