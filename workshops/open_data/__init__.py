"""Events as a table anybody may use: `/open-data/events.csv` in three municipal layouts."""

from cms.open_data import register
from workshops.open_data.dataset import EVENTS

__all__ = ["EVENTS", "register_datasets"]


def register_datasets() -> None:
    """Called once, when the room is ready."""
    register(EVENTS)
