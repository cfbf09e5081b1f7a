"""`/consult/reply/`: six words open the room; there one reads, and writes on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cms import keys
from cms.views import when_csrf_fails
from directory.actions.consultations import sending, states
from directory.enums import ConsultationState
from directory.models import Consultation
from directory.public.consult import reply_door as door
from directory.public.consult.drawing import no_cookie
from directory.public.consult.reply_added import added_to
from directory.public.consult.reply_forms import WriteForm
from directory.queries.consultations import reply

SALT = "directory.consult-reply"


@sensitive_post_parameters()
@sensitive_variables()
def without_token(request: HttpRequest) -> HttpResponse:
    """The form came without our cookie: with what was written, in the room if it is open, and nothing is done."""
    consultation = None if "code" in request.POST or door.in_another(request) else door.inside(request)
    if consultation is None:
        return door.shut(request, status=door.NO_COOKIE)
    form = WriteForm(request.POST, auto_id="w_%s")
    form.add_error(None, no_cookie())
    response = drawn(request, consultation, form=form)
    response.status_code = door.NO_COOKIE
    return response


@when_csrf_fails(without_token)
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def consult_reply(request: HttpRequest) -> HttpResponse:
    """The room while its hour lasts, else the page that asks for the words.

    A message that comes after the hour is not lost: it waits on that page, and in the room once it is open again.
    """
    if "code" in request.POST:
        return entered(request)
    consultation = door.inside(request)
    if consultation is None or door.in_another(request):
        return door.shut(request, status=door.CLOSED if request.method == "POST" else 200)
    if request.method == "POST":
        return written(request, consultation)
    return drawn(request, consultation)


@sensitive_variables()
def entered(request: HttpRequest) -> HttpResponse:
    """Somebody gave the words."""
    tried = door.try_words(request)
    if tried.found is None:
        return door.shut(request, tried)
    unsent = request.POST.get("text", "").strip()
    response = drawn(request, tried.found, unsent=unsent) if unsent else door.to_the_room()
    door.let_in(request, response, tried.found)
    return response


@sensitive_variables()
def written(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Take a further message. The same form with the same words is one message; other words are another one."""
    form = WriteForm(request.POST, auto_id="w_%s")
    try:
        key, _age = keys.read_form_key(request.POST.get("key", ""), SALT)
    except keys.NotOurs:
        form.add_error(None, _("This form could not be recognised. Please press the button once more."))
    if not form.is_valid():
        return drawn(request, consultation, form=form)
    words = form.cleaned_data["text"]
    try:
        sending.write_on(consultation=consultation, text=words, form_key=f"{key}\0{words}")
    except states.TooLate:  # taken back or deleted in another window
        return too_late(request, form)
    return door.to_the_room()


@sensitive_variables()
def too_late(request: HttpRequest, form: WriteForm) -> HttpResponse:
    """The room as it is now, with what was written."""
    consultation = door.inside(request)
    if consultation is None:
        return door.shut(request, status=door.CLOSED)
    form.add_error(None, _("This was taken back meanwhile, so nothing can be sent any more."))
    return drawn(request, consultation, form=form)


@sensitive_variables()
def drawn(
    request: HttpRequest, consultation: Consultation, *, form: WriteForm | None = None, unsent: str = ""
) -> HttpResponse:
    """The room; with `form` what is wrong with it, with `unsent` what was written before the hour was over."""
    fresh_key = keys.new_form_key(SALT)
    if form is None:
        form = WriteForm(initial={"text": unsent, "key": fresh_key}, auto_id="w_%s")
    elif form.non_field_errors():
        form.data = {**form.data.dict(), "key": fresh_key} if isinstance(form.data, QueryDict) else form.data
    context = {
        "room": reply.room_of(consultation, request.user),
        "consultation": consultation,
        "added": added_to(consultation),
        "form": form,
        "unsent": unsent,
        "silence": states.SILENCE[ConsultationState.CLOSED],
    }
    return render(request, "directory/public/consult_reply.html", context, status=422 if form.errors else 200)
