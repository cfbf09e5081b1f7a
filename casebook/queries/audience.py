"""How many organisations an audience would be, before a case is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from casebook.enums import Audience
from casebook.models.cases import CORE_ROLES
from casebook.queries.people import groups_of, roles_with
from cms import dates
from directory.models import BodyMembership, RoleAssignment, User
from directory.models.roles import standing
from directory.roles import Permission


@dataclass(frozen=True)
class Reach:
    """Organisations that read cases today: all, those of the core circle, those that sit in each of my groups."""

    own: int
    all: frozenset[int]
    core: frozenset[int]
    seats: dict[int, frozenset[int]]

    def of(
        self, audience: str, *, group: int | None = None, chosen: Iterable[int] = (), excluded: Iterable[int] = ()
    ) -> int:
        """How many may read it, the own organisation included (which nobody can exclude)."""
        readers = {
            Audience.ALL: self.all,
            Audience.CORE: self.core,
            Audience.GROUP: self.seats.get(group or 0, frozenset()) & self.all,
            Audience.CHOSEN: frozenset(chosen) & self.all,
        }[Audience(audience)]
        return len((readers - frozenset(excluded)) | {self.own})


def reach_of(user: User) -> Reach:
    """Three queries, whatever the size of the partnership."""
    own = user.organization_id or 0
    held = RoleAssignment.objects.active().filter(
        standing(dates.today(), "user__organization__"), role__in=roles_with(Permission.CASES_READ)
    )
    reading: dict[str, set[int]] = defaultdict(set)
    for organization, role in held.order_by().values_list("user__organization", "role").distinct():
        reading[role].add(organization)
    sitting = BodyMembership.objects.on(dates.today()).filter(body__in=groups_of(user), organization__isnull=False)
    seats: dict[int, set[int]] = defaultdict(set)
    for body, organization in sitting.values_list("body", "organization"):
        seats[body].add(organization)  # type: ignore[arg-type]
    return Reach(
        own=own,
        all=frozenset().union(*reading.values()),
        core=frozenset().union(*(found for role, found in reading.items() if role in CORE_ROLES)),
        seats={body: frozenset(found) for body, found in seats.items()},
    )


def all_reviewers() -> QuerySet[User]:
    """Everybody who checks cases; who may check a certain one, `reviewers_of` says."""
    held = RoleAssignment.objects.active().filter(role__in=roles_with(Permission.CASES_RELEASE))
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")
