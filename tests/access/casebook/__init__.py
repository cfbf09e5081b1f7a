"""Access rows of the room `casebook`: one module a noun, each with `build(world)` and `ROWS`."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from tests.access import Row

NAMES = sorted((module.name for module in iter_modules(__path__)), key=lambda name: (name != "cases", name))
MODULES = [import_module(f"{__name__}.{name}") for name in NAMES]
ROWS: list[Row] = [row for module in MODULES for row in module.ROWS]


def build(world: Any) -> None:
    """What the rows of each noun need; cases first."""
    for module in MODULES:
        module.build(world)
