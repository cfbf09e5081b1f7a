"""The secretariat's view of who comes. Communications staff have no door here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from cms import exports
from cms.dates import today
from workshops.actions import registrations as actions
from workshops.models import Event, Registration
from workshops.permissions import may_read_registrations
from workshops.queries import events_with_registration, occurrences_with_people, with_the_same_address

PAGE = 30


def for_the_office(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The gate lets the office in; this asks for the permission to read registrations."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read_registrations(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


@require_safe
@for_the_office
def events(request: HttpRequest) -> HttpResponse:
    """`/members/office/events/`: dates that take registrations, with counts; no person."""
    rows = occurrences_with_people(events_with_registration())
    past = request.GET.get("when") == "past"
    chosen = rows.filter(ends_on__lt=today()) if past else rows.filter(ends_on__gte=today()).order_by("starts_at", "pk")
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "past": past, "query": "when=past" if past else ""}
    return render(request, "workshops/members/office_events.html", context)


@require_safe
@for_the_office
def registrations(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/office/events/<id>/`: who comes to each date of an event."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("host"), pk=pk)
    people = Registration.objects.visible_to(request.user).filter(occurrence__event=event)
    rows = list(people.select_related("occurrence__event"))
    occurrences = list(occurrences_with_people(Event.objects.filter(pk=event.pk)).order_by("starts_at", "pk"))
    tables = [
        {"occurrence": occurrence, "rows": [row for row in rows if row.occurrence_id == occurrence.pk]}
        for occurrence in occurrences
    ]
    erased_on = max((o.ends_on for o in occurrences), default=today()) + actions.KEPT_FOR
    context = {"event": event, "tables": tables, "twice": with_the_same_address(rows), "erased_on": erased_on}
    return render(request, "workshops/members/office_registrations.html", context)


def header() -> list[str]:
    """The first row of the exported table."""
    return [
        _("Date"),
        pgettext("registration", "State"),
        pgettext("label", "Name"),
        pgettext("label", "People"),
        _("Seats"),
        _("Who comes along"),
        pgettext("label", "To make ready"),
        pgettext("label", "Anything else"),
        _("E-mail address"),
        _("Telephone"),
        _("Registered at"),
    ]


def line(registration: Registration) -> list[exports.Cell]:
    """One registration as a row."""
    return [
        registration.occurrence.starts_at,
        str(registration.get_state_display()),
        registration.name,
        registration.party_size,
        registration.seats,
        "、".join(registration.companions or []),
        "、".join(registration.support_labels),
        registration.note,
        registration.email,
        registration.phone,
        registration.created_at,
    ]


@require_POST
@for_the_office
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The table as CSV or xlsx. A POST, since it leaves a trace; nothing in it can run in a spreadsheet."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    rows = [line(row) for row in actions.export(event=event, by=request.user, form=form)]
    name = f"registrations-{event.pk}-{today():%Y%m%d}.{form}"
    if form == "csv":
        return exports.download(exports.csv_bytes(header(), rows), name=name, media_type=exports.CSV_TYPE)
    return exports.download(exports.xlsx_bytes(header(), rows), name=name, media_type=exports.XLSX_TYPE)
