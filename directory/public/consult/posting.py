"""What comes from the box: taken for good, or given back with a sentence and nothing lost.

With our script the same form is sent by fetch (Accept: application/json): the page stays as it is until we have answered.
"""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from cms import keys, throttle
from directory.actions.consultations import sending, visits
from directory.public.consult import cookies
from directory.public.consult.drawing import SALT, drawn, new_key, no_cookie
from directory.public.consult.forms import ConsultForm
from directory.queries.consultations.writing import open_desk

#: Quicker than this nobody writes; divided by settings.THROTTLE_FACTOR.
SHORTEST = dt.timedelta(seconds=2)
#: A form that was open longer gets a new key (what was written stays).
LONGEST = dt.timedelta(hours=24)
#: Shorter than any key of ours.
MADE_LONG = 40


@sensitive_variables()
def keep(request: HttpRequest, response: HttpResponse, *, text: str, desk: str) -> bool:
    """Whether the draft lies in this browser's visit, which begins with the first one. More than could be sent does not."""
    if len(text) > 4 * sending.LONGEST:
        return False
    visit = cookies.visit_of(request)
    if visit is None:
        if not throttle.allow("consult.begin", throttle.address(request), limit=60, seconds=600):
            return False
        visit = cookies.begin(response)
    key = key_of(request)
    return sending.keep_draft(visit=visit, text=text, desk=desk[:100], form_key=key[0] if key else "")


def forget(request: HttpRequest) -> None:
    """Others use this device: what was kept of it goes."""
    visit = cookies.visit_of(request)
    if visit and visit.draft:
        visits.keep(visit, draft=None)


@sensitive_variables()
def posted(request: HttpRequest) -> HttpResponse:
    """Take a sent form. What sounds urgent is stopped by no key, no trap, no clock and no limit."""
    form = ConsultForm(request.POST)
    key = key_of(request)
    urgent = sending.in_distress(request.POST.get("text", "")[: 2 * sending.LONGEST])
    refusal = "" if urgent else robot(request, key)
    if not form.is_valid():
        return again(request, form)
    if refusal:
        return again(request, form, refusal, new=True)
    slug = form.cleaned_data["desk"]
    if slug and open_desk(slug) is None and not urgent:
        sentence = _("This desk takes no letters just now. Please look who receives it instead.")
        return again(request, form, sentence, desk="")
    return sent(request, form, key[0] if key else unknown_key(request))


@sensitive_variables()
def unknown_key(request: HttpRequest) -> str:
    """For urgent words in a form that we do not know again: the same one pressed twice is still one.

    Together with the words, and only where it is as long as ours: nobody may meet another person's letter by a short one.
    """
    raw = request.POST.get("key", "")
    return f"{raw}\0{request.POST.get('text', '')}" if len(raw) >= MADE_LONG else secrets.token_urlsafe(24)


@sensitive_variables()
def sent(request: HttpRequest, form: ConsultForm, key: str) -> HttpResponse:
    """Keep it, with its words in the visit, whose cookie is a new one; the same form again leads to the same words."""
    text, desk = form.cleaned_data["text"], open_desk(form.cleaned_data["desk"])
    visit = cookies.visit_of(request)
    found = visit or visits.begin()[1]
    try:
        token = sending.send(text=text, desk=desk, form_key=key, visit=found).token
    except sending.NobodyReceives:
        return again(request, form, _("Nobody can receive letters just now. Please call, or choose a desk."))
    except sending.AlreadySent as first:
        sending.add_what_differs(consultation=first.consultation, text=text, form_key=key)
        token = visits.again(first.consultation)
    return received(request, token)


def key_of(request: HttpRequest) -> tuple[str, dt.timedelta] | None:
    """(key, how long the form has been open); None when it is none of ours."""
    try:
        return keys.read_form_key(request.POST.get("key", ""), SALT)
    except keys.NotOurs:
        return None


def robot(request: HttpRequest, key: tuple[str, dt.timedelta] | None) -> str:
    """Why this does not look like a person at a form, or "". Without a cache nobody is counted, and nobody is stopped."""
    if key is None:
        return _("This form could not be recognised. Please press the button once more.")
    if request.POST.get("website"):
        return _("Something was written in a field that must stay empty. Please press the button once more.")
    if key[1] < SHORTEST / settings.THROTTLE_FACTOR:
        return _("That was very quick. Please look it over and press the button once more.")
    if key[1] > LONGEST:
        return _("This form was open for a long time. Please look it over and press the button once more.")
    if not throttle.allow("consult.send", throttle.address(request), limit=20, seconds=600, when_down=True):
        return _("Very many letters came from your connection just now. Please wait ten minutes, or call.")
    return ""


@sensitive_post_parameters()
@sensitive_variables()
def without_token(request: HttpRequest) -> HttpResponse:
    """The form came without our cookie, or with another one: with everything that was written, and nothing is done.

    Nothing is read of a visit or kept in one, for the form may come from elsewhere.
    """
    form = ConsultForm(request.POST)
    form.add_error(None, no_cookie())
    if by_script(request):
        return JsonResponse({"says": form.problem, "token": get_token(request)}, status=403)
    return drawn(request, form, request.POST.get("desk", ""), status=403)


def received(request: HttpRequest, token: str) -> HttpResponse:
    """On to the page with the words."""
    page = reverse("directory:consult_sent")
    if "shared" in request.POST:
        page += "?once"
    response: HttpResponse = JsonResponse({"next": page}) if by_script(request) else redirect(page)
    if token:
        cookies.give(response, token)
    return response


def by_script(request: HttpRequest) -> bool:
    """Sent by our script, which stays on the page until it has the answer."""
    return request.headers.get("Accept") == "application/json"


@sensitive_variables()
def again(
    request: HttpRequest, form: ConsultForm, sentence: str = "", *, new: bool = False, desk: str | None = None
) -> HttpResponse:
    """The same form with everything that was written, and a sentence. `new`: with a new key; `desk`: another one."""
    data = request.POST.copy()
    data["website"] = ""
    if new:
        data["key"] = new_key()
    if desk is not None:
        data["desk"] = desk
    form.data = data
    if sentence:
        form.add_error(None, sentence)
    if by_script(request):
        return JsonResponse({"says": form.problem, "key": data.get("key", "")}, status=422)
    response = drawn(request, form, data.get("desk", ""), visit=cookies.visit_of(request), status=422)
    if "shared" in data:
        forget(request)
    else:
        keep(request, response, text=data.get("text", ""), desk=data.get("desk", ""))
    return response
