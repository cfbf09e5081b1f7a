"""The public summary of a meeting: written in the office, shown by a second person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from cms.guard.storing import OpenFindings, remembered
from workshops.actions import summaries as actions
from workshops.actions.minutes import Stale
from workshops.members.meetings.asking import meeting_or_404, number
from workshops.members.minutes.asking import drawn
from workshops.members.minutes.forms import Lines, PersonalForm
from workshops.models import Meeting, Summary
from workshops.models.minutes import READ_BY_ALL
from workshops.permissions import may_write_summaries


class SummaryForm(PersonalForm):
    """What residents may know."""

    guarded = ("text",)

    text = Lines(
        label=gettext_lazy("Summary"),
        rows=10,
        max_length=2000,
        help_text=gettext_lazy(
            "What was spoken of, what was settled, what comes next. No name of a person, no number of a case."
        ),
        error_messages={"required": gettext_lazy("Please write the summary.")},
    )

    def clean_text(self) -> str:
        """Numbers of cases and names of people are refused at once."""
        text: str = self.cleaned_data["text"]
        try:
            actions.refuse_names(text)
        except ValidationError as refused:
            raise ValidationError(refused.messages) from refused
        return text


def office_meeting(request: HttpRequest, pk: Any) -> Meeting:
    """A meeting with confirmed minutes, for the secretariat."""
    if not may_write_summaries(request.user):
        raise PermissionDenied
    meeting = meeting_or_404(request, pk)
    if not hasattr(meeting, "record") or meeting.record.state not in READ_BY_ALL:
        raise Http404
    return meeting


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def office_summary(request: HttpRequest, pk: Any) -> HttpResponse:
    """`/members/office/meetings/<id>/summary/`: write it, or read what waits for being shown."""
    meeting = office_meeting(request, pk)
    summary = Summary.objects.select_related("written_by", "published_by").filter(meeting=meeting).first()
    begin = {"text": summary.text} if summary else {}
    stored = remembered(summary.dismissed) if summary else ()
    form = SummaryForm(request.POST if request.method == "POST" else None, initial=begin, stored=stored)
    if form.is_bound and form.is_valid():
        try:
            actions.write(
                by=request.user,
                meeting=meeting,
                text=form.cleaned_data["text"],
                version=number(request.POST.get("version")),
                hand_in="hand_in" in request.POST,
                dismissals=form.dismissals,
            )
        except Stale:
            form.add_error(
                None, _("Somebody else has written in the meantime. Their words stand above; yours are below.")
            )
        except OpenFindings:
            form.add_error(None, _("The guard has found something since. Please look at it once more."))
        except ValidationError as refused:
            form.take_errors(refused)
        else:
            said = _("Handed in. Another person shows it to residents.") if "hand_in" in request.POST else _("Kept.")
            messages.success(request, said)
            return redirect("members:office_summary", pk=pk)
    mine = summary is not None and summary.written_by_id == request.user.pk
    return drawn(request, "workshops/members/office_summary.html", form, meeting=meeting, summary=summary, mine=mine)


def office_summary_of(request: HttpRequest, pk: Any) -> Summary:
    """The summary of a meeting, for the secretariat."""
    return get_object_or_404(Summary, meeting=office_meeting(request, pk))


@require_POST
def office_summary_publish(request: HttpRequest, pk: Any) -> HttpResponse:
    """Show what somebody else wrote."""
    summary = office_summary_of(request, pk)
    try:
        actions.publish(by=request.user, summary=summary, version=number(request.POST.get("version")))
        messages.success(request, _("Residents can read it now."))
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    return redirect("members:office_summary", pk=pk)


@require_POST
def office_summary_take_down(request: HttpRequest, pk: Any) -> HttpResponse:
    """At once."""
    actions.take_down(by=request.user, summary=office_summary_of(request, pk))
    messages.success(request, _("Taken down. Residents see it no more."))
    return redirect("members:office_summary", pk=pk)
