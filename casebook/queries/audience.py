"""How many organisations an audience would be, before a case is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from casebook.enums import Audience
from casebook.models import Case
from casebook.models.cases import CORE_ROLES
from casebook.queries.people import groups_of, roles_with
from cms import dates
from directory.models import Body, BodyMembership, RoleAssignment, User
from directory.models.roles import standing
from directory.roles import Permission

#: From so many organisations on, more than half of the partnership counts as the whole of it.
MANY = 6


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

    def as_good_as(self, audience: str, **readers: Any) -> str:
        """The audience it counts as: whoever ticks most of the partnership one by one tells it to the partnership."""
        reached = self.of(audience, **readers)
        return Audience.ALL if reached >= MANY and 2 * reached > len(self.all | {self.own}) else audience


def reach_of(user: User) -> Reach:
    """Three queries, whatever the size of the partnership."""
    return _reach(user.organization_id or 0, groups_of(user))


def audience_of(case: Case) -> str:
    """The audience a stored case counts as (see Reach.as_good_as)."""
    reach = _reach(case.organization_id, Body.objects.filter(pk=case.group_id))
    chosen, excluded = ([each.pk for each in links.all()] for links in (case.shared_with, case.excluded))
    return reach.as_good_as(case.audience, group=case.group_id, chosen=chosen, excluded=excluded)


def _reach(own: int, groups: QuerySet[Body]) -> Reach:
    held = RoleAssignment.objects.active().filter(
        standing(dates.today(), "user__organization__"), role__in=roles_with(Permission.CASES_READ)
    )
    reading: dict[str, set[int]] = defaultdict(set)
    for organization, role in held.order_by().values_list("user__organization", "role").distinct():
        reading[role].add(organization)
    sitting = BodyMembership.objects.on(dates.today()).filter(body__in=groups, organization__isnull=False)
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
