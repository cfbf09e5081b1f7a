"""`/members/meetings/<id>/days/`: looking for a day. One press a row; who keeps the meeting proposes, reminds, chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from directory.actions.notifications import mark_read
from directory.models import Organization
from workshops.actions import meeting_days as actions
from workshops.actions import meeting_news
from workshops.enums import Mark, MeetingState
from workshops.members.meetings.asking import done, meeting_or_404, number, tried
from workshops.members.meetings.forms import DaysForm, NoteForm
from workshops.models import Meeting
from workshops.queries.meeting_days import day_table
from workshops.queries.meetings import asking

SIGNS = {Mark.YES: "○", Mark.MAYBE: "△", Mark.NO: "×", "": "―"}


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_days(request: HttpRequest, pk: Any) -> HttpResponse:
    """The days, the own answer, the table of all; POST `do=` mark, note, propose, drop, remind, choose, instead."""
    found = meeting_or_404(request, pk)
    mark_read(request.user, kind=meeting_news.KIND, target=found.pk)
    if request.method == "POST":
        verb = VERBS.get(request.POST.get("do", ""))
        return verb(request, found) if verb else page(request, found)
    return page(request, found)


def page(
    request: HttpRequest, found: Meeting, *, days: DaysForm | None = None, note: NoteForm | None = None
) -> HttpResponse:
    """The page; a form that could not be taken comes back with what was written."""
    table = day_table(found, request.user)
    own = next((row for row in table.rows if row.is_own), None)
    may_keep = Meeting.objects.kept_by(request.user).filter(pk=found.pk).exists()
    looking = found.state == MeetingState.POLL
    context = {
        "meeting": found,
        "table": table,
        "signs": [(mark.value, SIGNS[mark], mark.label) for mark in Mark],
        "rows": [(row, [(SIGNS[mark], mark) for mark in row.marks]) for row in table.rows],
        "own": own,
        "is_asked": looking and asking(request.user).filter(pk=found.pk).exists(),
        "note": note or NoteForm(initial={"note": own.note if own else ""}),
        "may_keep": may_keep,
        "looking": looking,
        "form": (days or DaysForm(initial=beginning(found))) if may_keep and may_propose(found) else None,
    }
    wrong = (days and days.errors) or (note and note.errors)
    return render(request, "workshops/members/meeting_days.html", context, status=422 if wrong else 200)


def beginning(found: Meeting) -> dict[str, Any]:
    """As it was asked before."""
    return {"asked": found.asked, "answers_until": found.answers_until, "minutes": 90}


def may_propose(found: Meeting) -> bool:
    """A day is still to be found."""
    return found.state in (MeetingState.DRAFT, MeetingState.POLL)


def mark(request: HttpRequest, found: Meeting) -> HttpResponse:
    """One press: ○, △ or × to one day."""
    option, value = number(request.POST.get("option")), request.POST.get("mark", "")
    tried(request, actions.mark, _("Your answer is written down."), meeting=found, option=option, mark=value)
    return back(found)


def instead(request: HttpRequest, found: Meeting) -> HttpResponse:
    """What an organisation said by telephone, to all days at once."""
    chosen = Organization.objects.filter(pk=number(request.POST.get("organization"))).first()
    if chosen is None:
        raise PermissionDenied
    for option in found.options.all():
        value = request.POST.get(f"mark{option.pk}", "")
        if value in Mark.values:
            actions.mark(by=request.user, meeting=found, option=option.pk, mark=value, instead_of=chosen)
    messages.success(request, _("The answer is written down."))
    return back(found)


def note(request: HttpRequest, found: Meeting) -> HttpResponse:
    """A word to all days together."""
    form = NoteForm(request.POST)
    if done(form, actions.annotate, by=request.user, meeting=found):
        messages.success(request, _("Your word is written down."))
        return back(found)
    return page(request, found, note=form)


def propose(request: HttpRequest, found: Meeting) -> HttpResponse:
    """The first times, or further ones."""
    form = DaysForm(request.POST)
    if form.is_valid():
        try:
            actions.propose(by=request.user, meeting=found, **form.plan())
        except ValidationError as refused:
            for name, sentences in refused.message_dict.items():
                form.add_error("time1" if name == "times" else None, sentences)
        else:
            messages.success(request, _("The days are proposed. Everybody who belongs to the meeting is asked."))
            return back(found)
    return page(request, found, days=form)


def drop(request: HttpRequest, found: Meeting) -> HttpResponse:
    """A day that is not possible after all."""
    tried(request, actions.drop, _("The day is taken out."), meeting=found, option=number(request.POST.get("option")))
    return back(found)


def remind(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Those who are silent, and only those."""
    try:
        asked = actions.remind(by=request.user, meeting=found)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    else:
        said = ngettext("%(count)s person was reminded.", "%(count)s people were reminded.", asked)
        messages.success(request, said % {"count": asked})
    return back(found)


def choose(request: HttpRequest, found: Meeting) -> HttpResponse:
    """This is the day."""
    said = _("The day is set. Everybody who belongs to the meeting was told.")
    if tried(request, actions.choose, said, meeting=found, option=number(request.POST.get("option"))):
        return redirect("members:meeting", pk=found.pk)
    return back(found)


def back(found: Meeting) -> HttpResponse:
    """To the page, so that a reload sends nothing twice."""
    return redirect("members:meeting_days", pk=found.pk)


VERBS: dict[str, Callable[[HttpRequest, Meeting], HttpResponse]] = {
    "mark": mark,
    "note": note,
    "propose": propose,
    "drop": drop,
    "remind": remind,
    "choose": choose,
    "instead": instead,
}
