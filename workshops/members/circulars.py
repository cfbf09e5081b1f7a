"""The tray of an organisation: circulars to read, inquiries to answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.members.people import signed_in
from directory.models import User
from workshops.actions import circulars as actions
from workshops.enums import ReplyState
from workshops.members.circular_forms import DeclineForm, ReplyForm
from workshops.models import Circular, CircularFile, Reply
from workshops.models.circulars import writes_circulars
from workshops.queries.circulars import answers_to, circulars_waiting, tray

A_PAGE = 20
INVALID = 422


@require_safe
def circulars(request: HttpRequest) -> HttpResponse:
    """`/members/circulars/`: what waits first, then everything that came."""
    user = signed_in(request)
    waiting = list(circulars_waiting(user))
    rest = tray(user).exclude(pk__in=[each.circular_id for each in waiting])
    context = {
        "waiting": waiting,
        "page": Paginator(rest, A_PAGE).get_page(request.GET.get("page")),
        "states": dict(ReplyState.choices),
        "writes": writes_circulars(user),
    }
    return render(request, "workshops/members/circulars.html", context)


def in_tray(request: HttpRequest, pk: str) -> tuple[User, Circular, Reply]:
    """A circular that the organisation of this person got; any other is not found."""
    user = signed_in(request)
    circular = get_object_or_404(Circular.objects.sent_to(user).select_related("written_by__organization"), pk=pk)
    reply = actions.own_reply(circular, user)
    if reply is None:
        raise Http404
    return user, circular, reply


@require_http_methods(["GET", "HEAD", "POST"])
def circular(request: HttpRequest, pk: str) -> HttpResponse:
    """`/members/circulars/<id>/`: read it, answer it, go on with the answer later."""
    user, found, reply = in_tray(request, pk)
    if request.method == "GET" and found.is_inquiry and actions.read(circular=found, by=user):
        reply.refresh_from_db()
    form = ReplyForm(found, reply, request.POST if request.method == "POST" else None) if reply.may_answer else None
    if request.method == "POST":
        if form is None:
            messages.error(request, _("This inquiry takes no more answers. Please tell the secretariat."))
            return redirect("members:circular", pk)
        if "later" in request.POST or form.is_valid():
            return kept(request, found, form, user)
    return drawn(request, user, found, reply, form)


def kept(request: HttpRequest, found: Circular, form: ReplyForm, user: User) -> HttpResponse:
    """The draft, or the answer; closed in between is said."""
    try:
        if "later" in request.POST:
            actions.keep_reply_draft(circular=found, by=user, draft=form.typed)
            messages.success(request, _("Kept for later. Only your organisation sees it."))
        else:
            actions.answer(circular=found, by=user, answers=form.answers)
            messages.success(request, _("Answered. Thank you."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("members:circular", found.pk)


def drawn(request: HttpRequest, user: User, found: Circular, reply: Reply, form: ReplyForm | None) -> HttpResponse:
    """The page; with 422 when something has to be set right."""
    others = found.replies.none()
    if found.answers_are_shared:
        visible = Reply.objects.visible_to(user).filter(circular=found, state=ReplyState.ANSWERED)
        others = visible.select_related("organization", "circular")
    own = answers_to(found, [reply])
    context: dict[str, Any] = {
        "circular": found,
        "reply": reply,
        "form": form,
        "decline": DeclineForm(),
        "answered": list(zip(own.questions, own.lines[0].values, strict=True)),
        "shared": answers_to(found, others) if found.answers_are_shared else None,
    }
    status = INVALID if request.method == "POST" else 200
    return render(request, "workshops/members/circular.html", context, status=status)


@require_POST
def circular_read(request: HttpRequest, pk: str) -> HttpResponse:
    """「読みました」."""
    user, found, _reply = in_tray(request, pk)
    if actions.read(circular=found, by=user):
        messages.success(request, _("Noted: your organisation has read it."))
    return redirect("members:circular", pk)


@require_POST
def circular_decline(request: HttpRequest, pk: str) -> HttpResponse:
    """The organisation does not answer this one."""
    user, found, _reply = in_tray(request, pk)
    form = DeclineForm(request.POST)
    try:
        actions.decline(circular=found, by=user, reason=form.cleaned_data["reason"] if form.is_valid() else "")
        messages.success(request, _("Noted: your organisation does not answer this one. You can still change that."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("members:circular", pk)


@require_safe
def circular_file(request: HttpRequest, pk: str) -> HttpResponseBase:
    """A file that goes with it."""
    return get_object_or_404(CircularFile.objects.visible_to(signed_in(request)), pk=pk).answer()
