"""`/consult/reply/more/`: what may be added afterwards, on one page of short parts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cms.views import when_csrf_fails
from directory.actions.consultations import sending, states
from directory.models import Consultation
from directory.public.consult import reply_door as door
from directory.public.consult.drawing import no_cookie
from directory.public.consult.reply_forms import DetailsForm

TEMPLATE = "directory/public/consult_reply_more.html"


@sensitive_post_parameters()
@sensitive_variables()
def without_token(request: HttpRequest) -> HttpResponse:
    """The form came without our cookie: with all that was typed, and nothing is done."""
    consultation = None if door.in_another(request) else door.inside(request)
    if consultation is None:
        return drawn(request, DetailsForm(request.POST), tried=door.Tried(None, door.NO_COOKIE))
    form = DetailsForm(request.POST, consultation=consultation)
    form.add_error(None, no_cookie())
    response = drawn(request, form, consultation)
    response.status_code = door.NO_COOKIE
    return response


@when_csrf_fails(without_token)
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def consult_more(request: HttpRequest) -> HttpResponse:
    """The page. Sent after the hour it comes back with all that was typed, and asks for the words once more."""
    consultation = door.inside(request)
    if request.method == "POST":
        if consultation is None or door.in_another(request):
            return kept_with_code(request)
        return kept(request, consultation)
    if consultation is None:
        return door.to_the_room()
    return drawn(request, DetailsForm(consultation=consultation), consultation)


@sensitive_variables()
def kept(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Take the form. Every part of it is kept as it stands there now."""
    form = DetailsForm(request.POST, consultation=consultation)
    if not form.is_valid():
        return drawn(request, form, consultation)
    try:
        sending.say_more(consultation=consultation, said=form.said())
    except states.TooLate:  # deleted in another window
        return door.shut(request, status=door.CLOSED)
    return redirect(f"{door.to_the_room().url}#added")


@sensitive_variables()
def kept_with_code(request: HttpRequest) -> HttpResponse:
    """The room had closed meanwhile: the same form with the words in it opens it, and is taken."""
    form = DetailsForm(request.POST)
    if "code" not in request.POST:
        return drawn(request, form, tried=door.Tried(None, door.CLOSED))
    tried = door.try_words(request)
    if tried.found is None:
        return drawn(request, form, tried=tried)
    response = kept(request, tried.found)
    door.let_in(request, response, tried.found)
    return response


@sensitive_variables()
def drawn(
    request: HttpRequest,
    form: DetailsForm,
    consultation: Consultation | None = None,
    *,
    tried: door.Tried | None = None,
) -> HttpResponse:
    """The page; with `tried` it asks for the words, too."""
    context: dict[str, Any] = {"form": form, "consultation": consultation}
    if tried is not None:
        context |= {
            "code": door.code_form(request, tried),
            "again_at": tried.again_at,
            "room": request.POST.get("room", ""),
            "no_cookie": no_cookie() if tried.status == door.NO_COOKIE else "",
            "other_is_open": tried.status == door.CLOSED and door.in_another(request),
        }
        form.errors.clear()  # first the room, then what is wrong in the form
        response = render(request, TEMPLATE, context, status=tried.status)
        return door.tell_when(response, tried.again_at)
    return render(request, TEMPLATE, context, status=422 if form.is_bound and form.errors else 200)
