"""A member's own calendar feed: made, shown once, taken back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workshops.actions import feeds as actions
from workshops.models import PersonalFeed
from workshops.permissions import may_have_a_feed


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """`/members/events/calendar/`: POST `do=make` shows the new address, this once; `do=end` takes it back."""
    if not may_have_a_feed(request.user):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("do") == "end":
        actions.end_feed(by=request.user)
        messages.success(request, _("The address has been taken back. It leads nowhere any more."))
        return redirect("members:calendar_feed")
    address = ""
    if request.method == "POST" and request.POST.get("do") == "make":
        token = actions.make_feed(by=request.user)
        address = settings.BASE_URL + reverse("workshops:personal_feed", kwargs={"token": token})
    feed = PersonalFeed.objects.visible_to(request.user).first()
    context = {"feed": feed, "address": address, "webcal": "webcal:" + address.partition(":")[2] if address else ""}
    return render(request, "workshops/members/calendar_feed.html", context)
