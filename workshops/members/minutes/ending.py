"""Confirmed, opened once more, locked, corrected."""

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
from cms.once import once
from workshops.actions import confirming_minutes as actions
from workshops.members.minutes.asking import asked_for, drawn, pressed
from workshops.members.minutes.forms import ConfirmForm, ErratumForm, ReopenForm
from workshops.queries.minutes import Verb


@require_POST
def minutes_confirm(request: HttpRequest, pk: Any) -> HttpResponse:
    """By hand, or at a later meeting of the body."""
    minutes, _who = asked_for(request, pk, Verb.CONFIRM)
    form = ConfirmForm(request.POST, minutes=minutes)
    meeting = form.cleaned_data["meeting"] if form.is_valid() else None
    said = _("Confirmed. The circle of the meeting may read them now.")
    return pressed(request, minutes, said, actions.confirm, at_meeting=meeting)


@require_POST
def minutes_reopen(request: HttpRequest, pk: Any) -> HttpResponse:
    """Before the lock."""
    minutes, _who = asked_for(request, pk, Verb.REOPEN)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Please choose the day."))
        return redirect("members:minutes", pk=pk)
    said = _("Open once more. Those who were there have been told.")
    return pressed(request, minutes, said, actions.reopen, until=form.cleaned_data["until"])


@require_POST
def minutes_lock(request: HttpRequest, pk: Any) -> HttpResponse:
    """For good."""
    minutes, _who = asked_for(request, pk, Verb.LOCK)
    return pressed(request, minutes, _("Locked. From now on nobody changes these words."), actions.lock)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def minutes_correct(request: HttpRequest, pk: Any) -> HttpResponse:
    """`…/minutes/errata/`: what is right, beside the locked words."""
    minutes, _who = asked_for(request, pk, Verb.CORRECT)
    form = ErratumForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.correct(
                by=request.user, minutes=minutes, text=form.cleaned_data["text"], dismissals=form.dismissals
            )
        except OpenFindings:
            form.add_error(None, _("The guard has found something since. Please look at it once more."))
        except ValidationError as refused:
            form.take_errors(refused)
        else:
            messages.success(request, _("Written below the minutes, with your name and the day."))
            return redirect("members:minutes", pk=pk)
    return drawn(request, "workshops/members/minutes_correct.html", form, minutes=minutes, meeting=minutes.meeting)
