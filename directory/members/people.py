"""An organisation's administrator: own people and invitations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms import dates
from cms.once import once
from directory.actions import attestations
from directory.actions import people as actions
from directory.members.forms import OwnInvitationForm
from directory.models import Attestation, Invitation, User
from directory.permissions import can
from directory.queries.inventory import own_people
from directory.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@once
def people(request: HttpRequest) -> HttpResponse:
    """Who works with us here, whom we asked in, and a form to ask somebody."""
    user = signed_in(request)
    if not can(user, Permission.PEOPLE_INVITE_OWN) or user.organization is None:
        raise PermissionDenied
    form = OwnInvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and invited(form, by=user, organization=user.organization):
        messages.success(request, _("The invitation is on its way."))
        return redirect("members:people")
    context: dict[str, Any] = {
        "form": form,
        "people": own_people(user.organization),
        "round": attestations.round_on(dates.today()),
        "to_confirm": waiting_to_confirm(user),
        "invitations": Invitation.objects.visible_to(user).filter(accepted_at=None, withdrawn_at=None),
    }
    return render(request, "directory/members/people.html", context)


@require_POST
def invitation_withdraw(request: HttpRequest, pk: str) -> HttpResponse:
    """Take an invitation back."""
    user = signed_in(request)
    invitation = get_object_or_404(Invitation.objects.visible_to(user), pk=pk)
    actions.withdraw(by=user, invitation=invitation)
    messages.success(request, _("The invitation was taken back. Its link opens nothing any more."))
    return redirect("members:people")


def waiting_to_confirm(user: User) -> int:
    """Own people whom this year's confirmation still waits for."""
    year = {"round__fiscal_year": dates.fiscal_year(dates.today())}
    return Attestation.objects.visible_to(user).waiting().filter(organization=user.organization_id, **year).count()


def signed_in(request: HttpRequest) -> User:
    """The gate let only people with a login through."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def invited(form: Any, *, by: User, organization: Any) -> bool:
    """Try to invite; what is wrong is said beside the address."""
    data = form.cleaned_data
    try:
        actions.invite(by=by, email=data["email"], name=data["name"], organization=organization, role=data["role"])
    except ValidationError as error:
        form.add_error("email", error)
        return False
    return True
