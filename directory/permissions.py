"""Sentences about what somebody may do."""

from typing import Any

from directory.roles import Door, Permission, doors_of, permissions_of


def can(user: Any, permission: Permission) -> bool:
    """An active role of this person holds the permission. is_superuser does not count."""
    return bool(user.is_authenticated and permission in permissions_of(user.active_roles()))


def may_enter(user: Any, door: Door) -> bool:
    """An active role of this person opens the door."""
    return bool(user.is_authenticated and door in doors_of(user.active_roles()))
