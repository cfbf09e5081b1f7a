"""Who has accepted the charter in force and who has not: for the casebook's door, the home, the office, reminders.

`pledge_state(user)` tells how one person stands: kind (stands, soon, grace, missing, none), until, since, days left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cms import dates
from directory.enums import PledgeKind
from directory.models import Organization, Pledge, RoleAssignment, User
from directory.models.pledges import PledgeState, pledge_state, state_of, versions_so_far
from directory.permissions import can
from directory.roles import ROLES, Door, Permission, doors_of

__all__ = ["Asked", "asked_to_pledge", "needs_pledge", "of_organizations", "pledge_state", "pledge_task", "states_of"]

# Who has to accept the rules: whoever holds a role that leads to the casebook.
PLEDGING_ROLES = frozenset(name for name, role in ROLES.items() if Door.CASEBOOK in role.doors)


@dataclass(frozen=True)
class Asked:
    """A person who is asked for a pledge, and how they stand."""

    user: User
    state: PledgeState

    @property
    def is_missing(self) -> bool:
        """The version in force is not accepted, or the year is over."""
        return self.state.kind in {PledgeKind.MISSING, PledgeKind.GRACE}


def needs_pledge(user: Any) -> bool:
    """Whether a role of this person leads to the casebook."""
    return bool(user.is_authenticated and Door.CASEBOOK in doors_of(user.active_roles()))


def days_left(state: PledgeState, on: dt.date) -> int | None:
    """How many days the casebook stays open without a new pledge; None when no end is set."""
    return (state.until - on).days if state.until else None


def pledge_task(user: Any) -> PledgeState | None:
    """What the members' pages and the home remind of: the state, if this person has something to read and accept."""
    if not needs_pledge(user):
        return None
    state = pledge_state(user)
    return state if state.asks else None


def asked_to_pledge(by: Any) -> QuerySet[User]:
    """The people this person may look after: the secretariat everybody, an administrator the own organisation."""
    holders = RoleAssignment.objects.active().filter(role__in=PLEDGING_ROLES).values("user")
    people = User.objects.filter(pk__in=holders).select_related("organization")
    if can(by, Permission.RULES_KEEP):
        return people
    if can(by, Permission.PEOPLE_INVITE_OWN) and by.organization_id:
        return people.filter(organization=by.organization_id)
    return people.none()


def everybody_asked() -> QuerySet[User]:
    """All who hold a role that leads to the casebook: for the nightly reminders."""
    holders = RoleAssignment.objects.active().filter(role__in=PLEDGING_ROLES).values("user")
    return User.objects.filter(pk__in=holders)


def states_of(people: Iterable[User], on: dt.date) -> list[Asked]:
    """How each of them stands on that day. Two queries, however many people."""
    people = list(people)
    versions = versions_so_far(on)
    made: dict[int, list[Pledge]] = {}
    for pledge in Pledge.objects.filter(version__in=versions, user__in=people):
        made.setdefault(pledge.user_id, []).append(pledge)
    return [Asked(user, state_of(made.get(user.pk, []), versions, on)) for user in people]


@dataclass(frozen=True)
class OrganizationPledges:
    """The people of one organisation (None: those without one) who are asked."""

    organization: Organization | None
    asked: list[Asked]

    @property
    def missing(self) -> list[Asked]:
        """Those who have not accepted what is in force."""
        return [each for each in self.asked if each.is_missing]


def of_organizations(asked: Iterable[Asked]) -> list[OrganizationPledges]:
    """By organisation; where most is missing comes first, then by reading."""
    found: dict[int | None, OrganizationPledges] = {}
    for each in asked:
        group = found.setdefault(each.user.organization_id, OrganizationPledges(each.user.organization, []))
        group.asked.append(each)
    return sorted(found.values(), key=_order)


def _order(group: OrganizationPledges) -> tuple[int, str, str]:
    organization = group.organization
    return (-len(group.missing), organization.kana if organization else "", organization.name if organization else "")


def overview(by: Any) -> list[OrganizationPledges]:
    """Everybody this person looks after, by organisation. Three queries."""
    return of_organizations(states_of(asked_to_pledge(by).order_by("name", "pk"), dates.today()))
