"""Verbs about leaving: a person leaves an organisation; an organisation leaves the partnership.

What somebody may do ends at once, by the question itself (`RoleAssignmentQuerySet.active`); nothing here is needed for
that. Here the rest is tidied up inside the same transaction: sessions, open invitations, requests, Wagtail's groups;
and higher rooms are told (directory.signals). What people wrote stays, with their name and their organisation.
Second factors stay as well: a key without a door does no harm, and whoever comes back needs no new one (ADR 0037).
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cms import audit, dates
from cms.encryption import keyed_hash
from directory.actions import roles, sessions
from directory.enums import RequestState
from directory.models import Invitation, Membership, Organization, RoleAssignment, RoleRequest, User
from directory.models.roles import standing
from directory.permissions import administers, can
from directory.roles import NEVER_REST, Permission
from directory.signals import membership_ended, person_left


def may_remove(by: User, user: User) -> bool:
    """Whoever assigns roles; an organisation's administrator the own people."""
    own = user.organization_id is not None and administers(by, user.organization_id)
    return can(by, Permission.ROLES_ASSIGN) or own


@transaction.atomic
def remove_person(*, user: User, by: User | None) -> None:
    """The person works there no more: all roles of the organisation end, from this moment.

    Roles that were given to the person alone stay; of somebody without an organisation these end. Raises
    PermissionDenied, or ValidationError when nobody would be left to let others in, or when only those who assign
    roles may do it.
    """
    organization = user.organization
    if by is not None and not may_remove(by, user):
        raise PermissionDenied
    held = list(RoleAssignment.objects.running().filter(user=user, organization=organization).select_related("user"))
    if by is not None:
        for assignment in held:
            if assignment.role in NEVER_REST and not can(by, Permission.ROLES_ASSIGN):
                raise ValidationError(_("This person keeps the office. Please ask the system administrator."))
            roles.refuse_to_end_the_last(assignment, by=by)
    for assignment in held:
        roles.finish(assignment, by=by)
    email_hash = keyed_hash(user.email, purpose="invitation-email")
    withdraw_invitations(Invitation.objects.filter(organization=organization, email_hash=email_hash))
    User.objects.filter(pk=user.pk).update(organization=None)
    user.organization = None
    user.forget_roles()
    audit.record(
        "person.left", by=by, target=user, organization=organization.pk if organization else None, roles=len(held)
    )
    close_what_is_open(user)
    person_left.send(sender=User, user=user, organization=organization, by=by)


def close_what_is_open(user: User) -> None:
    """After roles ended: requests go; whoever holds no role at all is signed out everywhere."""
    requests = RoleRequest.objects.waiting().filter(user=user).exclude(organization=user.organization_id)
    requests.update(state=RequestState.WITHDRAWN, decided_at=dates.now())
    user.forget_roles()
    roles.grant_wagtail_groups(user)
    if not user.active_roles():
        sessions.end_all(user)


def withdraw_invitations(invitations: object) -> int:
    """Open ones lead nowhere any more; how many."""
    still_open = {"accepted_at": None, "withdrawn_at": None}
    return int(invitations.filter(**still_open).update(withdrawn_at=dates.now()))  # type: ignore[attr-defined]


# --- an organisation --------------------------------------------------------------------------------------


@transaction.atomic
def settle(*, organization: Organization, by: User | None) -> bool:
    """After its memberships changed: people's groups follow; when it takes part no more the house is told, once.

    Says whether it was told.
    """
    today = dates.today()
    ended = Membership.objects.filter(organization=organization, announced_at=None, until__lte=today)
    if Organization.objects.filter(standing(today, ""), pk=organization.pk).exists():
        ended.update(announced_at=dates.now())  # another membership follows: it only moved to the other tier
        for user in people_of(organization):
            roles.grant_wagtail_groups(user)
        return False
    if not ended.update(announced_at=dates.now()):
        return False
    withdraw_invitations(Invitation.objects.filter(organization=organization))
    requests = RoleRequest.objects.waiting().filter(organization=organization)
    requests.update(state=RequestState.WITHDRAWN, decided_at=dates.now())
    for user in people_of(organization):
        close_what_is_open(user)
    audit.record("membership.over", by=by, target=organization)
    membership_ended.send(sender=Organization, organization=organization, by=by)
    return True


def people_of(organization: Organization) -> list[User]:
    """Whoever holds, or held until now, a role through it."""
    held = RoleAssignment.objects.running().filter(organization=organization)
    return list(User.objects.filter(Q(organization=organization) | Q(pk__in=held.values("user"))))


def end_reached(at: dt.datetime) -> int:
    """On every tick: memberships whose last day is over, also because the organisation itself ended; how many were told of."""
    today = dates.jst(at).date()
    gone = Membership.objects.filter(organization__ended_on__lte=today, until=None)
    for membership in gone.select_related("organization"):
        until = max(membership.since, membership.organization.ended_on or today)
        Membership.objects.filter(pk=membership.pk, until=None).update(until=until)
    reached = Membership.objects.filter(announced_at=None, until__lte=today).values("organization")
    return sum(settle(organization=each, by=None) for each in Organization.objects.filter(pk__in=reached))
