"""Handing a case on: asking for it, taking it on, declining, saying that they have met, taking it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from casebook.actions import handing_on
from casebook.members.finding import allow, find_case, find_offer, page, signed_in
from casebook.members.forms.handing_on import DeclineForm, ProposeForm, WithdrawForm
from casebook.models import Case
from casebook.permissions import acts_in_handover, can_hand_on
from casebook.queries.exchange import HANDED_ON
from cms.once import once
from directory.actions import handovers
from directory.actions.handovers import AlreadyAsked, NobodyThere, ReasonDue, TooLate
from directory.enums import HandoverState, Side
from directory.models import Handover


def find_handover(request: HttpRequest, pk: UUID, handover: UUID) -> tuple[Case, Handover]:
    """A case this person may see and a hand-over of it in which they act. Everything else raises the same Http404."""
    user, case = signed_in(request), find_case(request, pk)
    rows = Handover.objects.visible_to(user).of(HANDED_ON, case.pk)
    found = rows.select_related("from_organization", "to_organization").filter(pk=handover).first()
    if found is None or not acts_in_handover(user, case, found.side_of(user)):
        raise Http404
    return case, found


@require_http_methods(["GET", "HEAD", "POST"])
@once
def handover_propose(request: HttpRequest, pk: UUID, offer: UUID) -> HttpResponse:
    """Ask the organisation whose offer was taken up to take the case on."""
    user = signed_in(request)
    found = find_offer(request, pk, offer)
    allow(can_hand_on(user, found))
    form = ProposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            handing_on.propose(by=user, offer=found, answer_by=form.cleaned_data["answer_by"])
        except AlreadyAsked:
            form.add_error(None, _("You have asked them already. Their answer is not here yet."))
        except NobodyThere:
            form.add_error(None, _("Nobody there can answer in this room just now. Please ring them up."))
        else:
            messages.success(request, _("Asked them. Their answer appears on this page."))
            return redirect("members:case_detail", pk=pk)
    return render(request, "casebook/members/handover_propose.html", {"form": form, "case": found.case, "offer": found})


def _moved(request: HttpRequest, pk: UUID, verb: Callable[[], Any], done: str) -> HttpResponse:
    """Do it and say so; or say that somebody was quicker."""
    try:
        verb()
    except TooLate:
        messages.warning(request, _("Meanwhile it is in another state. Please look at it as it stands now."))
    else:
        messages.success(request, done)
    return redirect("members:case_detail", pk=pk)


@require_POST
def handover_accept(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """Take it on."""
    user = signed_in(request)
    _case, found = find_handover(request, pk, handover)
    allow(found.side_of(user) == Side.RECEIVING)
    told = _("Taken on. They know it now. Please speak with them by telephone or in person.")
    return _moved(request, pk, lambda: handovers.accept(by=user, handover=found), told)


@require_POST
def handover_done(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """They have met."""
    user = signed_in(request)
    _case, found = find_handover(request, pk, handover)
    allow(found.side_of(user) == Side.RECEIVING)
    told = _("Connected. Thank you. The organisation that asked can now close the case.")
    return _moved(request, pk, lambda: handovers.done(by=user, handover=found), told)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def handover_decline(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """Say that it is not possible, and why."""
    user = signed_in(request)
    case, found = find_handover(request, pk, handover)
    allow(found.side_of(user) == Side.RECEIVING and (found.waits or request.method == "POST"))
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("reason", "note")}
        told = _("Told them. Thank you for saying so in good time.")
        return _moved(
            request,
            pk,
            lambda: handing_on.decline(by=user, handover=found, dismissals=form.dismissals, **words),
            told,
        )
    return page(request, "casebook/members/handover_decline.html", form, case=case, handover=found)


@require_http_methods(["GET", "HEAD", "POST"])
def handover_withdraw(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """Take it back; once it was taken on, either side may, and says why."""
    user = signed_in(request)
    case, found = find_handover(request, pk, handover)
    possible = HandoverState.WITHDRAWN in found.ways(found.side_of(user))
    allow(possible or (request.method == "POST" and not found.is_open))  # over since the page was drawn: said below
    needs_reason = found.state == HandoverState.ACCEPTED
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (not needs_reason or form.is_valid()):
        reason = form.cleaned_data["reason"] if needs_reason else ""
        told = _("The hand-over is taken back. The other side knows.")
        try:
            return _moved(request, pk, lambda: handovers.withdraw(by=user, handover=found, reason=reason), told)
        except ReasonDue:  # it was taken on a moment ago
            messages.warning(request, _("They have just taken it on. Please say why you take it back."))
            return redirect("members:handover_withdraw", pk=pk, handover=handover)
    context = {"form": form, "case": case, "handover": found, "needs_reason": needs_reason}
    return render(request, "casebook/members/handover_withdraw.html", context)
