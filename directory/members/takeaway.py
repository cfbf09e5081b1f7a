"""The organisation takes its data along."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cms import dates
from directory.actions import takeaway as actions
from directory.members.persons import administrator
from directory.models import Organization, User
from directory.reauthentication import asked_again


@require_http_methods(["GET", "HEAD", "POST"])
def takeaway(request: HttpRequest) -> HttpResponseBase:
    """`/members/people/takeaway/`: what is in the zip, and the button."""
    user = administrator(request)
    organization = user.organization
    if organization is None:
        raise Http404
    return answered(request, organization, by=user)


def answered(request: HttpRequest, organization: Organization, *, by: User) -> HttpResponseBase:
    """The page, or the file; for the organisation's own screen and the office's."""
    if request.method != "POST":
        tables = [provider(organization) for provider in actions.providers().values()]
        context = {"organization": organization, "tables": tables}
        return render(request, "directory/members/takeaway.html", context)
    if again := asked_again(request):
        return again
    packed = actions.pack(organization=organization, by=by)
    name = f"tsunagari-{organization.pk}-{dates.today():%Y%m%d}.zip"
    return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")
