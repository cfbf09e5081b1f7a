"""Nouns of the room *who*."""

from directory.models.people import Organization, User
from directory.models.roles import Invitation, Membership, RoleAssignment

__all__ = ["Invitation", "Membership", "Organization", "RoleAssignment", "User"]
