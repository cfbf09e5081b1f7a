"""What the table of events must not give away; its routes have their rows in tests.access.home (one a route)."""

from typing import Any

from tests.access import Row
from tests.factories.events import make_event


def build(world: Any) -> None:
    """A public event with the address of its online side, which no page and no table shows."""
    make_event(
        title="データになる催し", format="online", online_link=f"https://meet.example/{world.canary('online.link')}"
    )


ROWS: list[Row] = []
