"""Verbs of one press: take it, give it, call somebody, mark it, set it aside, end it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.once import once
from directory.actions.consultations import receiving, states
from directory.enums import CHOSEN_OUTCOMES
from directory.members.consultations.finding import find_kept, signed_in
from directory.models import Consultation, User
from directory.queries.consultations import people_at


def _done(
    request: HttpRequest, found: Consultation, act: Callable[..., Any], thanks: str, too_late: str = "", **more: Any
) -> HttpResponse:
    """Do it and go back to the page; what one may not do does not exist."""
    user = signed_in(request)
    try:
        act(by=user, consultation=found, **more)
    except states.TooLate:
        messages.warning(request, too_late or _("Meanwhile something has changed here. This is how it stands now."))
    except PermissionDenied:
        raise Http404 from None
    else:
        messages.success(request, thanks)
    if Consultation.objects.visible_to(user).filter(pk=found.pk).exists():
        return redirect("members:consultation", pk=found.pk)
    return redirect("members:consultations")


@require_POST
def consultation_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """引き受ける."""
    quicker = _("A colleague was quicker. This is how it stands now.")
    return _done(request, find_kept(request, pk), receiving.claim, _("It is yours. Thank you."), quicker)


@require_POST
def consultation_assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To a colleague at the desk (`to`: their number), or back to everybody (empty)."""
    found, chosen = find_kept(request, pk), request.POST.get("to", "")
    to: User | None = next((user for user in people_at(found.desk) if str(user.pk) == chosen), None)
    if chosen and to is None:
        raise Http404
    thanks = _("It is with %(name)s now.") % {"name": to.name} if to else _("It is for everybody at the desk again.")
    return _done(request, found, receiving.assign, thanks, to=to)


@require_POST
@once
def consultation_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """もう一人をよぶ."""
    thanks = _("Your colleagues at the desk have been told.")
    return _done(request, find_kept(request, pk), receiving.call_another, thanks)


@require_POST
def consultation_urgent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Urgent (`urgent=1`), or not."""
    urgent = request.POST.get("urgent") == "1"
    thanks = _("Marked as urgent. It stands first now.") if urgent else _("No longer marked as urgent.")
    return _done(request, find_kept(request, pk), receiving.mark_urgent, thanks, urgent=urgent)


@require_POST
def consultation_aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """No consultation."""
    thanks = _("Set aside. It is deleted in two weeks, and you can bring it back until then.")
    return _done(request, find_kept(request, pk), receiving.set_aside, thanks)


@require_POST
def consultation_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It was one after all."""
    return _done(request, find_kept(request, pk), receiving.bring_back, _("It is back in the inbox."))


@require_POST
def consultation_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """おわりにする, with one of four words (`outcome`)."""
    found, outcome = find_kept(request, pk), request.POST.get("outcome", "")
    if outcome not in dict(CHOSEN_OUTCOMES):
        messages.warning(request, _("Please choose one of the four words."))
        return redirect("members:consultation", pk=pk)
    thanks = _("It is at its end. If the person writes again, it opens again.")
    return _done(request, found, receiving.close, thanks, outcome=outcome)
