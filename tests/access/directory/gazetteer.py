"""Access rows: the names of the city's places, kept by the secretariat."""

from __future__ import annotations

from typing import Any

from directory.actions.gazetteer import load_places
from tests.access import SECRETARIAT, Row, all_of


def build(world: Any) -> None:
    """One place, from a list with a name of its own."""
    places = {("school", world.canary("gazetteer.name"))}
    load_places(by=world.users["secretariat"], places=places, source=world.canary("gazetteer.source"))


ROWS: list[Row] = [
    Row(
        "members:office_gazetteer",
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 422),
        otherwise=403,
        shows={"gazetteer.source": SECRETARIAT},
    ),
    Row(
        "members:office_gazetteer_csv",
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 405),
        otherwise=403,
        shows={"gazetteer.name": SECRETARIAT},
    ),
]
