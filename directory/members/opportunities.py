"""Questions about helping: an organisation's administrator sees the own ones, the secretariat all. Answered by mail or call."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms import dates
from directory.actions import opportunities as actions
from directory.enums import QuestionState
from directory.members.people import signed_in
from directory.models import Opportunity, OpportunityQuestion, User
from directory.permissions import can
from directory.roles import Permission

A_PAGE = 20


def reader_of_questions(request: HttpRequest) -> User:
    """Raises PermissionDenied for whoever has no such permission."""
    user = signed_in(request)
    if not (can(user, Permission.QUESTIONS_READ) or can(user, Permission.QUESTIONS_OWN)):
        raise PermissionDenied
    return user


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """`/members/opportunities/`: questions that wait, then the answered ones; and what is public now."""
    user = reader_of_questions(request)
    mine = OpportunityQuestion.objects.visible_to(user).select_related("opportunity", "organization", "answered_by")
    answered = mine.filter(state=QuestionState.ANSWERED).order_by("-answered_at", "pk")
    own = Opportunity.objects.visible_to(user).select_related("organization", "place").order_by("-pk")
    if not can(user, Permission.QUESTIONS_READ):
        own = own.filter(organization=user.organization)
    context: dict[str, Any] = {
        "waiting": mine.waiting().order_by("created_at", "pk"),
        "page": Paginator(answered, A_PAGE).get_page(request.GET.get("page")),
        "opportunities": [(each, each.is_open(dates.today())) for each in own],
        "sees_all": can(user, Permission.QUESTIONS_READ),
    }
    return render(request, "directory/members/opportunities.html", context)


@require_POST
def question_answered(request: HttpRequest, pk: str) -> HttpResponse:
    """Somebody has answered."""
    user = reader_of_questions(request)
    question = get_object_or_404(OpportunityQuestion.objects.visible_to(user), pk=pk)
    if actions.mark_answered(question=question, by=user):
        messages.success(request, _("Marked as answered. Thank you."))
    return redirect("members:opportunities")
