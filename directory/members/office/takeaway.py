"""The secretariat hands an organisation its data, when it asks for them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from directory.members.office.persons import keeper
from directory.members.takeaway import answered
from directory.models import Membership
from directory.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def takeaway(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`/members/office/register/<id>/takeaway/`: the zip of the organisation of that membership."""
    user = keeper(request, Permission.MEMBERSHIPS_KEEP)
    found = get_object_or_404(Membership.objects.visible_to(user).select_related("organization"), pk=pk)
    return answered(request, found.organization, by=user)
