"""The desks as a table anybody may use: `/open-data/desks.csv`, its columns and its code tables."""

from cms.open_data import register
from directory.open_data.dataset import DESKS

__all__ = ["DESKS", "register_datasets"]


def register_datasets() -> None:
    """Called once, when the room is ready."""
    register(DESKS)
