"""News for a person: listed by thing, read by opening, muted and heard again."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.actions import notifications as actions
from directory.members.people import signed_in
from directory.models import Mute, Notification, User
from directory.queries import notifications as queries

A_PAGE = 20


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """`/members/notifications/`: what is new, the thing with the latest news first; what is muted below."""
    user = signed_in(request)
    topics = queries.topics(user)
    asked = request.GET.get("muted", "")[:18]
    context = {
        "page": Paginator(topics, A_PAGE).get_page(request.GET.get("page")),
        "unread": sum(1 for topic in topics if topic.unread),
        "muted": queries.muted_things(user),
        "just_muted": Mute.objects.filter(user=user, pk=int(asked)).first() if asked.isdecimal() else None,
    }
    return render(request, "directory/members/notifications.html", context)


def own_news(user: User, pk: int) -> Notification:
    """Own news about a thing that may be seen now; otherwise 404, like news that never was."""
    shown = queries.shown_to(user, Notification.objects.visible_to(user).filter(pk=pk))
    if not shown:
        raise Http404
    return shown[0]


@require_safe
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the thing and marks all news about it as read; a browser that fetches ahead marks nothing."""
    user = signed_in(request)
    row = own_news(user, pk)
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method == "GET" and not ahead:
        actions.mark_read(user, kind=row.kind, target=row.target)
    return redirect(queries.path(row))


@require_POST
def notifications_read(request: HttpRequest) -> HttpResponse:
    """All of it is read."""
    actions.mark_read(signed_in(request))
    messages.success(request, _("All news is marked as read."))
    return redirect("members:notifications")


@require_POST
def notification_mute(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear no more of the thing this news is about."""
    user = signed_in(request)
    row = own_news(user, pk)
    mute = actions.mute(by=user, kind=row.kind, target=row.target)
    return redirect(f"{reverse('members:notifications')}?muted={mute.pk}")


@require_POST
def notification_hear(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear of a muted thing again."""
    user = signed_in(request)
    actions.unmute(by=user, mute=get_object_or_404(Mute.objects.exclude(target=""), user=user, pk=pk))
    messages.success(request, _("You hear of it again."))
    return redirect("members:notifications")
