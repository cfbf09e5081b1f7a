"""What counsellors write at a consultation. Whatever happens meanwhile, what was typed stays before them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cms.once import mark_of, once
from directory.actions.consultations import receiving, states
from directory.members.consultations.finding import find, find_kept, signed_in
from directory.members.consultations.forms import AnswerForm, FactsForm, NoteForm, SamePersonForm
from directory.members.consultations.thread import WRONG, drawn
from directory.models import Consultation, ReadyText
from directory.queries.consultations import people_at


@sensitive_variables()
def gone(request: HttpRequest) -> HttpResponse:
    """Not at this desk (any more): only what they have typed themselves. Foreign, missing and taken back look alike."""
    context = {"text": request.POST.get("text", "")}
    return render(request, "directory/members/consultation_gone.html", context, status=404)


def has_moved() -> str:
    """Somebody was quicker."""
    return _("Meanwhile something has changed here. Please look at it first. What you wrote is still in the box.")


@sensitive_variables()
def _written(
    request: HttpRequest, pk: UUID, form: forms.Form, name: str, write: Callable[[Consultation], Any], thanks: str
) -> HttpResponse:
    """Take one of the forms of the page; when it cannot be taken, the page comes back with it."""
    try:
        found = find_kept(request, pk)
    except Http404:
        return gone(request)
    if not form.is_valid():
        return drawn(request, found, **{name: form})
    try:
        write(found)
    except states.TooLate:
        form.add_error(None, has_moved())
    except PermissionDenied:  # handed on or taken back a moment ago
        return gone(request)
    else:
        messages.success(request, thanks)
        return redirect("members:consultation", pk=pk)
    try:
        return drawn(request, found, **{name: form})
    except Http404:
        return gone(request)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def consultation_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A word to the person; with `insert` a ready text is put into the box first, and nothing is sent."""
    if request.method != "POST":
        return redirect("members:consultation", pk=find(request, pk).pk)
    form = AnswerForm(request.POST)
    if "insert" in request.POST:
        return _inserted(request, pk, form)

    def write(found: Consultation) -> None:
        data = form.cleaned_data
        receiving.answer(
            by=signed_in(request), consultation=found, text=data["text"], form_key=mark_of(request), seen=data["seen"]
        )

    return _written(request, pk, form, "answer", write, _("Your answer is there for them to read."))


@sensitive_variables()
def _inserted(request: HttpRequest, pk: UUID, form: AnswerForm) -> HttpResponse:
    try:
        found = find_kept(request, pk)
    except Http404:
        return gone(request)
    chosen = request.POST["insert"]
    ready = ReadyText.objects.filter(desk=found.desk, pk=chosen).first() if chosen.isdecimal() else None
    return drawn(request, found, answer=form.with_text(ready.text if ready else ""))


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def consultation_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A note for the desk alone, or a contact outside with its time."""
    if request.method != "POST":
        return redirect("members:consultation", pk=find(request, pk).pk)
    form = NoteForm(request.POST)

    def write(found: Consultation) -> None:
        data = form.cleaned_data
        receiving.write_note(
            by=signed_in(request), consultation=found, text=data["text"], kind=data["kind"], at=data["at"]
        )

    return _written(request, pk, form, "note", write, _("Written down. The person does not see it."))


@require_http_methods(["GET", "HEAD", "POST"])
def consultation_same(request: HttpRequest, pk: UUID) -> HttpResponse:
    """「同じ方かもしれません」: another one of this desk, by its number."""
    if request.method != "POST":
        return redirect("members:consultation", pk=find(request, pk).pk)
    user, found = signed_in(request), find_kept(request, pk)
    form = SamePersonForm(request.POST, user=user, consultation=found)

    def write(kept: Consultation) -> None:
        receiving.same_person(by=user, consultation=kept, other=form.cleaned_data["number"])

    return _written(request, pk, form, "same", write, _("Kept."))


@require_http_methods(["GET", "HEAD", "POST"])
def consultation_facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`consultations/<id>/facts/`: the coded fields. No text of the person stands here."""
    found = find_kept(request, pk)
    form = FactsForm(request.POST) if request.method == "POST" else FactsForm.of(found)
    if request.method == "POST" and form.is_valid():
        try:
            receiving.describe(by=signed_in(request), consultation=found, **form.codes)
        except states.TooLate:
            form.add_error(None, has_moved())
        except PermissionDenied:
            raise Http404 from None
        else:
            messages.success(request, _("Kept."))
            return redirect("members:consultation", pk=pk)
    context = {"consultation": found, "people": people_at(found.desk), "form": form}
    status = WRONG if form.errors else 200
    return render(request, "directory/members/consultation_facts.html", context, status=status)
