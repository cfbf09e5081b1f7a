"""After the day: what came of it, asked for until it is given, and what those who came say."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workshops.actions import results
from workshops.members.forms import ResultForm
from workshops.members.receiving import event_or_404, for_those_who_receive
from workshops.models import Event
from workshops.queries.results import attended, has_begun, said_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_receive
def event_result(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/events/<id>/result/`: the record, with the number of those who were received already in it."""
    event = event_or_404(request, pk)
    form = ResultForm(request.POST if request.method == "POST" else None, initial=beginning(event))
    if form.is_bound and form.is_valid():
        try:
            results.write_down(event=event, by=request.user, **form.cleaned_data)
        except results.NotYet:
            form.add_error(None, _("This can be written once the event has begun."))
        else:
            messages.success(request, _("Thank you. It stands on the event's page and in the year's report."))
            return redirect("members:event_result", pk=event.pk)
    context = {
        "event": event,
        "form": form,
        "result": getattr(event, "result", None),
        "has_begun": has_begun(event),
        "counted": attended(event),
        "said": said_of(event),
        "occurrences": list(event.occurrences.select_related("event").order_by("starts_at", "pk")),
    }
    return render(request, "workshops/members/event_result.html", context, status=422 if form.errors else 200)


def beginning(event: Event) -> dict[str, Any]:
    """What was written before; else the number of those who were received, in the event's unit."""
    result = getattr(event, "result", None)
    if result:
        return {name: getattr(result, name) for name in ("attended", "unit", "effect", "learning")}
    return {"attended": attended(event), "unit": event.unit}
