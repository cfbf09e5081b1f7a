"""Who keeps a meeting begins its minutes, writes them, and opens them for changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from cms.guard.storing import OpenFindings
from cms.text.differences import pieces_between
from workshops.actions import minutes as actions
from workshops.actions.minutes import Stale
from workshops.members.meetings.asking import kept_or_404
from workshops.members.minutes.asking import asked_for, drawn
from workshops.members.minutes.forms import MinutesForm, OpenForm
from workshops.models import Paragraph
from workshops.queries.minutes import Verb, those_who_came


@require_POST
def minutes_begin(request: HttpRequest, pk: Any) -> HttpResponse:
    """Empty minutes along the agenda."""
    meeting = kept_or_404(request, pk)
    try:
        actions.begin(by=request.user, meeting=meeting)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
        return redirect("members:meeting", pk=pk)
    return redirect("members:minutes_write", pk=pk)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def minutes_write(request: HttpRequest, pk: Any) -> HttpResponse:
    """`…/minutes/write/`: all paragraphs. What somebody else wrote in the meantime is shown, not overwritten."""
    minutes, _who = asked_for(request, pk, Verb.WRITE)
    form = MinutesForm(request.POST if request.method == "POST" else None, minutes=minutes)
    conflicts: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        try:
            actions.write(
                by=request.user,
                minutes=minutes,
                words=form.words(),
                dismissals=form.dismissals,
                heading=form.cleaned_data["heading"],
                text=form.cleaned_data["text"],
            )
        except Stale as stale:
            conflicts = conflicts_of(form, stale.paragraphs)
        except OpenFindings:
            form.add_error(None, _("The guard has found something since. Please look at it once more."))
        except ValidationError as refused:
            form.take_errors(refused)
        else:
            messages.success(request, _("Kept. Nobody but those who keep this meeting sees it yet."))
            return redirect("members:minutes_write" if "go_on" in request.POST else "members:minutes", pk=pk)
    response = drawn(
        request,
        "workshops/members/minutes_write.html",
        form,
        minutes=minutes,
        meeting=minutes.meeting,
        conflicts=conflicts,
    )
    if conflicts:
        response.status_code = 409
    return response


def conflicts_of(form: MinutesForm, fresh: list[Paragraph]) -> list[dict[str, Any]]:
    """What somebody else wrote, against what was typed here."""
    form.go_on_from(fresh)
    typed = {each.paragraph: each.text for each in form.words()}
    return [{"paragraph": row, "pieces": pieces_between(row.text, typed[row.pk])} for row in fresh]


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_open(request: HttpRequest, pk: Any) -> HttpResponse:
    """`…/minutes/open/`: until when, how they are confirmed, and who will be told."""
    minutes, _who = asked_for(request, pk, Verb.OPEN)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.open_for_changes(by=request.user, minutes=minutes, **form.cleaned_data)
        except ValidationError as refused:
            form.take_errors(refused)
        else:
            messages.success(request, _("Open. Those who were there have been told."))
            return redirect("members:minutes", pk=pk)
    came = those_who_came(minutes.meeting).select_related("organization")
    return drawn(
        request, "workshops/members/minutes_open.html", form, minutes=minutes, meeting=minutes.meeting, came=came
    )
