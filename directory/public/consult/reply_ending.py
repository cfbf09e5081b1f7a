"""Coming to an end: taking it back, deleting it, closing the room on this browser."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.consultations import erasing, sending, states
from directory.enums import ConsultationState
from directory.models import Consultation
from directory.public.consult import cookies
from directory.public.consult import reply_door as door
from directory.queries.consultations import reply


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def consult_take_back(request: HttpRequest) -> HttpResponse:
    """とりさげ: what it means, and one button."""
    consultation = door.inside(request)
    if consultation is None or consultation.state == ConsultationState.WITHDRAWN:
        return door.to_the_room()
    if request.method == "POST":
        with suppress(states.TooLate):  # taken back or deleted in another window
            sending.take_back(consultation=consultation)
        return door.to_the_room()
    context = {
        "consultation": consultation,
        "kept_days": states.SILENCE[ConsultationState.WITHDRAWN],
        "holds": reply.holds_on(consultation),
    }
    return render(request, "directory/public/consult_reply_take_back.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def consult_delete(request: HttpRequest) -> HttpResponse:
    """ぜんぶ消す: what goes, what a desk has to keep and until when, and one button."""
    consultation = door.inside(request)
    if consultation is None:
        return door.to_the_room()
    holds = reply.holds_on(consultation)
    told = set(request.POST.getlist("told"))
    if request.method != "POST":
        return asked_to_delete(request, consultation, holds)
    try:
        gone = erasing.delete(consultation=consultation, told={hold.pk for hold in holds if str(hold.pk) in told})
    except states.TooLate:  # in another window
        gone = True
    except erasing.NotTold:  # said before anything is deleted
        return asked_to_delete(request, consultation, reply.holds_on(consultation), new=True)
    return left(request, "deleted" if gone else "kept", holds)


@sensitive_variables()
def asked_to_delete(
    request: HttpRequest, consultation: Consultation, holds: list[reply.Hold], *, new: bool = False
) -> HttpResponse:
    """What goes and what stays; `new`: a hold that the page did not name when the button was pressed."""
    context = {"consultation": consultation, "holds": holds, "new": new}
    return render(request, "directory/public/consult_reply_delete.html", context)


@require_POST
def consult_close(request: HttpRequest) -> HttpResponse:
    """この部屋を閉じる: this browser forgets it; the words open it again."""
    return left(request, "closed")


def left(request: HttpRequest, how: str, holds: list[reply.Hold] | None = None) -> HttpResponse:
    """The neutral page after it; nothing of the visit is left here or there."""
    response = render(request, "directory/public/consult_reply_left.html", {"how": how, "holds": holds or []})
    cookies.end(request, response)
    return response
