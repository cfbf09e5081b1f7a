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
from directory.reauthentication import recently_authenticated
from workshops.actions import registrations as actions
from workshops.members.forms import SeatsForm
from workshops.members.tables import Table, answers_of, tables_of
from workshops.models import Event, Question, Registration
from workshops.permissions import may_read_registrations
from workshops.queries.events import events_with_registration, occurrences_with_people, with_the_same_address
from workshops.queries.results import has_begun, without_result

PAGE = 30
#: So many results that are missing stand above the list; the rest follow when these are written.
ASKED = 5


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
    """`/members/office/events/`: dates that take registrations, with counts; results that are missing; no person."""
    rows = occurrences_with_people(events_with_registration())
    past = request.GET.get("when") == "past"
    chosen = rows.filter(ends_on__lt=today()) if past else rows.filter(ends_on__gte=today()).order_by("starts_at", "pk")
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    asked = without_result(Event.objects.visible_to(request.user)).select_related("host").order_by("-pk")
    context = {
        "page": page,
        "past": past,
        "query": "when=past" if past else "",
        "today": today(),
        "asked": asked[:ASKED],
        "asked_count": asked.count(),
    }
    return render(request, "workshops/members/office_events.html", context)


@require_safe
@for_the_office
def registrations(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/office/events/<id>/`: who comes to each date of an event, who waits, and its seats."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("host"), pk=pk)
    return people_page(request, event)


def people_page(request: HttpRequest, event: Event, *, wrong: dict[Any, SeatsForm] | None = None) -> HttpResponse:
    """The page; `wrong` holds a form of seats that could not be taken, by (occurrence, way)."""
    tables = tables_of(event, request.user)
    context = {
        "event": event,
        "tables": [(table, seats_of(table, wrong or {})) for table in tables],
        "twice": with_the_same_address([row for table in tables for row in table.rows]),
        "erased_on": max((t.occurrence.ends_on for t in tables), default=today()) + actions.KEPT_FOR,
        "has_begun": has_begun(event),
        "result": getattr(event, "result", None),
        "contacts": True,
    }
    return render(request, "workshops/members/office_registrations.html", context, status=422 if wrong else 200)


def seats_of(table: Table, wrong: dict[Any, SeatsForm]) -> list[tuple[Any, SeatsForm]]:
    """(part, its form) of each way of a day."""
    day = table.occurrence
    return [(part, wrong.get((day.pk, part.way)) or SeatsForm.of(part, day=day.pk)) for part in day.parts]


def header(questions: list[Question]) -> list[str]:
    """The first row of the exported table; the host's questions stand behind."""
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
        _("How they take part"),
        _("Came in by"),
        _("People who came"),
        *(question.text for question in questions),
    ]


def line(registration: Registration, questions: list[Question]) -> list[exports.Cell]:
    """One registration as a row; who came is left empty where nobody was received."""
    answers = dict(answers_of(registration))
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
        str(registration.get_way_display()),
        str(registration.get_origin_display()),
        registration.attended,
        *(answers.get(question.text) for question in questions),
    ]


@require_POST
@for_the_office
@recently_authenticated(file=True)
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The table as CSV or xlsx. A POST, since it leaves a trace; nothing in it can run in a spreadsheet."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    questions = list(event.questions.all())
    head = header(questions)
    rows = [line(row, questions) for row in actions.export(event=event, by=request.user, form=form)]
    name = f"registrations-{event.pk}-{today():%Y%m%d}.{form}"
    if form == "csv":
        return exports.download(exports.csv_bytes(head, rows), name=name, media_type=exports.CSV_TYPE)
    return exports.download(exports.xlsx_bytes(head, rows), name=name, media_type=exports.XLSX_TYPE)
