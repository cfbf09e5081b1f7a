"""Answering a case, and the author's reply to an answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from casebook.actions import eyes, offers
from casebook.enums import Stance
from casebook.members.finding import allow, find_case, find_offer, page, signed_in
from casebook.members.forms import OfferForm
from casebook.permissions import can_answer_offer, can_offer, can_withdraw_offer
from cms.once import once


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def case_offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what the own organisation can do."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_offer(user, case))
    chosen = request.GET.get("answer", "")
    initial = {"stance": chosen if chosen in Stance.values else None}
    form = OfferForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            offers.offer(
                by=user,
                case=case,
                stance=form.cleaned_data["stance"],
                text=form.cleaned_data["text"],
                due_on=form.cleaned_data["due_on"],
                dismissals=form.dismissals,
            )
        except offers.AlreadyAnswered:
            form.add_error(None, _("Your organisation has already answered. Take the earlier answer back first."))
        else:
            messages.success(request, _("Told the organisation that asks."))
            return redirect("members:case_detail", pk=pk)
    eyes.note_reading(by=user, case=case)  # the page shows what is asked
    return page(request, "casebook/members/case_offer.html", form, case=case)


def _answered(request: HttpRequest, pk: UUID, offer: UUID, *, accept: bool) -> HttpResponse:
    user = signed_in(request)
    found = find_offer(request, pk, offer)
    allow(can_answer_offer(user, found))
    offers.answer(by=user, offer=found, accept=accept)
    if not accept:
        told = _("Told them: not this time.")
    elif found.stance == Stance.INFORMATION:
        told = _("Thanked them. They now know who asks.")
    else:
        told = _("Asked them to go on. They now know who asks.")
    messages.success(request, told)
    return redirect("members:case_detail", pk=pk)


@require_POST
def offer_accept(request: HttpRequest, pk: UUID, offer: UUID) -> HttpResponse:
    """Take an answer up."""
    return _answered(request, pk, offer, accept=True)


@require_POST
def offer_decline(request: HttpRequest, pk: UUID, offer: UUID) -> HttpResponse:
    """Decline an answer."""
    return _answered(request, pk, offer, accept=False)


@require_POST
def offer_withdraw(request: HttpRequest, pk: UUID, offer: UUID) -> HttpResponse:
    """Take the own answer back."""
    user = signed_in(request)
    found = find_offer(request, pk, offer)
    allow(can_withdraw_offer(user, found))
    offers.withdraw_offer(by=user, offer=found)
    messages.success(request, _("Your answer is taken back."))
    return redirect("members:case_detail", pk=pk)
