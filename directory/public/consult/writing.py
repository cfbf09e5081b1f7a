"""Writing without an account: the first page, the choice of a desk, what is kept meanwhile, the way out.

What is written travels in the body of a request alone. Between two pages it lies encrypted in the visit, unless others
use the device: then it stands in the pages themselves.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms import throttle
from cms.models import SiteSettings
from cms.views import when_csrf_fails
from directory.actions.consultations import visits
from directory.public.consult import cookies, posting
from directory.public.consult.drawing import drawn, new_key
from directory.public.consult.forms import ConsultForm
from directory.queries.consultations import reply, writing

CHOICE, SENT = "directory/public/consult_desk.html", "directory/public/consult_sent.html"


@when_csrf_fails(posting.without_token)
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: HttpRequest) -> HttpResponse:
    """`/consult/`: the numbers, one box, one button. `?d=<slug>` chooses a desk; the draft of the visit stands in the box."""
    if request.method == "POST":
        return posting.posted(request)
    visit = cookies.visit_of(request)
    draft: dict[str, str] = (visit and visit.draft) or {}
    desk = request.GET.get("d", draft.get("desk", ""))
    form = ConsultForm(initial={"text": draft.get("text", ""), "desk": desk, "key": new_key()})
    response = drawn(request, form, desk, visit=visit)
    if cookies.is_over(request):
        cookies.take(response)
    cookies.renew(response, visit)
    return response


@when_csrf_fails(posting.without_token)
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def consult_desk(request: HttpRequest) -> HttpResponse:
    """`/consult/desk/`: to whom. Comes from the box with what is written, goes back there with a desk (`to`)."""
    if request.method != "POST":
        visit = cookies.visit_of(request)
        page = choosing(request, desk=((visit and visit.draft) or {}).get("desk", ""))
        cookies.renew(page, visit)
        return page
    desk = request.POST.get("to", request.POST.get("desk", ""))
    if "shared" in request.POST:
        return carried(request, desk)
    response = redirect("directory:consult" if "to" in request.POST else "directory:consult_desk")
    kept = cookies.visit_of(request)
    text = request.POST.get("text") if "text" in request.POST else ((kept and kept.draft) or {}).get("text", "")
    if posting.keep(request, response, text=text or "", desk=desk):
        return response
    return not_kept(request, text or "", desk)


@sensitive_variables()
def not_kept(request: HttpRequest, text: str, desk: str) -> HttpResponse:
    """The box with what was written: it could not lie here while a desk is chosen, so no other page comes between."""
    form = ConsultForm({"text": text, "desk": desk, "key": request.POST.get("key") or new_key()})
    form.add_error(
        None, _("It could not be kept while you choose. Please send it as it is, or try again in ten minutes.")
    )
    return drawn(request, form, desk, visit=cookies.visit_of(request), status=422)


@sensitive_variables()
def carried(request: HttpRequest, desk: str) -> HttpResponse:
    """Nothing is kept: the pages carry the text themselves."""
    posting.forget(request)
    if "to" not in request.POST:
        return choosing(request, desk=desk, carried={name: request.POST.get(name, "") for name in ("text", "key")})
    data = {"text": request.POST.get("text", ""), "key": request.POST.get("key") or new_key()}
    return drawn(request, ConsultForm(initial={**data, "desk": desk, "shared": True}), desk)


@sensitive_variables()
def choosing(request: HttpRequest, *, desk: str, carried: dict[str, str] | None = None) -> HttpResponse:
    """The page with the desks."""
    context: dict[str, Any] = {
        "desk": desk,
        "carried": carried,
        "choices": writing.choices(),
        "front": writing.receiver_of(""),
        "near": reply.desks_to_call(None, request.user)[1],
    }
    return render(request, CHOICE, context)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def consult_save(request: HttpRequest) -> HttpResponse:
    """`/consult/save/`: what is written so far, now and then. 204: it lies here; 409: it does not.

    A visit that was ended is not begun anew here: whoever has just left has left.
    """
    response, fields = HttpResponse(status=204), request.POST
    if "shared" in fields:
        posting.forget(request)
        return response
    open_now = not cookies.is_over(request)
    allowed = open_now and throttle.allow("consult.save", throttle.address(request), limit=120, seconds=600)
    if allowed and posting.keep(request, response, text=fields.get("text", ""), desk=fields.get("desk", "")):
        return response
    return HttpResponse(status=409)


@sensitive_variables()
@require_GET
def consult_sent(request: HttpRequest) -> HttpResponse:
    """`/consult/sent/`: the six words, and what happens next. Until the room is opened, an hour at most; `?once`: once.

    Whoever ticked that others use the device is led to `?once`. All that can be changed in it is how soon they go.
    """
    visit = cookies.visit_of(request)
    consultation = visit.consultation if visit else None
    context = {
        "words": visit.code.split() if visit and visit.code and consultation else [],
        "once": "once" in request.GET,
        "consultation": consultation,
        "near": reply.desks_to_call(None, request.user)[1],
    }
    if visit and visit.code and "once" in request.GET:
        visits.forget_words(visit)
    return render(request, SENT, context)


@csrf_exempt  # the browser tells it on its way out, without a form; all that can be forged is forgetting
@require_http_methods(["GET", "HEAD", "POST"])
def consult_leave(request: HttpRequest) -> HttpResponse:
    """`/consult/leave/`: nothing of the visit is left, and on to the neutral page."""
    response = (
        HttpResponse(status=204)
        if request.method == "POST"
        else redirect(SiteSettings.for_request(request).quick_exit_url)
    )
    cookies.end(request, response)
    return response
