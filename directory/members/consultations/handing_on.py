"""Handing a consultation on: asking the person, answering another desk, settling it, giving it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.once import once
from directory.actions import handovers
from directory.actions.consultations import handing_on, states
from directory.actions.consultations.sending import NobodyReceives
from directory.enums import HandoverState, Side
from directory.members.consultations.finding import find_kept, signed_in
from directory.members.consultations.handing_forms import AskForm, DeclineForm, WithdrawForm
from directory.models import ConsentQuestion, Consultation, Handover
from directory.queries.consultations import people_at
from directory.queries.consultations.handing_on import arriving, consent_of, handing_of, handovers_of, told_before
from directory.queries.handovers import moves_of

MOVED = (states.TooLate, handovers.TooLate, handovers.AlreadyAsked)


def to_thread(pk: UUID) -> HttpResponse:
    """The page of the consultation, at the part about handing on."""
    return redirect(f"{reverse('members:consultation', args=[pk])}#handing")


def find_handover(request: HttpRequest, pk: UUID, handover: UUID) -> Handover:
    """A hand-over of which this person may know. Everything else raises the same Http404."""
    rows = handovers_of(signed_in(request), Consultation(pk=pk)).select_related("from_organization", "to_organization")
    found = rows.filter(pk=handover).first()
    if found is None:
        raise Http404
    return found


def done_or_late(request: HttpRequest, verb: Callable[[], Any], told: str, then: HttpResponse) -> HttpResponse:
    """Do it and say so; or say that somebody was quicker."""
    try:
        verb()
    except MOVED:
        messages.warning(request, _("Meanwhile it is in another state. Please look at it as it stands now."))
    except PermissionDenied:
        raise Http404 from None
    else:
        messages.success(request, told)
    return then


# --- the desk that has it --------------------------------------------------------------------------------


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`consultations/<id>/hand-on/`: ask the person whether another desk may take over."""
    user, found = signed_in(request), find_kept(request, pk)
    if not handing_of(user, found).may_ask:
        messages.warning(request, _("Meanwhile it is in another state. Please look at it as it stands now."))
        return to_thread(pk)
    form = AskForm(request.POST if request.method == "POST" else None, consultation=found)
    if request.method == "POST" and form.is_valid():
        try:
            handing_on.ask(by=user, consultation=found, **form.cleaned_data)
        except handovers.NobodyThere:
            form.add_error("to_desk", _("This desk takes nothing just now. Please choose another one."))
        except MOVED:
            messages.warning(request, _("Meanwhile it is in another state. Please look at it as it stands now."))
            return to_thread(pk)
        else:
            messages.success(request, _("Asked the person. The other desk hears of it only once they agree."))
            return to_thread(pk)
    context = {"form": form, "consultation": found, "people": people_at(found.desk)}
    return render(request, "directory/members/consultation_handing_ask.html", context)


def find_question(request: HttpRequest, pk: UUID, question: int) -> ConsentQuestion:
    """A question of a consultation that this person's desk has."""
    rows = ConsentQuestion.objects.filter(consultation=find_kept(request, pk))
    found = rows.select_related("consultation__desk__organization").filter(pk=question).first()
    if found is None:
        raise Http404
    return found


@require_POST
def answered(request: HttpRequest, pk: UUID, question: int) -> HttpResponse:
    """`…/questions/<id>/answered/`: the person told the counsellor (`agrees`: yes or no)."""
    user, found = signed_in(request), find_question(request, pk, question)
    said = {"yes": True, "no": False}.get(request.POST.get("agrees", ""))
    if said is None:
        messages.warning(request, _("Please say whether they agreed."))
        return to_thread(pk)
    told = _("Written down. The other desk is asked now.") if said else _("Written down. It stays with you.")
    try:
        verb = done_or_late(
            request, lambda: handing_on.record_oral(by=user, question=found, agrees=said), told, to_thread(pk)
        )
    except handing_on.NotHeard:
        messages.warning(request, _("Please note first how you spoke with them: a call, a visit, a letter."))
        return to_thread(pk)
    # Between desks of one house it has moved with the yes.
    still_read = Consultation.objects.visible_to(user).filter(pk=pk).exists()
    return verb if still_read else redirect("members:consultations")


