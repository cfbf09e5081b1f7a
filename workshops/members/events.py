"""The host organisation's door: the events it hosts, and who comes to them. The secretariat may look in as well."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.dates import today
from workshops.actions.registrations import KEPT_FOR
from workshops.members.receiving import event_or_404, for_those_who_receive
from workshops.members.tables import tables_of
from workshops.models import Event
from workshops.permissions import may_read_registrations, may_see_contacts
from workshops.queries.events import occurrences_with_people
from workshops.queries.results import has_begun, without_result

A_PAGE = 20


@require_safe
@for_those_who_receive
def events(request: HttpRequest) -> HttpResponse:
    """`/members/events/`: days to come with counts, those whose result is asked for, past days. No person."""
    mine = Event.objects.received_by(request.user)
    rows = occurrences_with_people(mine)
    past = request.GET.get("when") == "past"
    chosen = rows.filter(ends_on__lt=today()) if past else rows.filter(ends_on__gte=today()).order_by("starts_at", "pk")
    context = {
        "page": Paginator(chosen, A_PAGE).get_page(request.GET.get("page")),
        "past": past,
        "query": "when=past" if past else "",
        "today": today(),
        "asked": without_result(mine).order_by("-pk")[:A_PAGE],
        "sees_all": may_read_registrations(request.user),
    }
    return render(request, "workshops/members/events.html", context)


@require_safe
@for_those_who_receive
def event_people(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/events/<id>/`: who comes to each day. How to reach them is the secretariat's."""
    event = event_or_404(request, pk)
    tables = tables_of(event, request.user)
    context = {
        "event": event,
        "tables": tables,
        "has_begun": has_begun(event),
        "result": getattr(event, "result", None),
        "contacts": may_see_contacts(request.user),
        "erased_on": max((table.occurrence.ends_on for table in tables), default=today()) + KEPT_FOR,
    }
    return render(request, "workshops/members/event_people.html", context)
