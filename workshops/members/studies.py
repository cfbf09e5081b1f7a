"""Study sessions for members: the list, one session with its answers, and the host's forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.once import once
from directory.actions.notifications import mark_read
from workshops.actions import studies as actions
from workshops.actions.capacity import CalledOff, Full
from workshops.actions.registrations import Closed
from workshops.enums import StudyAnswer
from workshops.members.receiving import actor
from workshops.members.study_forms import AnswerForm, NotesForm, StudyForm
from workshops.models import Material, StudyReply, StudySession
from workshops.permissions import may_hold_studies
from workshops.queries.studies import groups_of, listed

A_PAGE = 20


@require_safe
def studies(request: HttpRequest) -> HttpResponse:
    """`/members/events/study/`: what is to come, with the own answer; `?when=past` what has been."""
    past = request.GET.get("when") == "past"
    context = {
        "page": Paginator(listed(request.user, past=past), A_PAGE).get_page(request.GET.get("page")),
        "past": past,
        "query": "when=past" if past else "",
        "may_hold": may_hold_studies(request.user),
    }
    return render(request, "workshops/members/studies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def study(request: HttpRequest, pk: str) -> HttpResponse:
    """One session. POST answers it."""
    session = session_or_404(request, pk)
    own = StudyReply.objects.filter(session=session, user=actor(request)).first()
    initial = {"answer": own.answer, "wish": own.wish or ""} if own else {}
    form = AnswerForm(request.POST if request.method == "POST" else None, event=session.event, initial=initial)
    if form.is_bound and form.is_valid() and answered(request, session, form):
        return redirect("members:study", pk=session.pk)
    if not form.is_bound:
        mark_read(request.user, target=session.pk)
    return render(request, "workshops/members/study.html", shown(request, session, own, form), status=status_of(form))


def shown(request: HttpRequest, session: StudySession, own: StudyReply | None, form: AnswerForm) -> dict[str, Any]:
    """What the page of a session shows."""
    replies = StudyReply.objects.visible_to(request.user).filter(session=session)
    date = actions.date_of(session)
    everybody = StudyReply.objects.filter(session=session).going()
    return {
        "session": session,
        "date": date,
        "own": own,
        "form": form,
        "is_open": not date.is_cancelled and not date.is_postponed and not date.is_over,
        "groups": groups_of(replies.select_related("user__organization")),
        "coming": everybody.count(),
        "organizations": everybody.values("user__organization").distinct().count(),
        "comes_online": own is not None and own.answer == StudyAnswer.ONLINE,
        "holds": StudySession.objects.held_by(request.user).filter(pk=session.pk).exists(),
        "notes": session.notes or "",
        "materials": Material.objects.visible_to(request.user).standing().filter(pk__in=session.materials.values("pk")),
    }


def answered(request: HttpRequest, session: StudySession, form: AnswerForm) -> bool:
    """Keep the answer; what stands in the way is said beside the choice."""
    try:
        actions.answer(session=session, by=actor(request), **form.cleaned_data)
    except Full:
        form.add_error(
            "answer", _("No seat is left at the venue. Taking part online is still possible if it is offered.")
        )
    except (Closed, CalledOff):
        form.add_error("answer", _("Answers are no longer taken: it has begun or does not take place."))
    else:
        messages.success(request, _("Your answer is kept. You can change it until it begins."))
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
@once
def study_new(request: HttpRequest) -> HttpResponse:
    """A new session of the own organisation."""
    user = actor(request)
    if not may_hold_studies(user):
        raise PermissionDenied
    form = StudyForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and form.is_valid():
        try:
            session = actions.hold(by=user, plan=form.plan(), **form.values())
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("The session is there. Everybody it is meant for hears of it."))
            return redirect("members:study", pk=session.pk)
    return render(request, "workshops/members/study_form.html", {"form": form, "session": None}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def study_edit(request: HttpRequest, pk: str) -> HttpResponse:
    """Another time, place or audience."""
    session = held_or_404(request, pk)
    form = StudyForm(request.POST if request.method == "POST" else None, user=actor(request), session=session)
    if form.is_bound and form.is_valid():
        try:
            actions.change(session=session, by=actor(request), plan=form.plan(), **form.values())
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Changed. Whoever comes is told of a new time or place."))
            return redirect("members:study", pk=session.pk)
    context = {"form": form, "session": session}
    return render(request, "workshops/members/study_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def study_notes(request: HttpRequest, pk: str) -> HttpResponse:
    """What was said, for everybody the session was meant for."""
    session = held_or_404(request, pk)
    form = NotesForm(request.POST if request.method == "POST" else None, initial={"notes": session.notes or ""})
    if form.is_bound and form.is_valid():
        actions.note(session=session, by=actor(request), notes=form.cleaned_data["notes"])
        messages.success(request, _("The notes are kept."))
        return redirect("members:study", pk=session.pk)
    context = {"form": form, "session": session}
    return render(request, "workshops/members/study_notes.html", context, status=status_of(form))


@require_POST
def study_call_off(request: HttpRequest, pk: str) -> HttpResponse:
    """It does not take place."""
    session = held_or_404(request, pk)
    actions.call_off(session=session, by=actor(request))
    messages.success(request, _("The session is called off. Whoever wanted to come is told."))
    return redirect("members:study", pk=session.pk)


def status_of(form: Any) -> int:
    """422 for a form that comes back."""
    return 422 if form.errors else 200


def session_or_404(request: HttpRequest, pk: str) -> StudySession:
    """One that means this person. Any other is as missing as one that never was."""
    rows = StudySession.objects.visible_to(request.user).select_related("event__host")
    return get_object_or_404(rows, pk=pk)


def held_or_404(request: HttpRequest, pk: str) -> StudySession:
    """One this person holds."""
    return get_object_or_404(StudySession.objects.held_by(request.user).select_related("event__host"), pk=pk)
