"""Who is meant when something is said to organisations."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from directory.models import RoleAssignment, User
from directory.models.profiles import WORKING_ROLES


def people_of(organizations: Iterable[int]) -> QuerySet[User]:
    """Those who work in these organisations and may enter the members' workspace today."""
    working = RoleAssignment.objects.active().filter(role__in=WORKING_ROLES).values("user")
    return User.objects.filter(organization__in=list(organizations), is_active=True, pk__in=working)
