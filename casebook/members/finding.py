"""What the views of this room have in common: one way to find a case, one way to answer with a form."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from casebook.models import Case, Offer
from cms.guard.forms import GuardedForm
from directory.models import User

UNAVAILABLE = 503


def signed_in(request: HttpRequest) -> User:
    """The gate let only people with a login through."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def find_case(request: HttpRequest, pk: UUID) -> Case:
    """A case this person may see. A foreign one and a missing one raise the same Http404."""
    case = Case.objects.visible_to(signed_in(request)).select_related("organization", "author").filter(pk=pk).first()
    if case is None:
        raise Http404
    return case


def find_offer(request: HttpRequest, pk: UUID, offer: UUID) -> Offer:
    """An answer to a case this person may see."""
    visible = Offer.objects.visible_to(signed_in(request))
    found = visible.select_related("case", "organization").filter(pk=offer, case=pk).first()
    if found is None:
        raise Http404
    return found


def allow(permitted: bool) -> None:
    """What one may not do does not exist."""
    if not permitted:
        raise Http404


def page(request: HttpRequest, template: str, form: GuardedForm | None = None, **context: Any) -> HttpResponse:
    """A page; 503 when the guard is down, so that nobody takes it for stored."""
    status = UNAVAILABLE if form is not None and form.guard_down else 200
    return render(request, template, {"form": form, **context}, status=status)
