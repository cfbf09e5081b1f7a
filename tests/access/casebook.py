"""Access rows of the room `casebook`."""

from typing import Any

from tests.access import Row


def build(world: Any) -> None:
    """What the rows below show."""


ROWS: list[Row] = []
