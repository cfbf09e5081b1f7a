"""What somebody may do with events and registrations."""

from typing import Any

from directory.permissions import can, may_enter
from directory.roles import Door, Permission


def may_read_registrations(user: Any) -> bool:
    """The secretariat; communications staff never."""
    return can(user, Permission.REGISTRATIONS_READ)


def may_receive(user: Any) -> bool:
    """Receive people on the day: the secretariat everywhere, an organisation's administrator at its own events."""
    return can(user, Permission.REGISTRATIONS_READ) or can(user, Permission.REGISTRATIONS_OWN)


def may_see_contacts(user: Any) -> bool:
    """How to reach somebody: the secretariat, which tells them when something changes; not the host."""
    return may_read_registrations(user)


def may_export_registrations(user: Any) -> bool:
    """Reading and, on top, taking a table out of the house."""
    return can(user, Permission.REGISTRATIONS_READ) and can(user, Permission.REGISTRATIONS_EXPORT)


def may_propose_events(user: Any) -> bool:
    """Hand in an event of the own organisation: its administrator. Communications publish it."""
    return bool(user.is_authenticated and user.organization_id and can(user, Permission.EVENTS_PROPOSE))


def may_hold_studies(user: Any) -> bool:
    """Hold a study session for members: an organisation's administrator, and the secretariat."""
    return bool(user.is_authenticated and user.organization_id) and (
        can(user, Permission.EVENTS_PROPOSE) or can(user, Permission.REGISTRATIONS_READ)
    )


def may_edit_events(user: Any) -> bool:
    """Communications staff: events, their dates and their pages."""
    return can(user, Permission.PAGES_EDIT)


def may_have_a_feed(user: Any) -> bool:
    """Whoever works in the members' room today, and may still sign in; asked at every request of the feed."""
    return bool(user.is_active and may_enter(user, Door.WORKSPACE))


def may_write_summaries(user: Any) -> bool:
    """What residents may know of a meeting: the secretariat writes it."""
    return can(user, Permission.SUMMARIES_WRITE)


def may_publish_summaries(user: Any) -> bool:
    """Show a summary that somebody else wrote: the secretariat, and communications' publishers."""
    return can(user, Permission.SUMMARIES_WRITE) or can(user, Permission.PAGES_PUBLISH)


def may_give_materials(user: Any) -> bool:
    """Give materials, and tell of their use: whoever works in the members' room for an organisation."""
    return bool(user.is_authenticated and user.organization_id and may_enter(user, Door.WORKSPACE))
