"""Reading desks that others wrote down: our own CSV layout, or HSDS 3.0 as JSON → `DeskRow` or refusals.

Pure: no database, no clock. The verb that stores what was read is `directory.actions.importing`.
"""

from directory.importing.reading import read_desks
from directory.importing.records import ChannelRow, DeskRow, Known, Reading

__all__ = ["ChannelRow", "DeskRow", "Known", "Reading", "read_desks"]
