"""Reading minutes, on the screen and on paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.dates import today
from directory.actions.notifications import mark_read
from workshops.actions.minutes_news import KIND
from workshops.members.minutes.asking import minutes_or_404
from workshops.members.minutes.forms import ConfirmForm, ReopenForm
from workshops.queries.minutes import everything_of


@require_safe
def minutes(request: HttpRequest, pk: Any) -> HttpResponse:
    """`/members/meetings/<id>/minutes/`: the words, what others would like changed, and the next step."""
    found = minutes_or_404(request, pk)
    mark_read(request.user, kind=KIND, target=found.meeting_id)
    context = everything_of(found, request.user)
    context["confirm_form"] = ConfirmForm(minutes=found) if "confirm" in context["verbs"] else None
    context["reopen_form"] = ReopenForm() if "reopen" in context["verbs"] else None
    return render(request, "workshops/members/minutes.html", context)


@require_safe
def minutes_print(request: HttpRequest, pk: Any) -> HttpResponse:
    """`/members/meetings/<id>/minutes/print/`: a sheet of A4, with attendance, decisions and the sum of the lock."""
    found = minutes_or_404(request, pk)
    context = everything_of(found, request.user)
    rows = found.meeting.attendance.select_related("organization", "department")
    context["present"] = [row for row in rows if row.came]
    context["absent"] = [row for row in rows if row.mode == "absent"]
    context["today"] = today()
    context["intact"] = found.is_intact() if found.is_locked else None
    return render(request, "workshops/members/minutes_print.html", context)
