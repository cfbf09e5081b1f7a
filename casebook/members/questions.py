"""Asking about a case and about an offer, answering, taking a question back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from casebook.actions import eyes, questions
from casebook.members.finding import allow, find_case, find_offer, page, signed_in
from casebook.members.forms.questions import AnswerForm, QuestionForm
from casebook.models import Case, Offer, Question
from casebook.permissions import can_ask, can_ask_about, can_take_question_back, is_asked
from cms.once import once


def find_question(request: HttpRequest, pk: UUID, question: UUID) -> Question:
    """A question about a case this person may see. A foreign one and a missing one raise the same Http404."""
    visible = Question.objects.visible_to(signed_in(request)).select_related(
        "case__organization", "offer__organization"
    )
    found = visible.select_related("case", "offer", "organization").filter(pk=question, case=pk).first()
    if found is None:
        raise Http404
    return found


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def case_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the side that wrote the case."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_ask(user, case))
    return _asking(request, case, None, lambda **words: questions.ask(by=user, case=case, **words))


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def offer_ask(request: HttpRequest, pk: UUID, offer: UUID) -> HttpResponse:
    """Ask whoever made an offer for a little more."""
    user = signed_in(request)
    found = find_offer(request, pk, offer)
    allow(can_ask_about(user, found))
    return _asking(request, found.case, found, lambda **words: questions.ask_about(by=user, offer=found, **words))


@sensitive_variables()
def _asking(request: HttpRequest, case: Case, offer: Offer | None, ask: Callable[..., Any]) -> HttpResponse:
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ask(text=form.cleaned_data["text"], dismissals=form.dismissals)
        messages.success(request, _("Your question is on its way. The answer appears on this page."))
        return redirect("members:case_detail", pk=case.pk)
    if offer is None:
        eyes.note_reading(by=signed_in(request), case=case)  # the page shows what is asked
    return page(request, "casebook/members/case_ask.html", form, case=case, offer=offer)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def question_answer(request: HttpRequest, pk: UUID, question: UUID) -> HttpResponse:
    """Answer a question. When somebody was quicker, what was typed stays on the page."""
    user = signed_in(request)
    found = find_question(request, pk, question)
    allow(is_asked(user, found) and (found.is_open or request.method == "POST"))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            questions.answer(by=user, question=found, text=form.cleaned_data["text"], dismissals=form.dismissals)
        except questions.TooLate:
            form.add_error(None, _("Somebody else has answered this question already. What you wrote is still here."))
        else:
            messages.success(request, _("Answered. Whoever asked gets a note of it."))
            return redirect("members:case_detail", pk=pk)
    return page(request, "casebook/members/question_answer.html", form, case=found.case, question=found)


@require_POST
def question_take_back(request: HttpRequest, pk: UUID, question: UUID) -> HttpResponse:
    """Take the own question back."""
    user = signed_in(request)
    found = find_question(request, pk, question)
    allow(can_take_question_back(user, found))
    try:
        questions.take_back(by=user, question=found)
    except questions.TooLate:
        messages.warning(request, _("There is an answer already, so the question stays."))
    else:
        messages.success(request, _("Your question is gone."))
    return redirect("members:case_detail", pk=pk)
