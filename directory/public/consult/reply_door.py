"""The door of the reply room: six words open it for an hour, whoever tries too often waits.

Whatever does not open it (a wrong code, one that was deleted or is over, a text that is no code at all) gets one and the
same answer after the same work.
"""

from __future__ import annotations

import datetime as dt
import functools
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from cms import dates, throttle
from directory.actions.consultations import visits
from directory.enums import CODE_STATES
from directory.models import Consultation
from directory.public.consult import cookies
from directory.public.consult.drawing import no_cookie
from directory.public.consult.reply_forms import CodeForm
from directory.queries.consultations import reply

# (attempts, seconds) of one network address, asked before the slow hash. Ten a minute: whoever reads six words from
# paper needs two or three, and a library's readers share an address. Sixty an hour: with 60 bits in a code that is a
# hopeless search, and three seconds of the machine. No limit for everybody together: a stranger could use it to keep
# all others out.
LIMITS = ((10, 60), (60, 60 * 60))
WRONG, TOO_OFTEN, CLOSED, NO_COOKIE = 422, 429, 409, 403
#: The hour of a visit begins anew when this much of it is gone.
RENEWED_AFTER = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class Tried:
    """What came of trying to get in: the consultation, or the status of the answer and when to try again."""

    found: Consultation | None
    status: int
    again_at: dt.datetime | None = None
    is_other: bool = False  # the words are right, for another room than the one the form was drawn in


def inside(request: HttpRequest) -> Consultation | None:
    """The consultation whose room is open in this browser. Deleted, kept for a reason, an hour over: all the same none."""
    visit = cookies.visit_of(request)
    if visit is None or visit.consultation is None or visit.consultation.state not in CODE_STATES:
        return None
    if visit.code:  # whoever goes on has noted them
        visits.forget_words(visit)
    if visit.expires_at - dates.now() < visits.LASTS - RENEWED_AFTER:
        visits.keep(visit)
    return visit.consultation


def belongs(request: HttpRequest, consultation: Consultation) -> bool:
    """Whether the form that was posted was drawn in that room. One browser has one room: a tab may show an earlier one."""
    return constant_time_compare(request.POST.get("room", ""), visits.room_mark(consultation))


def in_another(request: HttpRequest) -> bool:
    """A room is open, and the form that was posted is not one of it."""
    consultation = inside(request) if request.method == "POST" else None
    return consultation is not None and not belongs(request, consultation)


def of_one_room(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a form that carries nothing but a decision: from another room it does nothing, and the answer says so."""

    @sensitive_post_parameters()
    @sensitive_variables()
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if in_another(request):
            return shut(request, status=CLOSED)
        return view(request, *args, **kwargs)

    return guarded


def waits_until(request: HttpRequest) -> dt.datetime | None:
    """Count one attempt: when this address may try again, None if at once. Without a cache the door opens to all."""
    for limit, seconds in LIMITS:
        if not throttle.allow("consult.code", throttle.network(request), limit=limit, seconds=seconds):
            window_ends = (int(time.time()) // seconds + 1) * seconds
            return dates.jst(dt.datetime.fromtimestamp(window_ends, dt.UTC))
    return None


@sensitive_variables()
def let_in(request: HttpRequest, response: HttpResponse, consultation: Consultation) -> None:
    """A visit with a cookie of its own, whatever this browser had before: nobody else can know the new one."""
    visits.end(request.COOKIES.get(cookies.NAME, ""))
    visits.open_thread(cookies.begin(response), consultation)


@sensitive_variables()
def try_words(request: HttpRequest) -> Tried:
    """What the words that were posted open, after the throttle, the slow hash and one lookup."""
    again_at = waits_until(request)
    if again_at is not None:
        return Tried(None, TOO_OFTEN, again_at)
    found = reply.opened_by(request.POST.get("code", ""))
    if found and request.POST.get("room") and not belongs(request, found):
        return Tried(None, CLOSED, is_other=True)
    return Tried(found, 200 if found else WRONG)


@sensitive_variables()
def shut(request: HttpRequest, tried: Tried | None = None, *, status: int = 200) -> HttpResponse:
    """The page that asks for the words. What was typed, the words and a message not yet sent, stays in it."""
    tried = tried or Tried(None, status)
    # Whoever tries too often costs as little as possible: the page names 119, 110 and the office, and leads to all desks.
    near = None if tried.again_at else reply.desks_to_call(None, request.user)[1]
    context = {
        "form": code_form(request, tried),
        "text": request.POST.get("text", ""),
        "key": request.POST.get("key", ""),
        "room": request.POST.get("room", ""),
        "was_open": tried.status == CLOSED,
        "no_cookie": no_cookie() if tried.status == NO_COOKIE else "",
        "other_is_open": tried.status == CLOSED and in_another(request),
        "again_at": tried.again_at,
        "near": near,
    }
    response = render(request, "directory/public/consult_reply_code.html", context, status=tried.status)
    return tell_when(response, tried.again_at)


def code_form(request: HttpRequest, tried: Tried) -> CodeForm:
    """The field for the words, with what was typed, and what is wrong with it."""
    form = CodeForm(request.POST if "code" in request.POST else None)
    if tried.is_other:
        form.add_error("code", _("These words open another room than the one in which you wrote this."))
    elif tried.status == WRONG:
        form.add_error("code", _("These words open no room. Please look at each word and at their order once more."))
    return form


def tell_when(response: HttpResponse, again_at: dt.datetime | None) -> HttpResponse:
    """For programmes: in how many seconds it may be tried again."""
    if again_at is not None:
        response["Retry-After"] = str(max(1, int(again_at.timestamp() - time.time())))
    return response


def to_the_room() -> HttpResponseRedirect:
    """Back to the room, or to the words that open it."""
    return HttpResponseRedirect(reverse("directory:consult_reply"))
