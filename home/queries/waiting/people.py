"""What waits around people: the own pledge, the yearly confirmation, roles asked for, invitations."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import dates
from directory.enums import PledgeKind
from directory.models import Attestation, Invitation, RoleRequest
from directory.models.leaving import OFFICE_ROLES
from directory.permissions import can
from directory.queries.pledges import pledge_task
from directory.roles import Permission
from home.queries.waiting.task import Task


def people_tasks(user: Any) -> list[Task]:
    """All of it."""
    return [*pledge(user), *attestation(user), *role_requests(user), *invitations(user)]


def pledge(user: Any) -> list[Task]:
    """The rules in force, while the own pledge is missing or soon over."""
    state = pledge_task(user)
    if state is None or state.version is None:
        return []
    closed = state.kind == PledgeKind.MISSING
    why = (
        _("The cases stay closed until you have read and accepted them.")
        if closed
        else _("Accept them in time, and the cases stay open to you.")
    )
    title = _("%(title)s, version %(number)s") % {
        "title": state.version.charter.title,
        "number": state.version.number,
    }
    return [
        Task(
            title,
            why,
            _("Read and accept"),
            reverse("members:pledge"),
            "document",
            due=None if closed else state.last_day,
            since=state.since if closed else None,
        )
    ]


def attestation(user: Any) -> list[Task]:
    """People of whom nobody has said this year whether they are still here."""
    rows = Attestation.objects.visible_to(user).waiting().filter(user__is_active=True)
    office = bool(user.active_roles() & OFFICE_ROLES)
    if office:  # organisations confirm their own people
        rows = rows.filter(organization=None)
    found = rows.order_by().aggregate(due=Max("round__due_on"))["due"]
    if found is None:
        return []
    return [
        Task(
            _("Who is still here?"),
            _("Once a year you say who still works with you. What is not confirmed pauses."),
            _("Confirm"),
            reverse("members:office_attestation" if office else "members:attestation"),
            "people",
            due=found,
            count=rows.count(),
        )
    ]


def role_requests(user: Any) -> list[Task]:
    """Roles that organisations asked for, for whoever assigns them."""
    if not can(user, Permission.ROLES_ASSIGN):
        return []
    days = list(RoleRequest.objects.visible_to(user).waiting().order_by("asked_at").values_list("asked_at", flat=True))
    if not days:
        return []
    return [
        Task(
            _("Roles that organisations ask for"),
            _("Their people cannot work with cases until you answer."),
            _("Decide"),
            reverse("members:office_role_requests"),
            "key",
            since=dates.jst(days[0]).date(),
            count=len(days),
        )
    ]


def invitations(user: Any) -> list[Task]:
    """Invitations nobody has accepted yet."""
    if not can(user, Permission.PEOPLE_INVITE):
        return []
    count = Invitation.objects.visible_to(user).filter(accepted_at=None, withdrawn_at=None).count()
    if not count:
        return []
    return [
        Task(
            _("Open invitations"),
            _("These people have not come in yet."),
            _("See who"),
            reverse("members:office_people"),
            "people",
            count=count,
        )
    ]
