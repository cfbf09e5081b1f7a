"""Verbs about roles: hold, end, ask for, answer, hand on. Wagtail's groups follow the roles and nothing else."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cms import audit, dates
from directory.actions.notifications import notify
from directory.enums import RequestState
from directory.models import Organization, RoleAssignment, RoleRequest, User
from directory.permissions import administers, can
from directory.roles import (
    BEFORE_CONFIRMATION,
    NEVER_REST,
    ROLES,
    ROLES_ASKED_FOR,
    ROLES_GIVEN_TO_OWN_PEOPLE,
    Permission,
)
from directory.signals import role_ended

REQUEST_WAITS = "role_request"
REQUEST_ANSWERED = "role_answered"


@transaction.atomic
def assign_role(*, user: User, role: str, organization: Organization | None, by: User | None) -> RoleAssignment:
    """Hold a role from today. A role somebody already holds is returned as it is."""
    if role not in ROLES:
        raise ValidationError(_("There is no such role."))
    try:
        with transaction.atomic():
            assignment = RoleAssignment.objects.create(user=user, role=role, organization=organization, granted_by=by)
    except IntegrityError:
        return RoleAssignment.objects.get(user=user, role=role, until=None)
    user.forget_roles()
    grant_wagtail_groups(user)
    audit.record("role.assigned", by=by, target=user, role=role, organization=organization.pk if organization else None)
    return assignment


@transaction.atomic
def give_by_office(*, user: User, role: str, by: User) -> RoleAssignment:
    """The office gives a role, for the organisation of the person. Nobody gives themselves one."""
    if not can(by, Permission.ROLES_ASSIGN):
        raise PermissionDenied
    if user.pk == by.pk:
        raise ValidationError(_("Nobody gives themselves a role. Please ask somebody else of the office."))
    for request in RoleRequest.objects.waiting().filter(user=user, role=role):
        answer(request=request, give=True, by=by)
    return assign_role(user=user, role=role, organization=user.organization, by=by)


@transaction.atomic
def end_role(*, assignment: RoleAssignment, by: User) -> None:
    """The role holds no more, from this moment: the next request is refused.

    Raises PermissionDenied when it is not theirs to take, ValidationError when nobody would be left to do that work.
    """
    if not may_end(by, assignment):
        raise PermissionDenied
    refuse_to_end_the_last(assignment, by=by)
    finish(assignment, by=by)


def may_end(by: User, assignment: RoleAssignment) -> bool:
    """Whoever assigns roles; an organisation's administrator those that are theirs to give."""
    own = assignment.organization_id is not None and administers(by, assignment.organization_id)
    theirs = assignment.role in (*ROLES_GIVEN_TO_OWN_PEOPLE, *ROLES_ASKED_FOR)
    return can(by, Permission.ROLES_ASSIGN) or (
        own and theirs and assignment.user.organization_id == by.organization_id
    )


def refuse_to_end_the_last(assignment: RoleAssignment, *, by: User) -> None:
    """Somebody must be left who can let the others in. Raises ValidationError with the reason."""
    others = RoleAssignment.objects.active().filter(role=assignment.role).exclude(user=assignment.user_id)
    if assignment.role in NEVER_REST and not others.exists():
        words = _("%(name)s is the only person left with the role “%(role)s”. Give it to somebody else first.")
        raise ValidationError(words % {"name": assignment.user.name, "role": assignment.get_role_display()})
    if assignment.role != "orgadmin" or can(by, Permission.ROLES_ASSIGN):
        return
    if not others.filter(organization=assignment.organization_id).exists():
        raise ValidationError(
            _(
                "%(name)s is the last administrator. Hand that on to somebody first: otherwise nobody could ask people in."
            )
            % {"name": assignment.user.name}
        )


def finish(assignment: RoleAssignment, *, by: User | None) -> None:
    """Write the end down and tell the house; whether it may be is asked before."""
    RoleAssignment.objects.filter(pk=assignment.pk).update(until=max(assignment.since, dates.today()))
    assignment.user.forget_roles()
    grant_wagtail_groups(assignment.user)
    audit.record("role.ended", by=by, target=assignment.user, role=assignment.role)
    role_ended.send(sender=RoleAssignment, user=assignment.user, role=assignment.role, by=by)


def grant_wagtail_groups(user: User) -> None:
    """Wagtail's groups follow the roles and nothing else."""
    names = {group for role in user.active_roles() for group in ROLES[role].wagtail_groups}
    user.groups.set(Group.objects.filter(name__in=names))


