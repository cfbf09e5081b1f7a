"""A form sent twice is one form: a double click, a slow line, a page loaded again (docs/adr/0046).

    {% form_key %}      in the template, beside {% csrf_token %}
    @once               on the view, nearest to it: below every decorator that may answer in its stead

The first one is taken. The same one again, also at the same moment, leads to where the first led and makes nothing.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from cms.encryption import keyed_hash
from cms.keys import NotOurs, new_form_key, read_form_key
from cms.models import SentForm

FIELD = "form_key"
SALT = "cms.form"

View = Callable[..., HttpResponseBase]


def new_key() -> str:
    """The value of the hidden field of a page."""
    return new_form_key(SALT)


def once(view: View) -> View:
    """A view that makes something, and answers with a redirect when it has; anything else leaves the form unused.

    The claim stands in the same transaction as what is made: both are kept, or neither.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            sent, is_first = SentForm.objects.get_or_create(mark=mark_of(request))
            if not is_first:
                return led_again(request, sent)
            response = view(request, *args, **kwargs)
            settle(sent, response)
        return response

    guarded.is_once = True  # type: ignore[attr-defined]
    return guarded


@sensitive_variables()
def mark_of(request: HttpRequest) -> str:
    """One for each form: its key, who sends it, where to, and what was written.

    What was written counts too: somebody who goes back, writes something else and sends it loses nothing. A form
    without a key of ours (a page from before there were keys) is known by the rest alone.
    """
    try:
        key, _age = read_form_key(request.POST.get(FIELD, ""), SALT)
    except NotOurs:
        key = ""
    fields = [(name, values) for name, values in request.POST.lists() if name not in (FIELD, "csrfmiddlewaretoken")]
    files = [(name, [(each.name, each.size) for each in found]) for name, found in request.FILES.lists()]
    form = json.dumps([key, request.user.pk, request.get_full_path(), fields, files])
    return keyed_hash(form, purpose="cms.form")


def settle(sent: SentForm, response: HttpResponseBase) -> None:
    """Taken: note where it led. Not taken (the form came back, a question comes first): it may be sent again."""
    address = response.headers.get("Location", "")
    if not address or getattr(response, "only_asks", False):
        sent.delete()
        return
    sent.led_to = address
    sent.save(update_fields=["led_to"])


def led_again(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """To where the first one led."""
    messages.info(request, _("This was received already. It was not sent twice."))
    return redirect(sent.led_to)
