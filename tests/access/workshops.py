"""Access rows of the room `workshops`."""

from typing import Any

from tests.access import Row, everyone
from tests.factories.events import make_event


def build(world: Any) -> None:
    """A public event."""
    world.event = make_event(title="みんなの集い")


ROWS: list[Row] = [
    everyone("workshops:event_list"),
    everyone("workshops:event_month", kwargs=lambda world: {"year": 2026, "month": 12}, wrong={"year": 1899, "month": 1}),
    everyone("workshops:events_ics"),
    everyone("workshops:event_ics", kwargs=lambda world: {"slug": world.event.slug}, wrong={"slug": "nowhere"}),
]
