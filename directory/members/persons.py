"""One person of the own organisation: their roles, handing on the administration, leaving."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions import leaving, roles
from directory.members.people import signed_in
from directory.models import RoleAssignment, RoleRequest, User
from directory.permissions import can
from directory.queries.inventory import PersonRow, rows_of
from directory.reauthentication import asked_again
from directory.roles import ROLES, ROLES_ASKED_FOR, ROLES_GIVEN_TO_OWN_PEOPLE, Permission


def administrator(request: HttpRequest) -> User:
    """Only who administers an organisation."""
    user = signed_in(request)
    if user.organization is None or not can(user, Permission.PEOPLE_INVITE_OWN):
        raise PermissionDenied
    return user


def own_person(user: User, pk: int) -> User:
    """A person of the own organisation; anybody else is a 404."""
    people = User.objects.filter(organization=user.organization_id, is_active=True).select_related("organization")
    return get_object_or_404(people, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/people/<id>/`: what the person may do; give, ask for, take, hand on."""
    user = administrator(request)
    found = own_person(user, pk)
    if request.method == "POST":
        if again := asked_again(request):
            return again
        try:
            messages.success(request, carried_out(request, found, by=user))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        handed_on = request.POST.get("do") == "hand_on" and "orgadmin" not in user.active_roles()
        return redirect("members:home") if handed_on else redirect("members:person", pk=found.pk)
    row = rows_of([found])[0]
    context = {"row": row, "gives": offered(row), "is_self": found.pk == user.pk, "may_end": may_end_roles(row, user)}
    return render(request, "directory/members/person.html", context)


def offered(row: PersonRow) -> list[dict[str, Any]]:
    """Roles the person has not, in the order of the house; `asked`: the secretariat confirms."""
    has = {each.assignment.role for each in row.held} | {each.role for each in row.requests}
    names = [name for name in (*ROLES_GIVEN_TO_OWN_PEOPLE, *ROLES_ASKED_FOR) if name not in has]
    if has & set(ROLES_ASKED_FOR):
        names = [name for name in names if name != "colleague"]
    return [{"role": ROLES[name], "asked": name in ROLES_ASKED_FOR} for name in names]


def may_end_roles(row: PersonRow, user: User) -> set[int]:
    """Ids of the assignments with a button."""
    return {each.assignment.pk for each in row.held if roles.may_end(user, each.assignment)}


def carried_out(request: HttpRequest, person: User, *, by: User) -> str:
    """Do what the pressed button says; the sentence for the next page. Raises ValidationError."""
    do, role = request.POST.get("do"), request.POST.get("role", "")
    if do == "give":
        given = roles.give_role(user=person, role=role, by=by)
        if isinstance(given, RoleRequest):
            return _("The secretariat was asked. You will hear of it here.")
        return _("The role is given. It holds from now on.")
    if do == "hand_on":
        roles.hand_on(to=person, by=by)
        return _("%(name)s is the administrator now.") % {"name": person.name}
    if do == "end":
        held = RoleAssignment.objects.running().filter(user=person).select_related("user")
        roles.end_role(assignment=get_object_or_404(held, pk=number(role)), by=by)
        return _("The role ended. The next request of this person is refused.")
    raise ValidationError(_("Please choose."))


def number(text: str) -> int:
    """An id from a form; what is none is no id of anything."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def person_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/people/<id>/remove/`: the person works here no more; one question before."""
    user = administrator(request)
    found = own_person(user, pk)
    return removal(request, found, by=user, back=reverse("members:people"))


def removal(request: HttpRequest, person: User, *, by: User, back: str) -> HttpResponse:
    """The question and, when it is answered, the end; for the organisation's own screen and the office's."""
    if request.method == "POST":
        if again := asked_again(request):
            return again
        try:
            leaving.remove_person(user=person, by=by)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(
                request, _("%(name)s can no longer come in. What they wrote stays.") % {"name": person.name}
            )
            return redirect(back if by.pk != person.pk else "/")
    context = {"row": rows_of([person])[0], "back": back, "is_self": person.pk == by.pk}
    return render(request, "directory/members/person_remove.html", context)


@require_POST
def role_request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/people/requests/<id>/withdraw/`: not asked for any more."""
    user = administrator(request)
    asked = get_object_or_404(RoleRequest.objects.visible_to(user), pk=pk)
    roles.withdraw_request(request=asked, by=user)
    messages.success(request, _("The request was taken back."))
    return redirect("members:person", pk=asked.user_id)
