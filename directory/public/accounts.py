"""Screens under /accounts/ that are ours."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory import unsent
from directory.actions import people
from directory.gate import AFTER_MFA
from directory.models import User
from directory.public.account_forms import AcceptInvitationForm
from directory.reauthentication import local


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation. A link that is wrong, used or too old gets one and the same answer."""
    found = people.find_invitation(token)
    if found is None:
        return render(request, "directory/public/invitation_gone.html", status=404)
    known = User.objects.filter(email=found.email or "").exists()
    if known:
        return accept_for_known_person(request, found)
    form = AcceptInvitationForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = people.accept(
                invitation=found, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            record_authentication(request, user, method="password", email=user.email)
            response: HttpResponse = perform_login(request, user, redirect_url="/members/")
            return response
    context = {"form": form, "invitation": found}
    return render(request, "directory/public/invitation.html", context)


def accept_for_known_person(request: HttpRequest, found: people.Invitation) -> HttpResponse:
    """Somebody who has an account adds the role: one button, no new password."""
    if request.method == "POST":
        try:
            people.accept(invitation=found, name="", password="")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return render(request, "directory/public/invitation.html", {"invitation": found, "known": True})
        messages.success(request, _("Your new role is in place. Please sign in as always."))
        return redirect("account_login")
    return render(request, "directory/public/invitation.html", {"invitation": found, "known": True})


@require_safe
@login_required
def mfa_needed(request: HttpRequest) -> HttpResponse:
    """One more step: the second factor that this house asks of everybody inside."""
    return render(request, "directory/public/mfa_needed.html")


@require_safe
@login_required
def go_on(request: HttpRequest) -> HttpResponse:
    """After the second factor is set up: back to where the person wanted to go."""
    target = request.session.pop(AFTER_MFA, "/members/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/members/"
    return redirect(target)


@require_safe
@login_required
def unsent_form(request: HttpRequest) -> HttpResponse:
    """What was typed before the session ended, or before the person was asked once more: one press sends it."""
    found = unsent.waiting(request.session, request.user.pk or 0)
    if found is None:
        messages.info(request, _("Nothing is waiting any more."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "directory/public/unsent.html", {"unsent": found})


@require_safe
@login_required
def file_ready(request: HttpRequest) -> HttpResponse:
    """After the question: the button that saves the table."""
    file, back = local(request.GET.get("file", "")), local(request.GET.get("back", ""))
    return render(request, "directory/public/file_ready.html", {"file": file, "back": back})
