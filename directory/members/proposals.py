"""An organisation's administrator: own desks, and what to change about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.once import once
from directory.actions import proposals
from directory.members.people import signed_in
from directory.members.proposal_forms import DeskProposalForm
from directory.models import ConsultationDesk, Organization, User
from directory.permissions import can
from directory.queries.differences import differences
from directory.queries.own_desks import own_desks
from directory.roles import Permission


def administrator(request: HttpRequest) -> tuple[User, Organization]:
    """Whoever keeps the desks of an organisation, and that organisation."""
    user = signed_in(request)
    if not can(user, Permission.DESKS_KEEP_OWN) or user.organization is None:
        raise PermissionDenied
    return user, user.organization


def own_desk(request: HttpRequest, slug: str) -> tuple[User, ConsultationDesk]:
    """A desk of the own organisation; that of another is not found, like a missing one."""
    user, organization = administrator(request)
    return user, get_object_or_404(ConsultationDesk.objects.filter(organization=organization), slug=slug)


@require_http_methods(["GET", "HEAD"])
def desks(request: HttpRequest) -> HttpResponse:
    """`/members/desks/`: our desks, what waits, what came back with a comment."""
    _user, organization = administrator(request)
    return render(
        request, "directory/members/desks.html", {"desks": own_desks(organization), "organization": organization}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def desk_new(request: HttpRequest) -> HttpResponse:
    """`/members/desks/new/`: propose a desk residents do not know yet."""
    user, organization = administrator(request)
    return answered(request, ConsultationDesk(organization=organization, live=False), by=user)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_propose(request: HttpRequest, slug: str) -> HttpResponse:
    """`/members/desks/<desk>/propose/`: how it should read. Residents go on reading the approved version."""
    user, desk = own_desk(request, slug)
    return answered(request, desk.get_latest_revision_as_object(), by=user)


def answered(request: HttpRequest, desk: ConsultationDesk, *, by: User) -> HttpResponse:
    """The form, or what was handed in."""
    form = DeskProposalForm(request.POST if request.method == "POST" else None, instance=desk)
    if request.method == "POST" and form.is_valid() and handed_in(form, by=by):
        messages.success(request, _("Handed in. Residents read the present version until communications agree."))
        return redirect("members:desk_proposal", desk.slug)
    context: dict[str, Any] = {"form": form, "desk": desk, "is_new": desk.pk is None, "whose": form.whose}
    return render(request, "directory/members/desk_propose.html", context)


def handed_in(form: DeskProposalForm, *, by: User) -> bool:
    """Try to hand it in; what is wrong is said over the form."""
    try:
        proposals.propose(desk=form.proposed(), by=by)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_http_methods(["GET", "HEAD"])
def desk_proposal(request: HttpRequest, slug: str) -> HttpResponse:
    """`/members/desks/<desk>/proposal/`: what would change, beside what residents read today."""
    _user, desk = own_desk(request, slug)
    state = next(each for each in own_desks(desk.organization) if each.desk.pk == desk.pk)
    public = desk if desk.live else None
    parts = differences(public, desk.get_latest_revision_as_object())
    return render(
        request, "directory/members/desk_proposal.html", {"own": state, "desk": desk, "parts": parts, "public": public}
    )


@require_POST
def desk_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the proposal back."""
    user, desk = own_desk(request, slug)
    try:
        proposals.withdraw(desk=desk, by=user)
        messages.success(request, _("Taken back. Nothing has changed for residents."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("members:desks")
