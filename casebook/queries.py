"""Read-only questions over several nouns."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Conditional
from django.db.models import Count, Exists, Expression, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from casebook.enums import SHARED_STATES, Audience, CaseState, Eye, OfferState, Stance
from casebook.models import Access, Case, Offer
from casebook.models.cases import CORE_ROLES, CaseQuerySet
from cms import dates
from directory.models import Concern, Organization, RoleAssignment, User
from directory.models.roles import standing
from directory.permissions import can
from directory.roles import ROLES, Permission

TURN_OURS = 0  # place in the list of what waits for an answer of the own organisation


@dataclass(frozen=True)
class Reader:
    """An organisation (or a person without one) that has read a case, and when last."""

    organization: str
    name: str
    at: dt.datetime


def concern_names() -> dict[str, str]:
    """Code → name of every concern the city lists."""
    return dict(Concern.objects.values_list("code", "name"))


def with_concern_names(cases: Iterable[Case]) -> list[Case]:
    """The cases, each with `concern_names`: one query for all. Codes that are no more are left out."""
    names, cases = concern_names(), list(cases)
    for case in cases:
        case.concern_names = [names[code] for code in case.concerns if code in names]  # type: ignore[attr-defined]
    return cases


def listed(user: Any) -> CaseQuerySet:
    """What this person's list shows: own drafts and all shared cases, with what a line needs."""
    standing = Offer.objects.filter(case=OuterRef("pk"), state__in=[OfferState.OFFERED, OfferState.ACCEPTED])
    counted = standing.exclude(stance=Stance.CANNOT_NOW).order_by().values("case").annotate(n=Count("pk")).values("n")
    own = Q(author=user) if can(user, Permission.CASES_WRITE) else Q(pk__in=[])
    return (
        Case.objects.visible_to(user)
        .filter(own | Q(state__in=SHARED_STATES))
        .annotate(
            offer_count=Coalesce(Subquery(counted), 0),
            answered=Exists(standing.filter(organization=user.organization_id)),
            turn=_turn(user),
        )
        .order_by("turn", F("released_at").desc(nulls_first=True), "-created_at", "pk")
    )


def _turn(user: Any) -> Expression:
    """Order of the list: what waits for an answer of ours, own drafts, what runs, what is over."""
    others = ~Q(organization=user.organization_id)
    return Conditional(
        When(others, state=CaseState.RELEASED, answered=False, then=Value(TURN_OURS)),
        When(state__in=[CaseState.DRAFT, CaseState.SUBMITTED], then=Value(1)),
        When(state=CaseState.RELEASED, then=Value(2)),
        default=Value(3),
    )


def waiting_count(user: Any) -> int:
    """Released cases of others that the own organisation has not answered; for the navigation and the home."""
    if user.organization_id is None or not can(user, Permission.CASES_OFFER):
        return 0
    return listed(user).filter(turn=TURN_OURS).count()  # type: ignore[misc]  # annotated in `listed`


def roles_with(permission: Permission) -> set[str]:
    """Names of the roles that hold a permission."""
    return {role.name for role in ROLES.values() if permission in role.permissions}


def _holders(case: Case, roles: set[str]) -> QuerySet[RoleAssignment]:
    """Running roles of people whose organisation, where they have one, stands and is not excluded."""
    stands = Q(user__organization=None) | standing(dates.today(), "user__organization__")
    excluded = case.excluded.values("pk")
    allowed = Q(user__organization=None) | ~Q(user__organization__in=excluded)
    return RoleAssignment.objects.active().filter(stands, allowed, role__in=roles)


def readers_of(case: Case) -> QuerySet[User]:
    """People who may read a shared case: the same people for whom `visible_to` holds (a test keeps the two together)."""
    held = _holders(case, roles_with(Permission.CASES_READ)).filter(user__organization__isnull=False)
    own = Q(user__organization=case.organization_id)
    if case.audience == Audience.CORE:
        held = held.filter(own | Q(role__in=CORE_ROLES))
    elif case.audience == Audience.CHOSEN:
        held = held.filter(own | Q(user__organization__in=case.shared_with.values("pk")))
    return User.objects.filter(pk__in=held.values("user"))


def reviewers_of(case: Case) -> QuerySet[User]:
    """People who may release it."""
    held = _holders(case, roles_with(Permission.CASES_RELEASE))
    return User.objects.filter(pk__in=held.values("user")).exclude(pk=case.author_id)


def audience_size(case: Case) -> int:
    """How many organisations may read it, the author's included."""
    return readers_of(case).values("organization").distinct().count()


def can_see(user: Any, case: Case) -> bool:
    """Whether `visible_to` holds for one case."""
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def readers(case: Case) -> list[Reader]:
    """Who has read a shared case, the latest first; the author's own readings left out."""
    rows = list(
        Access.objects.filter(case=case.pk, how=Eye.VIEW)
        .exclude(user=case.author_id)
        .order_by()
        .values("user", "organization")
        .annotate(last=Max("at"))
        .order_by("-last")
    )
    people = dict(User.objects.filter(pk__in={row["user"] for row in rows}).values_list("pk", "name"))
    bodies = dict(Organization.objects.filter(pk__in={row["organization"] for row in rows}).values_list("pk", "name"))
    return [Reader(bodies.get(row["organization"] or 0, ""), people.get(row["user"], ""), row["last"]) for row in rows]


def reading_organizations(case: Case) -> int:
    """How many organisations beside the author's have read it."""
    rows = Access.objects.filter(case=case.pk, how=Eye.VIEW).exclude(organization=case.organization_id)
    return rows.order_by().values("organization").distinct().count()
