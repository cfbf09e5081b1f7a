"""What somebody may do with events and registrations."""

from typing import Any

from directory.permissions import can
from directory.roles import Permission


def may_read_registrations(user: Any) -> bool:
    """The secretariat; communications staff never."""
    return can(user, Permission.REGISTRATIONS_READ)


def may_export_registrations(user: Any) -> bool:
    """Reading and, on top, taking a table out of the house."""
    return can(user, Permission.REGISTRATIONS_READ) and can(user, Permission.REGISTRATIONS_EXPORT)


def may_edit_events(user: Any) -> bool:
    """Communications staff: events, their dates and their pages."""
    return can(user, Permission.PAGES_EDIT)
