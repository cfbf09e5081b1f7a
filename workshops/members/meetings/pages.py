"""The list of meetings and the page of one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.dates import jst
from cms.once import once
from directory.actions.notifications import mark_read
from directory.models import Body
from workshops.actions import agenda, attendance, meeting_news
from workshops.enums import AttendanceMode, MeetingState, PointState
from workshops.members.meetings.asking import done, meeting_or_404, number
from workshops.members.meetings.attendance_forms import ComingForm
from workshops.members.meetings.forms import WantForm
from workshops.models import Attendance, Meeting, Minutes
from workshops.models.minutes import READ_BY_ALL
from workshops.queries.coverage import VISITORS
from workshops.queries.meeting_days import day_table
from workshops.queries.meetings import (
    agenda_of,
    approvals_of,
    asking,
    bodies_kept_by,
    length_of,
    marks_made,
    meetings_waiting_for,
    own_answers,
)

PAGE = 20


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """`/members/meetings/?body=…&when=past`: what is coming, and what was; narrowed to a body."""
    seen = Meeting.objects.visible_to(request.user)
    bodies = list(Body.objects.filter(pk__in=seen.order_by().values("body")))
    body = next((each for each in bodies if each.slug == request.GET.get("body")), None)
    rows = seen.filter(body=body) if body else seen
    past = request.GET.get("when") == "past"
    chosen = rows.past() if past else rows.coming()
    page = Paginator(chosen.select_related("body"), PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    answers = own_answers(request.user, shown)
    waiting = {each.meeting.pk: each.what for each in meetings_waiting_for(request.user)}
    kept = bodies_kept_by(request.user)
    context = {
        "page": page,
        "lines": [(each, answers.get(each.pk, ""), waiting.get(each.pk, "")) for each in shown],
        "bodies": bodies,
        "body": body,
        "past": past,
        "query": "&".join(part for part in (f"body={body.slug}" if body else "", "when=past" if past else "") if part),
        "may_call": kept.exists(),
        "may_count": body is not None and kept.filter(pk=body.pk).exists(),
    }
    return render(request, "workshops/members/meetings.html", context)


@require_safe
def meeting(request: HttpRequest, pk: Any) -> HttpResponse:
    """`/members/meetings/<id>/`: agenda, papers, who comes, and what the minutes say."""
    found = meeting_or_404(request, pk)
    mark_read(request.user, kind=meeting_news.KIND, target=found.pk)
    return meeting_page(request, found)


def meeting_page(request: HttpRequest, found: Meeting, *, coming: dict[int, ComingForm] | None = None) -> HttpResponse:
    """The page; `coming` holds an answer that could not be taken, by its row."""
    user: Any = request.user
    rows = list(found.attendance.select_related("organization", "department", "replied_by"))
    own = [row for row in rows if user.organization_id and row.organization_id == user.organization_id]
    lines, papers = agenda_of(found, user)
    poll = day_table(found, user) if found.state == MeetingState.POLL else None
    context = {
        "meeting": found,
        "agenda": lines,
        "papers": papers,
        "length": length_of(found),
        "points": points_of(found, user),
        "rows": rows,
        "sums": sums_of(rows, held=found.is_held),
        "own": [(row, (coming or {}).get(row.pk) or coming_form(row)) for row in own] if may_answer(found) else [],
        "poll": poll,
        "is_asked": poll is not None and asking(user).filter(pk=found.pk).exists(),
        "poll_open": poll is not None and marks_made(user, [found])[found.pk] < len(poll.columns),
        "may_keep": Meeting.objects.kept_by(user).filter(pk=found.pk).exists(),
        "may_want": agenda.may_want(user, found),
        "approved": approvals_of([found.body_id])[found.body_id],
        "track": track_of(found),
    }
    return render(request, "workshops/members/meeting.html", context, status=422 if coming else 200)


def may_answer(found: Meeting) -> bool:
    """It is called and has not begun."""
    return found.state == MeetingState.CALLED and not found.is_over


def coming_form(row: Attendance, data: Any = None) -> ComingForm:
    """The answer of one row; nothing is chosen beforehand."""
    mode = "" if row.reply == AttendanceMode.ASKED else row.reply
    return ComingForm(data, prefix=f"r{row.pk}", initial={"mode": mode, "expected": row.expected})


def points_of(found: Meeting, user: Any) -> list[Any]:
    """What the own organisation asked to be spoken of, with the answers to it."""
    return list(found.wanted_points.filter(organization=user.organization_id).exclude(state=PointState.TAKEN))


def sums_of(rows: list[Attendance], *, held: bool) -> dict[str, int]:
    """How many were asked and came (or will), departments apart; visitors are counted as people."""
    seats = [row for row in rows if row.role not in VISITORS]
    present = (AttendanceMode.VENUE, AttendanceMode.ONLINE)

    def here(row: Attendance) -> bool:
        return (row.mode if held else row.reply) in present

    departments = [row for row in seats if row.department_id]
    return {
        "asked": len(seats),
        "here": sum(here(row) for row in seats),
        "silent": sum(row.reply == AttendanceMode.ASKED for row in seats),
        "departments": len(departments),
        "departments_here": sum(here(row) for row in departments),
        "people": sum((row.headcount if held else row.expected) or 0 for row in rows),
    }


def track_of(found: Meeting) -> list[tuple[str, str, str]]:
    """(css, words, day) of the five points of the way; nothing for one that is not held."""
    if found.state == MeetingState.CANCELLED:
        return []
    minutes = Minutes.objects.filter(meeting=found).first() if found.is_held else None
    confirmed = minutes is not None and minutes.state in READ_BY_ALL
    at = {MeetingState.DRAFT: 0, MeetingState.POLL: 0, MeetingState.CALLED: 1, MeetingState.HELD: 3}[
        MeetingState(found.state)
    ]
    at = 5 if confirmed else at
    held = short_day(jst(found.starts_at).date()) if found.is_held and found.starts_at else ""
    until = f"〜{short_day(minutes.amend_until)}" if minutes and minutes.amend_until and not confirmed else ""
    words = [_("Day is set"), _("Agenda and papers"), _("Was held"), _("Minutes"), pgettext("minutes", "Confirmed")]
    days = ["", "", held, until, ""]
    if not found.takes_words:  # its minutes are written elsewhere
        words = words[:3]
    return [("done" if n < at else "now" if n == at else "", word, days[n]) for n, word in enumerate(words)]


def short_day(day: dt.date) -> str:
    """「12/8」, under a knot."""
    return f"{day.month}/{day.day}"


@require_POST
def meeting_reply(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say whether the own organisation, or a department of it, comes."""
    found = meeting_or_404(request, pk)
    row = next((r for r in found.attendance.all() if r.pk == number(request.POST.get("row"))), None)
    if row is None or row.organization_id != getattr(request.user, "organization_id", None):
        raise PermissionDenied
    form = coming_form(row, request.POST)
    if done(form, attendance.reply, by=request.user, meeting=found, row=row.pk):
        messages.success(
            request, _("Thank you. Your answer is written down; it can be changed until the meeting begins.")
        )
        return redirect("members:meeting", pk=found.pk)
    return meeting_page(request, found, coming={row.pk: form})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def meeting_want(request: HttpRequest, pk: Any) -> HttpResponse:
    """`/members/meetings/<id>/want/`: please put this on the agenda."""
    found = meeting_or_404(request, pk)
    if not agenda.may_want(request.user, found):
        raise PermissionDenied
    form = WantForm(request.POST if request.method == "POST" else None, meeting=found)
    if form.is_bound and done(form, agenda.want, by=request.user, meeting=found):
        messages.success(request, _("Thank you. The office looks at it and answers here."))
        return redirect("members:meeting", pk=found.pk)
    context = {"meeting": found, "form": form}
    return render(request, "workshops/members/meeting_want.html", context, status=422 if form.errors else 200)
