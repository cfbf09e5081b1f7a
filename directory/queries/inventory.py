"""Everybody with a login: roles, last login, second factor, pledge, yearly confirmation. For lists and the inventory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cms import dates
from directory.enums import Confirmed
from directory.models import Attestation, Membership, Organization, Pledge, RoleAssignment, RoleRequest, User
from directory.models.pledges import PledgeState
from directory.models.roles import standing
from directory.queries.pledges import PLEDGING_ROLES, states_of

UNSEEN_DAYS = 90
ENDS_WITHIN_DAYS = 30
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# Codes of the filters; they stand in addresses.
FILTERS = {
    "factor": _("no second factor"),
    "pledge": _("rules not accepted"),
    "unseen": _("not seen for 90 days"),
    "ends": _("ends within 30 days"),
    "confirm": _("not confirmed this year"),
    "none": _("without a role"),
}


@dataclass(frozen=True)
class Held:
    """A role as a list shows it: it may rest (until somebody confirms), or its organisation may take part no more."""

    assignment: RoleAssignment
    rests: bool
    is_over: bool

    @property
    def label(self) -> str:
        """The name of the role."""
        return str(self.assignment.get_role_display())


@dataclass
class PersonRow:
    """One person in a list. `confirmed_on`: the last yearly confirmation. `waits`: this year's is still to come."""

    user: User
    held: list[Held] = field(default_factory=list)
    has_factor: bool = False
    pledge: PledgeState | None = None
    version: int | None = None
    requests: list[RoleRequest] = field(default_factory=list)
    confirmed_on: dt.date | None = None
    waits: bool = False

    @property
    def last_month(self) -> str:
        """「2026-11」, never the day or the minute: who works when is nobody's affair. Blank: never."""
        return f"{dates.jst(self.user.last_login):%Y-%m}" if self.user.last_login else ""

    @property
    def needs_pledge(self) -> bool:
        """A role of theirs leads to the casebook."""
        return any(each.assignment.role in PLEDGING_ROLES for each in self.held)

    @property
    def since(self) -> dt.date | None:
        """The first day of the oldest role held."""
        return min((each.assignment.since for each in self.held), default=None)


def rows_of(people: Iterable[User]) -> list[PersonRow]:
    """The people with everything the lists tell. Eight queries, however many people."""
    rows = {user.pk: PersonRow(user) for user in people}
    today = dates.today()
    over = set(
        Organization.objects.filter(pk__in={row.user.organization_id for row in rows.values()})
        .exclude(standing(today, ""))
        .values_list("pk", flat=True)
    )
    for each in RoleAssignment.objects.running().filter(user__in=rows).order_by("role", "pk"):
        rests = each.pauses_on is not None and each.pauses_on <= today
        rows[each.user_id].held.append(Held(each, rests, each.organization_id in over))
    for pk in Authenticator.objects.filter(user__in=rows, type__in=FACTORS).values_list("user", flat=True):
        rows[pk].has_factor = True
    for asked in states_of([row.user for row in rows.values()], today):
        rows[asked.user.pk].pledge = asked.state
    for pledge in Pledge.objects.filter(user__in=rows).select_related("version").order_by("pledged_on", "pk"):
        rows[pledge.user_id].version = pledge.version.number
    for request in RoleRequest.objects.waiting().filter(user__in=rows):
        rows[request.user_id].requests.append(request)
    year = dates.fiscal_year(today)
    for said in Attestation.objects.filter(user__in=rows).select_related("round").order_by("round__fiscal_year"):
        row = rows[said.user_id]
        if said.answer == Confirmed.HERE and said.answered_at:
            row.confirmed_on = dates.jst(said.answered_at).date()
        row.waits = said.answer == Confirmed.WAITING and said.round.fiscal_year == year
    return list(rows.values())


def own_people(organization: Organization) -> list[PersonRow]:
    """Those who work for an organisation, by name."""
    people = User.objects.filter(organization=organization, is_active=True).select_related("organization")
    return rows_of(people.order_by("name", "pk"))


def everybody() -> QuerySet[User]:
    """Everybody whose login works, by organisation."""
    people = User.objects.filter(is_active=True).select_related("organization")
    return people.order_by("organization__kana", "organization__name", "name", "pk")


def narrowed(people: QuerySet[User], code: str) -> QuerySet[User]:
    """Those whom a filter means; an unknown code narrows nothing."""
    today = dates.today()
    held = RoleAssignment.objects.running().filter(user=OuterRef("pk"))
    if code == "factor":
        return people.filter(Exists(held)).exclude(Exists(factors_of_person()))
    if code == "unseen":
        limit = dates.now() - dt.timedelta(days=UNSEEN_DAYS)
        return people.filter(Exists(held), Q(last_login=None) | Q(last_login__lt=limit))
    if code == "ends":
        return people.filter(Exists(held.filter(ending_by(today + dt.timedelta(days=ENDS_WITHIN_DAYS)))))
    if code == "confirm":
        round_ = {"round__fiscal_year": dates.fiscal_year(today)}
        return people.filter(Exists(Attestation.objects.waiting().filter(user=OuterRef("pk"), **round_)))
    if code == "pledge":
        pledging = RoleAssignment.objects.active().filter(role__in=PLEDGING_ROLES).values("user")
        missing = [each.user.pk for each in states_of(people.filter(pk__in=pledging), today) if each.is_missing]
        return people.filter(pk__in=missing)
    if code == "none":
        return people.exclude(Exists(held))
    return people


def factors_of_person() -> QuerySet[Authenticator]:
    """Second factors of the person of the outer query."""
    return Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)


def ending_by(day: dt.date) -> Q:
    """Roles that end, rest, or whose organisation's membership ends, until that day."""
    last = Membership.objects.filter(organization=OuterRef("organization"))
    lasting = last.filter(Q(until=None) | Q(until__gt=day))
    membership_ends = Q(Exists(last)) & ~Q(Exists(lasting))
    return Q(until__lte=day) | Q(pauses_on__lte=day) | membership_ends
