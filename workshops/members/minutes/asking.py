"""What the views of minutes share: whose they are, and what may be done with them now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.guard.forms import GuardedForm
from workshops.enums import MinutesState
from workshops.models import Minutes
from workshops.queries.minutes import Standing, Verb, standing, verbs

UNAVAILABLE, UNPROCESSABLE = 503, 422


def minutes_or_404(request: HttpRequest, pk: Any) -> Minutes:
    """Minutes this person may read; others do not exist."""
    rows = Minutes.objects.visible_to(request.user).select_related("meeting__body", "confirmed_by", "confirmed_in")
    found = rows.filter(meeting=pk).first()
    if found is None:
        raise Http404
    return found


def asked_for(request: HttpRequest, pk: Any, verb: Verb) -> tuple[Minutes, Standing]:
    """Minutes with which this person may do that, if not now then in another phase.

    A page one may not open does not exist; what was sent too late is answered by the action, with a sentence.
    """
    minutes = minutes_or_404(request, pk)
    who = standing(request.user, minutes.meeting)
    ever = any(verb in verbs(Minutes(state=state), who) for state in MinutesState)
    if not ever or (request.method != "POST" and verb not in verbs(minutes, who)):
        raise Http404
    return minutes, who


def drawn(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """A page with a form: 422 when something is to be changed, 503 when the guard is down; nothing was stored then."""
    down = isinstance(form, GuardedForm) and form.guard_down
    status = UNAVAILABLE if down else UNPROCESSABLE if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def pressed(request: HttpRequest, minutes: Minutes, said: str, action: Any, **more: Any) -> HttpResponse:
    """A verb of one button; what it refuses is said above the page."""
    try:
        action(by=request.user, minutes=minutes, **more)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    else:
        messages.success(request, said)
    return redirect("members:minutes", pk=minutes.meeting_id)