@require_POST
def question_back(request: HttpRequest, pk: UUID, question: int) -> HttpResponse:
    """`…/questions/<id>/take-back/`: before the person has answered."""
    user, found = signed_in(request), find_question(request, pk, question)
    told = _("The question is taken back. The person is not asked any more.")
    return done_or_late(request, lambda: handing_on.take_question_back(by=user, question=found), told, to_thread(pk))


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`…/give-back/`: to the desk that receives everything."""
    user, found = signed_in(request), find_kept(request, pk)
    desk = handing_of(user, found).back_to
    if desk is None:
        raise Http404
    untold = not told_before(found, desk)
    was_asked = "was_asked" in request.POST
    missing = request.method == "POST" and untold and not was_asked
    if request.method == "POST" and not missing:
        told = _("Given back to “%(desk)s”. They hear of it now.") % {"desk": desk.name}
        try:
            return done_or_late(
                request,
                lambda: handing_on.give_back(by=user, consultation=found, was_asked=was_asked),
                told,
                redirect("members:consultations"),
            )
        except NobodyReceives:
            raise Http404 from None
        except handing_on.NotAsked:  # another desk was named this moment
            return redirect("members:consultation_give_back", pk)
    context = {
        "consultation": found,
        "desk": desk,
        "people": people_at(found.desk),
        "untold": untold,
        "missing": missing,
    }
    return render(request, "directory/members/consultation_handing_back.html", context)


# --- the desk that is asked ------------------------------------------------------------------------------


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """`consultations/asked/`: what other organisations ask this person's desks to take on."""
    rows = arriving(signed_in(request))
    return render(request, "directory/members/consultation_handing_asked.html", {"rows": rows})


@require_safe
def handing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`…/handing/`: codes for the desk that is asked; whoever reads it already is led to the consultation."""
    user = signed_in(request)
    rows = arriving(user, pk)
    if rows:
        return render(request, "directory/members/consultation_handing_offered.html", {"row": rows[0]})
    if Consultation.objects.visible_to(user).filter(pk=pk).exists():
        return to_thread(pk)
    raise Http404


@require_POST
def accept(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """`…/accept/`: this desk has it from now on."""
    user, found = signed_in(request), find_handover(request, pk, handover)
    if found.side_of(user) != Side.RECEIVING:
        raise Http404
    told = _("It is with you now, with everything that was written. Please greet the person in a line.")
    return done_or_late(request, lambda: handing_on.accept(by=user, handover=found), told, to_thread(pk))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def decline(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """`…/decline/`: not possible, and why, by a code."""
    user, found = signed_in(request), find_handover(request, pk, handover)
    if found.side_of(user) != Side.RECEIVING or not (found.waits or request.method == "POST"):
        raise Http404
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = _("Told them. Thank you for saying so in good time.")
        reason = form.cleaned_data["reason"]
        return done_or_late(
            request,
            lambda: handing_on.decline(by=user, handover=found, reason=reason),
            told,
            redirect("members:consultations"),
        )
    rows = arriving(user, pk)
    context = {"form": form, "handover": found, "row": rows[0] if rows else None, "pk": pk}
    return render(request, "directory/members/consultation_handing_decline.html", context)


@require_POST
def done(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """`…/done/`: it has settled here; the desk before sees nothing more."""
    user, found = signed_in(request), find_handover(request, pk, handover)
    if found.side_of(user) != Side.RECEIVING:
        raise Http404
    told = _("Done. From now on your desk alone sees it.")
    return done_or_late(request, lambda: handing_on.done(by=user, handover=found), told, to_thread(pk))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """`…/withdraw/`: the side that asked takes it back; the side that took it on gives it back, and says why."""
    user, found = signed_in(request), find_handover(request, pk, handover)
    if HandoverState.WITHDRAWN not in moves_of(user, found):
        raise Http404
    needs_reason = found.state == HandoverState.ACCEPTED
    receives = found.side_of(user) == Side.RECEIVING
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (not needs_reason or form.is_valid()):
        reason = form.cleaned_data["reason"] if needs_reason else ""
        told = _("It is back with the desk before.") if needs_reason else pgettext("hand-over", "Taken back.")
        then = redirect("members:consultations") if receives else to_thread(pk)
        try:
            return done_or_late(
                request, lambda: handing_on.withdraw(by=user, handover=found, reason=reason), told, then
            )
        except handovers.ReasonDue:  # it was taken on a moment ago
            messages.warning(request, _("They have just taken it on. Please say why you take it back."))
            return redirect("members:consultation_withdraw", pk=pk, handover=handover)
    consent, about = consent_of(found), Consultation.objects.select_related("desk", "handed_from").get(pk=pk)
    context = {
        "form": form,
        "handover": found,
        "consultation": about,
        "people": people_at(about.desk),
        "needs_reason": needs_reason,
        "receives": receives,
        "desks": (consent.from_desk, consent.to_desk) if consent else (),
    }
    return render(request, "directory/members/consultation_handing_withdraw.html", context)
