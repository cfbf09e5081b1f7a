"""`/members/meetings/<id>/attendance/`: the list on the day, on one screen; and who came over all meetings of a body."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from cms import audit, exports
from cms.dates import jst, today
from directory.reauthentication import recently_authenticated
from workshops.actions import attendance as actions
from workshops.actions import meetings
from workshops.enums import MeetingState
from workshops.members.meetings.asking import done, kept_or_404, number, tried
from workshops.members.meetings.attendance_forms import InviteForm, LineForm, PeopleForm
from workshops.models import AgendaItem, Meeting
from workshops.queries.coverage import Coverage, coverage_of
from workshops.queries.meetings import bodies_kept_by


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_attendance(request: HttpRequest, pk: Any) -> HttpResponse:
    """The list; POST `do=` enter, people, invite, strike."""
    found = kept_or_404(request, pk)
    verb = request.POST.get("do", "") if request.method == "POST" else ""
    rows = list(found.attendance.select_related("organization", "department"))
    forms = [(row, LineForm.of(row, request.POST if verb == "enter" else None)) for row in rows]
    people = PeopleForm(request.POST if verb == "people" else None)
    invite = InviteForm(request.POST if verb == "invite" else None, meeting=found)
    if verb == "enter" and all(form.is_valid() for _row, form in forms) and entered(request, found, forms):
        return back(found)
    if verb == "people" and done(people, actions.add_people, by=request.user, meeting=found):
        messages.success(request, _("They are on the list."))
        return back(found)
    if verb == "invite" and invite.is_valid():
        actions.invite(by=request.user, meeting=found, **invite.cleaned_data)
        messages.success(request, _("They are on the list."))
        return back(found)
    if verb == "strike":
        tried(
            request, actions.strike, _("The line is off the list."), meeting=found, row=number(request.POST.get("row"))
        )
        return back(found)
    context = {"meeting": found, "forms": forms, "people": people, "invite": invite, "may_hold": may_hold(found)}
    wrong = verb and (people.errors or invite.errors or any(form.errors for _row, form in forms))
    return render(request, "workshops/members/meeting_attendance.html", context, status=422 if wrong else 200)


def may_hold(found: Meeting) -> bool:
    """It is called, and its day has come."""
    begins = found.starts_at
    return found.state == MeetingState.CALLED and begins is not None and jst(begins).date() <= today()


def entered(request: HttpRequest, found: Meeting, forms: list[tuple[Any, LineForm]]) -> bool:
    """Keep the list; with `held` the meeting is over too."""
    lines = [actions.Entered(row.pk, form.cleaned_data["mode"], form.cleaned_data["headcount"]) for row, form in forms]
    try:
        actions.enter(by=request.user, meeting=found, lines=lines)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
        return False
    if "held" in request.POST and not found.is_held:
        return tried(request, meetings.hold, _("The list is kept, and the meeting was held."), meeting=found)
    messages.success(request, _("The list is kept."))
    return True


def back(found: Meeting) -> HttpResponse:
    """To the list."""
    return redirect("members:meeting_attendance", pk=found.pk)


# --- all meetings of a body ------------------------------------------------------------------------------


@require_safe
def coverage(request: HttpRequest, slug: str) -> HttpResponse:
    """`/members/meetings/bodies/<body>/attendance/`: who came, who never came, whom nobody asked; and the lectures."""
    body = get_object_or_404(bodies_kept_by(request.user), slug=slug)
    table = coverage_of(body)
    lectures = AgendaItem.objects.filter(meeting__in=table.meetings, is_lecture=True).select_related("meeting")
    visitors = {meeting.pk: visitors_of(meeting) for meeting in with_visitors(table)}
    context = {
        "body": body,
        "table": table,
        "lectures": list(lectures.prefetch_related("papers")),
        "visitors": [(each, visitors[each.pk]) for each in table.meetings if visitors.get(each.pk)],
    }
    return render(request, "workshops/members/meeting_coverage.html", context)


def with_visitors(table: Coverage) -> list[Meeting]:
    """The meetings of the table with their rows. Two queries."""
    return list(Meeting.objects.filter(pk__in=[m.pk for m in table.meetings]).prefetch_related("attendance"))


def visitors_of(meeting: Meeting) -> list[tuple[str, int | None]]:
    """(title, how many) of those who are counted under a title."""
    return [(row.title, row.headcount) for row in meeting.attendance.all() if row.title and row.came]


@require_safe
@recently_authenticated(file=True)
def coverage_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole table as CSV, all meetings there ever were; nothing in it can run in a spreadsheet."""
    body = get_object_or_404(bodies_kept_by(request.user), slug=slug)
    table = coverage_of(body, widest=None)
    audit.record("meeting.coverage_exported", by=request.user, target=body)  # type: ignore[arg-type]
    kind = _("Department") if table.by_department else _("Organisation")
    head = [kind, *(heading(meeting) for meeting in table.meetings), pgettext("coverage", "Came"), _("Asked")]
    rows: list[list[exports.Cell]] = [
        [row.name, *(cell.words for cell in row.cells), row.came, row.asked] for row in table.rows
    ]
    content = exports.csv_bytes(head, rows)
    return exports.download(content, name=f"attendance-{body.slug}-{today():%Y%m%d}.csv", media_type=exports.CSV_TYPE)


def heading(meeting: Meeting) -> str:
    """Day and number."""
    return " ".join(part for part in (meeting.happened_on, f"#{meeting.number}" if meeting.number else "") if part)
