"""Whom a case concerns: its readers, first readers, reviewers."""

from django.db.models import Q, QuerySet

from casebook.enums import Audience
from casebook.models import Case
from casebook.models.cases import CORE_ROLES
from cms import dates
from directory.models import Body, BodyMembership, Organization, RoleAssignment, User
from directory.models.roles import standing
from directory.roles import ROLES, Permission


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
    elif case.audience == Audience.GROUP:
        held = held.filter(own | Q(user__organization__in=seats_of(case.group_id).values("organization")))
    return User.objects.filter(pk__in=held.values("user"))


def seats_of(group: int | None) -> QuerySet[BodyMembership]:
    """Organisations that sit in a working group or council today."""
    return BodyMembership.objects.on(dates.today()).filter(body=group, organization__isnull=False)


def groups_of(user: User) -> QuerySet[Body]:
    """Working groups and councils in which the person's own organisation sits today."""
    seats = BodyMembership.objects.on(dates.today()).filter(organization=user.organization_id)
    return Body.objects.filter(pk__in=seats.values("body")).order_by("name", "pk")


def first_readers_of(*, author: User, organization: Organization) -> QuerySet[User]:
    """The author's colleagues who may read a case first: they write cases for the same organisation."""
    roles = roles_with(Permission.CASES_WRITE)
    held = RoleAssignment.objects.active().filter(role__in=roles, user__organization=organization)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=author.pk).order_by("name", "pk")


def office_first_readers(case: Case) -> QuerySet[User]:
    """Who reads first where the author has no colleague: the secretariat."""
    held = _holders(case, roles_with(Permission.CASES_READ_FIRST))
    return User.objects.filter(pk__in=held.values("user")).exclude(pk=case.author_id)


def reviewers_of(case: Case) -> QuerySet[User]:
    """People who may release it, from outside or of the secretariat: neither the author nor who read it first."""
    office = roles_with(Permission.CASES_READ_FIRST)
    held = _holders(case, roles_with(Permission.CASES_RELEASE)).filter(
        Q(user__organization=None) | ~Q(user__organization=case.organization_id) | Q(role__in=office)
    )
    done = [pk for pk in (case.author_id, case.first_read_by_id) if pk is not None]
    return User.objects.filter(pk__in=held.values("user")).exclude(pk__in=done)


def audience_size(case: Case) -> int:
    """How many organisations may read it, the author's included."""
    return readers_of(case).values("organization").distinct().count()


def keepers() -> QuerySet[User]:
    """Who is told when somebody reads unusually much, or a case was stopped: the secretariat."""
    held = RoleAssignment.objects.active().filter(role__in=roles_with(Permission.INCIDENTS_KEEP))
    return User.objects.filter(pk__in=held.values("user"))
