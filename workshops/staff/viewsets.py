"""Events in the Wagtail admin. Plain views: saving calls the actions, and nothing here shows a registrant."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from cms.dates import japanese_date_long, today
from workshops.actions import events as actions
from workshops.actions.copying import copy_event
from workshops.models import Occurrence
from workshops.permissions import may_edit_events
from workshops.staff import editing, programme, questions, single_dates
from workshops.staff.asked import author, for_editors, with_page

PAGE = 30


@require_safe
@for_editors
def index(request: HttpRequest) -> HttpResponse:
    """Public events and drafts with their next date and seats."""
    words, past = request.GET.get("q", "").replace("\x00", "")[:100], request.GET.get("when") == "past"
    coming = Occurrence.objects.filter(event=OuterRef("pk"), ends_on__gte=today())
    events = with_page().annotate(is_coming=Exists(coming), taken=Sum("occurrences__taken")).filter(is_coming=not past)
    if words:
        events = events.filter(Q(title__icontains=words) | Q(venue_name__icontains=words))
    listed = (
        events.defer("source_row")
        .select_related("host")
        .prefetch_related("occurrences", "proses__page")
        .order_by("-pk")
    )
    page = Paginator(listed, PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "words": words, "past": past}
    return render(request, "workshops/staff/event_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then call the event off: nobody can register, those with an address are told."""
    event = get_object_or_404(with_page(), pk=pk)
    if request.method != "POST":
        taken = sum(occurrence.taken for occurrence in event.occurrences.all())
        return render(request, "workshops/staff/call_off.html", {"event": event, "taken": taken})
    actions.call_off(event=event, by=author(request))
    messages.success(request, _("The event is called off. Its page says so, and those with an address are told."))
    return redirect("event:edit", event.pk)


@require_POST
@for_editors
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a calling-off back."""
    event = get_object_or_404(with_page(), pk=pk)
    actions.hold_after_all(event=event, by=author(request))
    messages.success(request, _("The event takes place after all."))
    return redirect("event:edit", event.pk)


@require_POST
@for_editors
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Last year's event as this year's draft."""
    event = get_object_or_404(with_page(), pk=pk)
    copied, _page = copy_event(event=event, by=author(request))
    first = copied.occurrences.first()
    messages.success(
        request,
        _(
            "A draft is made. Its dates lie on the same weekdays, the first on %(day)s: please look at each. "
            "Registrations, results and the record of the day stayed with the old event."
        )
        % {"day": japanese_date_long(first.starts_on) if first else "—"},
    )
    return redirect("event:edit", copied.pk)


class EventsMenuItem(MenuItem):
    """Shown to those who may edit events."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_events(request.user)


class EventViewSet(ViewSet):
    """/admin/events/"""

    name = "event"
    url_prefix = "events"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Events")
    menu_order = 150
    add_to_admin_menu = True
    menu_item_class = EventsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", index, name="index"),
            path("new/", editing.add, name="add"),
            path("<int:pk>/", editing.edit, name="edit"),
            path("<int:pk>/programme/", programme.programme, name="programme"),
            path("<int:pk>/questions/", questions.questions, name="questions"),
            path("<int:pk>/copy/", copy, name="copy"),
            path("<int:pk>/dates/<int:date>/<slug:verb>/", single_dates.change, name="date_change"),
            path("<int:pk>/call-off/", call_off, name="call_off"),
            path("<int:pk>/hold/", hold, name="hold"),
        ]