# --- what an organisation's administrator may do ---------------------------------------------------------


@transaction.atomic
def give_role(*, user: User, role: str, by: User) -> RoleAssignment | RoleRequest:
    """To one of the own people: given at once, or (what opens the casebook) asked of the secretariat."""
    organization = user.organization
    if organization is None or not administers(by, organization.pk):
        raise PermissionDenied
    if role in ROLES_GIVEN_TO_OWN_PEOPLE:
        return assign_role(user=user, role=role, organization=organization, by=by)
    if role not in ROLES_ASKED_FOR:
        raise PermissionDenied
    return ask_for(user=user, role=role, organization=organization, by=by)


@transaction.atomic
def hand_on(*, to: User, by: User) -> None:
    """The administrator's work goes to a colleague; who hands it on keeps the role without cases, and what else they hold."""
    organization = by.organization
    if organization is None or to.organization_id != organization.pk or not administers(by, organization.pk):
        raise PermissionDenied
    if to.pk == by.pk or not to.is_active:
        raise ValidationError(_("Choose somebody else."))
    assign_role(user=to, role="orgadmin", organization=organization, by=by)
    assign_role(user=by, role=BEFORE_CONFIRMATION, organization=organization, by=by)
    for assignment in RoleAssignment.objects.running().filter(user=by, role="orgadmin").select_related("user"):
        finish(assignment, by=by)
    by.forget_roles()
    audit.record("person.administration_handed_on", by=by, target=to, organization=organization.pk)


def ask_for(*, user: User, role: str, organization: Organization, by: User | None) -> RoleRequest:
    """Ask the secretariat for a role that opens the casebook. The same question twice is one.

    Raises ValidationError when the person has it.
    """
    if RoleAssignment.objects.active().filter(user=user, role=role).exists():
        raise ValidationError(_("This person already has that role."))
    request, made = RoleRequest.objects.get_or_create(
        user=user, role=role, state=RequestState.WAITING, defaults={"organization": organization, "asked_by": by}
    )
    if made:
        audit.record("role.asked_for", by=by, target=user, role=role, organization=organization.pk)
        key = f"role_request:{request.pk}"
        notify(kind=REQUEST_WAITS, people=holders_of("secretariat"), target=request.pk, key=key, role=role)
    return request


@transaction.atomic
def answer(*, request: RoleRequest, give: bool, by: User) -> RoleRequest:
    """The secretariat gives the role, or does not. ValidationError when somebody was quicker, or the person is gone."""
    if not can(by, Permission.ROLES_ASSIGN):
        raise PermissionDenied
    state = RequestState.GRANTED if give else RequestState.REFUSED
    answered = RoleRequest.objects.waiting().filter(pk=request.pk)
    if not answered.update(state=state, decided_by=by, decided_at=dates.now()):
        raise ValidationError(_("Somebody else has answered this already."))
    if give:
        if request.user.organization_id != request.organization_id or not request.user.is_active:
            raise ValidationError(_("This person no longer works there."))
        assign_role(user=request.user, role=request.role, organization=request.organization, by=by)
        end_provisional(request.user, by=by)
    audit.record("role.request_answered", by=by, target=request, role=request.role, answer=str(state))
    people = [request.asked_by] if request.asked_by else []
    notify(
        kind=REQUEST_ANSWERED, people=people, target=request.pk, key=f"role_answered:{request.pk}", answer=str(state)
    )
    return request


def end_provisional(user: User, *, by: User) -> None:
    """What bridged the time until the confirmation has done its work."""
    bridge = RoleAssignment.objects.running().filter(user=user, role=BEFORE_CONFIRMATION).select_related("user")
    for assignment in bridge:
        finish(assignment, by=by)
    user.forget_roles()


@transaction.atomic
def withdraw_request(*, request: RoleRequest, by: User) -> None:
    """The organisation does not ask any more."""
    if not administers(by, request.organization_id):
        raise PermissionDenied
    if RoleRequest.objects.waiting().filter(pk=request.pk).update(state=RequestState.WITHDRAWN, decided_at=dates.now()):
        audit.record("role.request_withdrawn", by=by, target=request, role=request.role)


def holders_of(*roles: str, organization: Organization | None = None) -> list[User]:
    """People who hold one of the roles today (for an organisation, if given)."""
    held = RoleAssignment.objects.active().filter(role__in=roles)
    if organization is not None:
        held = held.filter(organization=organization)
    return list(User.objects.filter(pk__in=held.values("user")))
