"""The pledge (誓約) that opens the casebook, and who of the own people has not made it."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms import dates
from directory.actions import pledges as actions
from directory.members.people import signed_in
from directory.models import CharterVersion, Pledge
from directory.models.pledges import pledge_state
from directory.permissions import can, may_keep_rules
from directory.queries.articles import articles_of
from directory.queries.pledges import needs_pledge, overview
from directory.queries.rules import comparison
from directory.roles import Permission

INSIDE = re.compile(r"/members/[!-~]*", re.ASCII)  # nothing invisible in it


def wanted(request: HttpRequest) -> str:
    """Where the person wanted to go: a page of the members' room, else nothing."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    inside = (
        INSIDE.fullmatch(asked) and ".." not in asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    )
    return asked if inside else ""


@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: HttpRequest) -> HttpResponse:
    """`/members/rules/pledge/`: the version in force, what changed in it, the promise, and the button."""
    user, error = signed_in(request), ""
    if request.method == "POST":
        read = CharterVersion.objects.visible_to(user).filter(pk=posted_version(request)).first()
        try:
            if read is None:
                raise ValidationError(_("Another version is in force by now. Please read that one."))
            actions.pledge(by=user, version=read)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            messages.success(request, _("Thank you. Your pledge is kept, and the casebook is open to you."))
            return redirect(wanted(request) or landing(user))
    return render(request, "directory/members/pledge.html", page(user, error, wanted(request)))


def posted_version(request: HttpRequest) -> int:
    """The version that was read; 0, which nothing has, for anything that is no number."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else 0


def landing(user: Any) -> str:
    """After the pledge, when nothing else was wanted."""
    return reverse("members:case_list" if needs_pledge(user) else "members:rules")


def page(user: Any, error: str, wanted_path: str) -> dict[str, Any]:
    """What the page of the pledge shows."""
    state = pledge_state(user)
    version, accepted = state.version, state.accepted
    changed = comparison(accepted.text, version.text) if version and accepted and accepted != version else None
    return {
        "state": state,
        "version": version,
        "articles": articles_of(version.text) if version else [],
        "compared": changed,
        "needed": needs_pledge(user),
        "may_keep": may_keep_rules(user),
        "made": Pledge.objects.filter(user=user).select_related("version"),
        "error": error,
        "next": wanted_path,
    }


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`/members/rules/people/`: an administrator's own people, and who of them has not accepted the rules."""
    user = signed_in(request)
    if not can(user, Permission.PEOPLE_INVITE_OWN) or user.organization is None:
        raise PermissionDenied
    context = {"groups": overview(user), "today": dates.today(), "own": user.organization}
    return render(request, "directory/members/rule_people.html", context)
