"""Learning cards on their way into the library: written, looked through, given back, taken out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casebook.actions import learning
from casebook.actions.guarding import OpenFindings
from casebook.members.finding import allow, find_case, page, signed_in
from casebook.members.forms import CardCheckForm, LearningForm, RetireForm, ReturnForm
from casebook.models import LearningCard
from casebook.permissions import (
    can_check_card,
    can_learn_from,
    can_retire_card,
    can_rewrite_card,
    can_take_back_card,
    can_write,
)
from casebook.queries.learning import offered_for, under_way, with_labels
from cms.guard import GuardUnavailable
from cms.once import once
from directory.permissions import can
from directory.roles import Permission


def find_own(request: HttpRequest, pk: UUID) -> LearningCard:
    """An own card that is not shown yet. A foreign one and a missing one raise the same Http404."""
    card = LearningCard.objects.own(signed_in(request)).filter(pk=pk).first()
    if card is None:
        raise Http404
    return card


def find_waiting(request: HttpRequest, pk: UUID) -> LearningCard:
    """A card this person may look through."""
    card = LearningCard.objects.waiting_for(signed_in(request)).filter(pk=pk).first()
    if card is None:
        raise Http404
    return card


@require_safe
def learning_desk(request: HttpRequest) -> HttpResponse:
    """Own cards under way, and those that wait for a second pair of eyes."""
    user = signed_in(request)
    checks = can(user, Permission.CASES_RELEASE)
    allow(checks or can_write(user))
    return page(
        request,
        "casebook/members/learning_desk.html",
        own=[{"card": card, "back": can_rewrite_card(user, card)} for card in under_way(user)],
        may_write=can_write(user),
        checks=checks,
        waiting=list(LearningCard.objects.waiting_for(user).order_by("pk")),
    )


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def case_learning(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was learned from a closed case. Codes are offered, words never."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_learn_from(user, case))
    form = LearningForm(request.POST if request.method == "POST" else None, initial=offered_for(case))
    if request.method == "POST" and form.is_valid():
        learning.hand_in(by=user, case=case, coded=form.coded, texts=form.texts, dismissals=form.dismissals)
        messages.success(request, _("Thank you. A second person looks through it; then it goes into the library."))
        return redirect("members:learning_desk")
    return page(request, "casebook/members/learning_form.html", form, case=case)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def learning_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A card that came back."""
    user = signed_in(request)
    card = find_own(request, pk)
    allow(can_rewrite_card(user, card))
    form = LearningForm(request.POST if request.method == "POST" else None, initial=LearningForm.initial_of(card))
    if request.method == "POST" and form.is_valid():
        learning.rewrite(by=user, card=card, coded=form.coded, texts=form.texts, dismissals=form.dismissals)
        messages.success(request, _("Handed in again."))
        return redirect("members:learning_desk")
    return page(request, "casebook/members/learning_form.html", form, card=card)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def learning_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an own card back: asked once, then nothing of it is left."""
    user = signed_in(request)
    card = find_own(request, pk)
    allow(can_take_back_card(user, card))
    if request.method == "POST":
        learning.take_back(by=user, card=card)
        messages.success(request, _("Taken back. Nothing of the card is left."))
        return redirect("members:learning_desk")
    return page(request, "casebook/members/learning_take_back.html", card=card)


@require_safe
def learning_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The card as it would be shown, a short checklist, and the way back."""
    return _reviewing(request, find_waiting(request, pk), CardCheckForm(), ReturnForm(prefix="back"))


@sensitive_variables()
def _reviewing(request: HttpRequest, card: LearningCard, check: CardCheckForm, back: ReturnForm) -> HttpResponse:
    with_labels([card])
    bound = back if back.is_bound else None
    return page(request, "casebook/members/learning_review.html", bound, card=card, check=check, back=back)


@require_POST
@once
def learning_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It may be shown."""
    user = signed_in(request)
    card = find_waiting(request, pk)
    allow(can_check_card(user, card))
    check = CardCheckForm(request.POST)
    if not check.is_valid():
        return _reviewing(request, card, check, ReturnForm(prefix="back"))
    try:
        learning.accept(by=user, card=card)
    except OpenFindings:
        messages.warning(request, _("The guard has found something. Please give the card back to its author."))
        return redirect("members:learning_review", pk=pk)
    except GuardUnavailable:
        messages.error(request, _("The guard cannot read just now, so nothing was shown. Please try later."))
        return redirect("members:learning_review", pk=pk)
    messages.success(request, _("It goes into the library on the first of the month, together with others."))
    return redirect("members:learning_desk")


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
@once
def learning_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give it back with a few words."""
    user = signed_in(request)
    card = find_waiting(request, pk)
    allow(can_check_card(user, card))
    back = ReturnForm(request.POST, prefix="back")
    if not back.is_valid():
        return _reviewing(request, card, CardCheckForm(), back)
    learning.give_back(by=user, card=card, note=back.cleaned_data["note"], dismissals=back.dismissals)
    messages.success(request, _("Given back to its author."))
    return redirect("members:learning_desk")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def learning_retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a card out of the library: its words are gone at once."""
    user = signed_in(request)
    card = LearningCard.objects.visible_to(user).filter(pk=pk).first()
    if card is None:
        raise Http404
    allow(can_retire_card(user, card))
    form = RetireForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        learning.retire(by=user, card=card, reason=form.cleaned_data["reason"])
        messages.success(request, _("Taken out. The words of the card are gone."))
        return redirect("members:learning")
    return page(request, "casebook/members/learning_retire.html", card=card, retiring=form)
