"""Those who were there say how it should read; whoever chairs or keeps the meeting answers each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from cms.guard.storing import OpenFindings
from cms.once import once
from cms.text.differences import pieces_between
from workshops.actions import amendments as actions
from workshops.actions.minutes import Stale
from workshops.enums import AmendmentState
from workshops.members.meetings.asking import number
from workshops.members.minutes.asking import asked_for, drawn, minutes_or_404, pressed
from workshops.members.minutes.forms import AmendForm, AnswerForm
from workshops.models import Amendment
from workshops.queries.minutes import Verb


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def minutes_amend(request: HttpRequest, pk: Any, paragraph: int) -> HttpResponse:
    """`…/minutes/<paragraph>/amend/`: the paragraph's words, to be changed."""
    minutes, _who = asked_for(request, pk, Verb.AMEND)
    row = get_object_or_404(minutes.paragraphs, pk=paragraph)
    row.minutes = minutes
    mine = row.amendments.filter(proposed_by=request.user.pk, state=AmendmentState.OPEN).first()
    form = AmendForm(request.POST if request.method == "POST" else None, paragraph=row, mine=mine)
    if form.is_bound and form.is_valid():
        words = {name: form.cleaned_data[name] for name in form.guarded}
        try:
            actions.propose(by=request.user, paragraph=row, dismissals=form.dismissals, **words)
        except OpenFindings:
            form.add_error(None, _("The guard has found something since. Please look at it once more."))
        except ValidationError as refused:
            form.take_errors(refused)
        else:
            messages.success(request, _("Handed in. Whoever chairs or keeps the meeting answers it."))
            return redirect("members:minutes", pk=pk)
    context = {"minutes": minutes, "meeting": minutes.meeting, "paragraph": row, "mine": mine}
    return drawn(request, "workshops/members/minutes_amend.html", form, **context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def minutes_answer(request: HttpRequest, pk: Any, amendment: int) -> HttpResponse:
    """`…/minutes/changes/<change>/`: take it in, in these words, or leave the paragraph as it is."""
    minutes, _who = asked_for(request, pk, Verb.ANSWER)
    change = find(request, minutes, amendment)
    if request.method != "POST" and change.state != AmendmentState.OPEN:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, amendment=change)
    stale = False
    if form.is_bound and form.is_valid():
        try:
            answered(request, change, form)
        except Stale as found:
            change.paragraph = found.paragraphs[0]
            form.go_on_from(change.paragraph)
            stale = True
        except OpenFindings:
            form.add_error(None, _("The guard has found something since. Please look at it once more."))
        except ValidationError as refused:
            form.take_errors(refused)
        else:
            messages.success(request, _("Answered. The person has been told."))
            return redirect("members:minutes", pk=pk)
    context = {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "change": change,
        "stale": stale,
        "pieces": pieces_between(change.paragraph.text, change.text),
    }
    response = drawn(request, "workshops/members/minutes_answer.html", form, **context)
    if stale:
        response.status_code = 409
    return response


def answered(request: HttpRequest, change: Amendment, form: AnswerForm) -> None:
    """Hand the answer to the action of the button that was pressed."""
    data = form.cleaned_data
    if request.POST.get("what") == form.LEAVE:
        actions.decline(by=request.user, amendment=change, answer=data["answer"], dismissals=form.dismissals)
        return
    actions.take(
        by=request.user,
        amendment=change,
        text=data["text"],
        version=data["version"],
        answer=data["answer"],
        dismissals=form.dismissals,
    )


def find(request: HttpRequest, minutes: Any, pk: int) -> Amendment:
    """A proposed change this person may read."""
    rows = Amendment.objects.visible_to(request.user).filter(minutes=minutes)
    return get_object_or_404(rows.select_related("paragraph", "minutes", "proposed_by__organization"), pk=pk)


@require_POST
def minutes_take_back(request: HttpRequest, pk: Any, amendment: int) -> HttpResponse:
    """One's own wish."""
    minutes = minutes_or_404(request, pk)
    change = get_object_or_404(minutes.amendments.filter(proposed_by=request.user.pk), pk=amendment)
    try:
        actions.take_back(by=request.user, amendment=change)
        messages.success(request, _("Taken back."))
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    return redirect("members:minutes", pk=pk)


@require_POST
def minutes_agree(request: HttpRequest, pk: Any) -> HttpResponse:
    """ "It may stay so.\""""
    minutes, _who = asked_for(request, pk, Verb.CONSENT)
    said = _("Thank you. It is noted that these words may stay.")
    return pressed(request, minutes, said, actions.consent, version=number(request.POST.get("version")))
