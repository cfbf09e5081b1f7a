"""The secretariat's office: all people, their roles, invitations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.once import once
from directory.actions import people as actions
from directory.members.forms import InvitationForm
from directory.members.people import invited, signed_in
from directory.models import Invitation, RoleAssignment, RoleRequest
from directory.permissions import can
from directory.queries.inventory import FILTERS, everybody, narrowed, rows_of
from directory.reauthentication import asked_again
from directory.roles import ROLES, Door, Permission, doors_of

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@once
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a login, their roles today, open invitations, and the form that invites."""
    user = signed_in(request)
    if not can(user, Permission.PEOPLE_READ):
        raise PermissionDenied
    form = (
        InvitationForm(request.POST if request.method == "POST" else None)
        if can(user, Permission.PEOPLE_INVITE)
        else None
    )
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        # An ordinary member may be asked in without more ado; whoever gets a key to the office, only by a proven person.
        if opens_the_office(request.POST.get("role", "")) and (again := asked_again(request)):
            return again
        if form.is_valid() and invited(form, by=user, organization=form.cleaned_data["organization"]):
            messages.success(request, _("The invitation is on its way."))
            return redirect("members:office_people")
    chosen = request.GET.get("f", "") if request.GET.get("f", "") in FILTERS else ""
    page = Paginator(narrowed(everybody(), chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "rows": rows_of(page.object_list),
        "filters": FILTERS.items(),
        "chosen": chosen,
        "asked_for": RoleRequest.objects.waiting().count(),
        "invitations": Invitation.objects.visible_to(user)
        .filter(accepted_at=None, withdrawn_at=None)
        .select_related("organization"),
        "roles": ROLES.values(),
        "may_assign": can(user, Permission.ROLES_ASSIGN),
    }
    return render(request, "directory/members/office_people.html", context)


def opens_the_office(role: str) -> bool:
    """The role opens more than the members' own rooms: office, audit trail, consultations, the public pages."""
    return bool(doors_of({role}) - {Door.WORKSPACE, Door.CASEBOOK})


@require_http_methods(["GET", "HEAD", "POST"])
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role at once, after one question."""
    user = signed_in(request)
    if not can(user, Permission.ROLES_ASSIGN):
        raise PermissionDenied
    assignment = get_object_or_404(RoleAssignment.objects.running().select_related("user"), pk=pk)
    if again := asked_again(request):
        return again
    if request.method != "POST":
        return render(request, "directory/members/office_role_end.html", {"assignment": assignment})
    try:
        actions.end_role(assignment=assignment, by=user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("members:office_people")
    messages.success(request, _("The role ended. The next request of this person is refused."))
    return redirect("members:office_people")


@require_POST
def invitation_withdraw(request: HttpRequest, pk: str) -> HttpResponse:
    """Take an invitation back."""
    user = signed_in(request)
    if not can(user, Permission.PEOPLE_INVITE):
        raise PermissionDenied
    actions.withdraw(by=user, invitation=get_object_or_404(Invitation.objects.visible_to(user), pk=pk))
    messages.success(request, _("The invitation was taken back. Its link opens nothing any more."))
    return redirect("members:office_people")
