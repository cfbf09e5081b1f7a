"""定型文: the sentences with which the counsellors of a desk begin an answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.once import once
from directory.actions.consultations import ready_texts as actions
from directory.members.consultations.finding import signed_in
from directory.members.consultations.forms import ReadyTextForm
from directory.members.consultations.thread import WRONG
from directory.models import Consultation, ConsultationDesk, ReadyText
from directory.queries.consultations.inbox import desks_of


def own(request: HttpRequest, pk: int) -> ReadyText:
    """One of a desk where this person sits. A foreign one and a missing one raise the same Http404."""
    desks = Consultation.objects.desks_of(signed_in(request))
    found = ReadyText.objects.filter(desk__in=desks).select_related("desk").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def ready_texts(request: HttpRequest) -> HttpResponse:
    """`consultations/ready-texts/`: of all desks where this person sits."""
    desks = desks_of(signed_in(request))
    rows = list(ReadyText.objects.filter(desk__in=desks))
    shown = [(desk, [row for row in rows if row.desk_id == desk.pk]) for desk in desks]
    return render(request, "directory/members/consultation_ready_texts.html", {"shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def ready_text_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new one for that desk."""
    desk = next((each for each in desks_of(signed_in(request)) if each.slug == slug), None)
    if desk is None:
        raise Http404
    form = ReadyTextForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.write(by=signed_in(request), desk=desk, **form.cleaned_data)
        messages.success(request, _("Kept. It stands beside the box of every answer."))
        return redirect("members:ready_texts")
    return _drawn(request, form, desk, None)


@require_http_methods(["GET", "HEAD", "POST"])
def ready_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one."""
    found = own(request, pk)
    first = {"title": found.title, "text": found.text}
    form = ReadyTextForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.change(by=signed_in(request), ready=found, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("members:ready_texts")
    return _drawn(request, form, found.desk, found)


@require_POST
def ready_text_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one away."""
    actions.remove(by=signed_in(request), ready=own(request, pk))
    messages.success(request, _("Removed. Answers that are written keep their words."))
    return redirect("members:ready_texts")


def _drawn(request: HttpRequest, form: ReadyTextForm, desk: ConsultationDesk, ready: ReadyText | None) -> HttpResponse:
    context = {"form": form, "desk": desk, "ready": ready}
    status = WRONG if form.errors else 200
    return render(request, "directory/members/consultation_ready_text.html", context, status=status)
