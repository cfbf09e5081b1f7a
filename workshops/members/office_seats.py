"""Seats from the office: more of them, fewer, or a capacity that is only a guide. The last is recorded by name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workshops.actions import capacity, waiting
from workshops.actions.events import too_small
from workshops.enums import CapacityPolicy, Way
from workshops.members.forms import SeatsForm
from workshops.members.office import for_the_office, people_page
from workshops.members.receiving import actor
from workshops.models import Event, Occurrence, Part


@require_POST
@for_the_office
def seats(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """`/members/office/events/dates/<id>/seats/<way>/`: change the seats of one way; who waits and fits is offered one."""
    mine = Event.objects.received_by(request.user)
    occurrence = get_object_or_404(Occurrence.objects.filter(event__in=mine).select_related("event__host"), pk=pk)
    part = part_or_404(occurrence, way)
    form = SeatsForm.of(part, request.POST, day=occurrence.pk)
    if form.is_valid():
        try:
            offered = change_seats(request, occurrence, part, form)
        except capacity.BelowTaken as short:
            form.add_error("capacity", too_small(short.taken))
        else:
            said = _("Changed. %(offered)d of those who wait were offered a seat.") if offered else _("Changed.")
            messages.success(request, said % {"offered": offered} if offered else said)
            return redirect("members:office_registrations", pk=occurrence.event_id)
    return people_page(request, occurrence.event, wrong={(occurrence.pk, part.way): form})


def part_or_404(occurrence: Occurrence, way: str) -> Part:
    """The counters of a way this event has; else 404."""
    if way not in occurrence.event.ways:
        raise Http404
    return occurrence.part(way)


@transaction.atomic
def change_seats(request: HttpRequest, occurrence: Occurrence, part: Part, form: SeatsForm) -> int:
    """Open first, then the number, then the rule: a smaller number is no more than a guide where it is one."""
    wanted, way, by = form.cleaned_data, Way(part.way), actor(request)
    rule: dict[str, Any] = {"policy": wanted["policy"], "waiting_limit": wanted["waiting_limit"], "by": by, "way": way}
    if wanted["policy"] == CapacityPolicy.SOFT:
        capacity.change_policy(occurrence=occurrence, **rule)
    capacity.change_capacity(occurrence=occurrence, capacity=wanted["capacity"], by=by, way=way)
    capacity.change_policy(occurrence=occurrence, **rule)
    return len(waiting.move_up(occurrence=occurrence, way=way))
