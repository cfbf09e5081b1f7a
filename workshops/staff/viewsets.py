"""Events in the Wagtail admin. Plain views: saving calls the actions, and nothing here shows a registrant."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from cms.dates import today
from workshops.actions import events as actions
from workshops.models import Event, EventProse, Occurrence
from workshops.permissions import may_edit_events
from workshops.staff.forms import EventForm, OccurrenceFormSet, rows_of

PAGE = 30


def for_editors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Communications staff only; the gate before this asked for the door of the admin."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit_events(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


def author(request: HttpRequest) -> Any:
    """The signed-in person."""
    return request.user


def with_page() -> QuerySet[Event]:
    """Events that have a page, live or draft. Closed study sessions have none and are not listed here."""
    return Event.objects.filter(Exists(EventProse.objects.filter(event=OuterRef("pk"))))


@require_safe
@for_editors
def index(request: HttpRequest) -> HttpResponse:
    """Public events and drafts with their next date and seats."""
    words, past = request.GET.get("q", "").replace("\x00", "")[:100], request.GET.get("when") == "past"
    coming = Occurrence.objects.filter(event=OuterRef("pk"), ends_on__gte=today())
    events = with_page().annotate(is_coming=Exists(coming), taken=Sum("occurrences__taken")).filter(is_coming=not past)
    if words:
        events = events.filter(Q(title__icontains=words) | Q(venue_name__icontains=words))
    listed = events.defer("source_row").prefetch_related("occurrences", "proses__page").order_by("-pk")
    page = Paginator(listed, PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "words": words, "past": past}
    return render(request, "workshops/staff/event_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def add(request: HttpRequest) -> HttpResponse:
    """A new event; its draft page is opened next."""
    sent = request.POST if request.method == "POST" else None
    form, dates = EventForm(sent), OccurrenceFormSet(sent, prefix="dates")
    if request.method == "POST" and all([form.is_valid(), dates.is_valid()]):
        try:
            event = actions.create_event(by=author(request), plans=dates.plans(), **form.values())
        except ValidationError as error:
            form.take_errors(error)
        else:
            page = actions.make_page(event=event, by=author(request))
            messages.success(
                request, _("The event is kept. This is the draft of its page: write the text and publish.")
            )
            return redirect("wagtailadmin_pages:edit", page.pk)
    return drawn(request, form, dates, event=None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an event, its dates and seats."""
    event = get_object_or_404(with_page(), pk=pk)
    rows = rows_of(event.occurrences.all())  # type: ignore[arg-type]
    sent = request.POST if request.method == "POST" else None
    form = EventForm(sent, instance=event)
    dates = OccurrenceFormSet(sent, prefix="dates", initial=rows)
    if request.method == "POST" and all([form.is_valid(), dates.is_valid()]):
        try:
            actions.change_event(event=event, by=author(request), plans=dates.plans(), **form.values())
        except (ValidationError, Occurrence.DoesNotExist) as error:
            form.take_errors(error if isinstance(error, ValidationError) else ValidationError({"": [_("Look again.")]}))
        else:
            messages.success(request, _("The event is kept."))
            return redirect("event:edit", event.pk)
    return drawn(request, form, dates, event=event)


def drawn(request: HttpRequest, form: EventForm, dates: Any, *, event: Event | None) -> HttpResponse:
    """The form with what was written."""
    page = EventProse.objects.select_related("page").filter(event=event).first() if event else None
    context = {"form": form, "dates": dates, "event": event, "page": page.page if page else None}
    status = 422 if form.errors or (dates.is_bound and not dates.is_valid()) else 200
    return render(request, "workshops/staff/event_form.html", context, status=status)


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
            path("new/", add, name="add"),
            path("<int:pk>/", edit, name="edit"),
            path("<int:pk>/call-off/", call_off, name="call_off"),
            path("<int:pk>/hold/", hold, name="hold"),
        ]
