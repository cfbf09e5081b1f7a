"""`/members/meetings/<id>/agenda/` and `…/papers/`: the workbench of who keeps the meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.once import once
from workshops.actions import agenda as actions
from workshops.actions import papers as paper_actions
from workshops.enums import PointState
from workshops.members.meetings.asking import done, kept_or_404, number, tried
from workshops.members.meetings.forms import NewVersionForm, PaperForm, PointForm
from workshops.models import AgendaItem, Meeting, Paper, PaperDownload, WantedPoint
from workshops.queries.meetings import length_of

#: So many lines of who took a paper out; the rest is in the audit.
SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_agenda(request: HttpRequest, pk: Any) -> HttpResponseBase:
    """Points in their order, wishes of members; POST `do=` write, up, down, remove, take, decline."""
    found = kept_or_404(request, pk)
    if request.method == "POST":
        verb = VERBS.get(request.POST.get("do", ""))
        return verb(request, found) if verb else back(found)
    item = found.agenda.filter(pk=number(request.GET.get("item"))).first()
    return page(request, found, PointForm(instance=item, meeting=found), item)


def page(request: HttpRequest, found: Meeting, form: PointForm, item: AgendaItem | None, **more: Any) -> HttpResponse:
    """The page with the form of a new point, or of the one that is being changed."""
    wanted = found.wanted_points.filter(state=PointState.WAITING).select_related("organization", "wanted_by")
    context = {
        "meeting": found,
        "form": form,
        "item": item,
        "items": list(found.agenda.all()),
        "wanted": list(wanted),
        "length": length_of(found),
        **more,
    }
    wrong = form.errors or more.get("declined")
    return render(request, "workshops/members/meeting_agenda.html", context, status=422 if wrong else 200)


@once
def write(request: HttpRequest, found: Meeting) -> HttpResponse:
    """A new point, or other words for one."""
    item = found.agenda.filter(pk=number(request.POST.get("item"))).first()
    form = PointForm(request.POST, instance=item, meeting=found)
    stored = found.agenda.filter(pk=item.pk).first() if item else None
    if done(form, actions.write_point, by=request.user, meeting=found, item=stored):
        messages.success(request, _("The point is on the agenda."))
        return back(found)
    return page(request, found, form, item)


def item_of(request: HttpRequest, found: Meeting) -> AgendaItem:
    """The point that is meant, of this meeting."""
    return get_object_or_404(found.agenda.all(), pk=number(request.POST.get("item")))


def up(request: HttpRequest, found: Meeting) -> HttpResponse:
    """One place up."""
    actions.move_point(by=request.user, meeting=found, item=item_of(request, found), up=True)
    return back(found)


def down(request: HttpRequest, found: Meeting) -> HttpResponse:
    """One place down."""
    actions.move_point(by=request.user, meeting=found, item=item_of(request, found), up=False)
    return back(found)


def remove(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Off the agenda."""
    said = _("The point is off the agenda. Its papers stay with the meeting.")
    tried(request, actions.remove_point, said, meeting=found, item=item_of(request, found))
    return back(found)


def point_of(request: HttpRequest, found: Meeting) -> WantedPoint:
    """The wish that is meant, for this meeting."""
    return get_object_or_404(found.wanted_points.select_related("meeting"), pk=number(request.POST.get("point")))


def take(request: HttpRequest, found: Meeting) -> HttpResponse:
    """A wish comes onto the agenda."""
    tried(request, actions.take, _("The point is on the agenda."), point=point_of(request, found))
    return back(found)


def decline(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Not this time, with a word why."""
    point, answer = point_of(request, found), request.POST.get("answer", "")[:600]
    if not answer.strip():
        form = PointForm(meeting=found)
        return page(request, found, form, None, declined=point.pk)
    tried(request, actions.decline, _("Your word is sent."), point=point, answer=answer)
    return back(found)


def back(found: Meeting) -> HttpResponse:
    """To the page, so that a reload sends nothing twice."""
    return redirect("members:meeting_agenda", pk=found.pk)


VERBS: dict[str, Callable[[HttpRequest, Meeting], HttpResponseBase]] = {
    "write": write,
    "up": up,
    "down": down,
    "remove": remove,
    "take": take,
    "decline": decline,
}


# --- papers ---------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@once
def meeting_papers(request: HttpRequest, pk: Any) -> HttpResponse:
    """Papers with their versions, who took them out; POST `do=` put, replace, take_back."""
    found = kept_or_404(request, pk)
    form = PaperForm(meeting=found)
    newer: tuple[Any, NewVersionForm] | None = None
    if request.method == "POST":
        verb = request.POST.get("do", "")
        paper = found.papers.filter(withdrawn_at=None, pk=safe_uuid(request.POST.get("paper"))).first()
        if verb == "put":
            form = PaperForm(request.POST, request.FILES, meeting=found)
            if done(form, paper_actions.put, by=request.user, meeting=found):
                return said(request, found, _("The paper is there."))
        elif verb == "replace" and paper is not None:
            newer = (paper.pk, NewVersionForm(request.POST, request.FILES, prefix=f"p{paper.number}"))
            if done(newer[1], paper_actions.put, by=request.user, meeting=found, replaces=paper):
                return said(request, found, _("The new version is there. The one before stays to be seen."))
        elif verb == "take_back" and paper is not None:
            paper_actions.take_back(by=request.user, paper=paper)
            return said(request, found, _("The file is deleted. A line says that it was there."))
    return papers_page(request, found, form, newer)


def papers_page(request: HttpRequest, found: Meeting, form: PaperForm, newer: Any) -> HttpResponse:
    """Every version, the newest first, with the form for the next one."""
    papers = list(found.papers.select_related("item", "uploaded_by").order_by("number", "-version"))
    replaced = {paper.replaces_id for paper in papers}
    downloads = PaperDownload.objects.filter(paper__meeting=found).select_related("user__organization", "paper")
    forms = {p.pk: NewVersionForm(prefix=f"p{p.number}") for p in papers if p.pk not in replaced and not p.withdrawn_at}
    if newer:
        forms[newer[0]] = newer[1]
    context = {
        "meeting": found,
        "form": form,
        "papers": [(paper, forms.get(paper.pk)) for paper in papers],
        "downloads": list(downloads[:SHOWN]),
    }
    wrong = form.errors or (newer and newer[1].errors)
    return render(request, "workshops/members/meeting_papers.html", context, status=422 if wrong else 200)


def said(request: HttpRequest, found: Meeting, words: str) -> HttpResponse:
    """Done; back to the papers."""
    messages.success(request, words)
    return redirect("members:meeting_papers", pk=found.pk)


def safe_uuid(raw: str | None) -> Any:
    """An id out of a form; None for anything else."""
    try:
        return Paper._meta.pk.to_python(raw or None)
    except Exception:  # noqa: BLE001  whatever it is, it is no id
        return None


@require_safe
def meeting_paper(request: HttpRequest, pk: Any) -> FileResponse:
    """`/members/meetings/papers/<id>/`: the file, streamed; who took it out is written down."""
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)
    return paper_actions.hand_out(by=request.user, paper=paper)
