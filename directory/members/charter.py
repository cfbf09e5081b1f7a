"""The charter (運営ルール): reading it, and the pledge that opens the casebook."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cms import dates
from directory.actions import charter as actions
from directory.members.people import signed_in
from directory.models import CharterVersion
from directory.models.pledges import pledge_stands


@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: HttpRequest) -> HttpResponse:
    """`/members/rules/pledge/`: the version in force and the button that accepts it."""
    user = signed_in(request)
    version = CharterVersion.objects.in_force(dates.today()).filter(charter__is_pledged=True).first()
    error = ""
    if request.method == "POST":
        read = get_object_or_404(CharterVersion, pk=request.POST.get("version") or 0)
        try:
            actions.pledge(by=user, version=read)
            return redirect("members:case_list")
        except ValidationError as refused:
            error = " ".join(refused.messages)
    context = {"version": version, "stands": pledge_stands(user), "error": error}
    return render(request, "directory/members/pledge.html", context)
