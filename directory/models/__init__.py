"""Nouns of the room *who*."""

from directory.models.channels import Channel
from directory.models.concerns import Concern
from directory.models.desks import ConsultationDesk
from directory.models.pages import HelpIndexPage
from directory.models.people import Organization, User
from directory.models.role_statements import RoleStatement
from directory.models.roles import Invitation, Membership, RoleAssignment

__all__ = [
    "Channel",
    "Concern",
    "ConsultationDesk",
    "HelpIndexPage",
    "Invitation",
    "Membership",
    "Organization",
    "RoleAssignment",
    "RoleStatement",
    "User",
]
