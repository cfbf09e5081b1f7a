"""The page with the box, as it is shown first and as it is given back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from cms import keys
from directory.actions.consultations.states import SILENCE
from directory.enums import ConsultationState
from directory.models import ConsultVisit
from directory.public.consult.forms import ConsultForm
from directory.queries.consultations import reply, writing

SALT = "directory.consult"
KEPT_FOR = SILENCE[ConsultationState.CLOSED]  # days after the end


def no_cookie() -> str:
    """What is said to whose browser brought no cookie of ours, or another one, with a form."""
    return _("Your browser did not send our cookie back. Please allow cookies and press the button once more, or call.")


def new_key() -> str:
    """A fresh key for the form."""
    return keys.new_form_key(SALT)


@sensitive_variables()
def drawn(
    request: HttpRequest, form: ConsultForm, desk: str, *, visit: ConsultVisit | None = None, status: int = 200
) -> HttpResponse:
    """The page. A desk that takes nothing now is named no more: then it goes where it goes without one."""
    receiver = writing.receiver_of(desk)
    closed = bool(desk) and receiver is None
    context = {
        "form": form,
        "receiver": writing.receiver_of("") if closed else receiver,
        "closed": closed,
        "choices": writing.choices(),
        "kept_for": KEPT_FOR,
        "near": reply.desks_to_call(None, request.user)[1],
        "has_words": bool(visit and visit.code),
    }
    return render(request, "directory/public/consult.html", context, status=status)
