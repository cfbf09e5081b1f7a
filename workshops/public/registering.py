"""Registering without an account: the form, what is said when it cannot be, and the page with the code."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms import throttle
from cms.dates import now
from workshops import keys
from workshops.actions import registrations as actions
from workshops.actions import waiting
from workshops.actions.capacity import CalledOff, Full
from workshops.enums import RegistrationMode
from workshops.models import Event, Occurrence
from workshops.public.forms import RegistrationForm, too_few

#: Quicker than this nobody writes; divided by settings.THROTTLE_FACTOR.
SHORTEST = dt.timedelta(seconds=2)
#: A form that was open longer gets a new key (what was written stays).
LONGEST = dt.timedelta(hours=24)
#: The same form, nothing edited, sent again within this time is a double click: the code is shown again.
DOUBLE_CLICK = dt.timedelta(minutes=2)
DONE = "workshops/public/register_done.html"
WAITS = "workshops/public/register_waiting.html"


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """`/events/<slug>/register/`: the form; when sent, the registration with its code, shown once.

    Only the answer to a sent form is never stored. The empty form may stay in the browser's history: with Back the same
    form returns, and with it the same key, so that sending it again finds the first registration.
    """
    event = get_object_or_404(Event.objects.public().select_related("host"), slug=slug)
    if request.method == "POST":
        response = registered(request, event)
        add_never_cache_headers(response)
        return response
    form = RegistrationForm(event=event, occurrences=to_choose_from(event), initial={"key": keys.new_form_key()})
    response = drawn(request, event, form)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def to_choose_from(event: Event) -> list[Occurrence]:
    """Occurrences one could register for now, full ones included."""
    if event.registration_mode != RegistrationMode.HERE:
        return []
    coming = event.occurrences.scheduled().upcoming().select_related("event")
    return [occurrence for occurrence in coming if actions.is_open(occurrence)]


def drawn(request: HttpRequest, event: Event, form: RegistrationForm) -> HttpResponse:
    """The form, or in its place why one cannot register."""
    occurrences = to_choose_from(event)
    coming = event.occurrences.upcoming().select_related("event")
    all_full = bool(occurrences) and all(occurrence.is_full for occurrence in occurrences)
    can_wait = any(part.has_room_to_wait for occurrence in occurrences for part in occurrence.parts)
    context = {
        "event": event,
        "form": form,
        "occurrences": occurrences,
        "only": occurrences[0] if len(occurrences) == 1 else None,
        "all_full": all_full,
        "waits_only": all_full and can_wait,
        "waiting": sum(part.waiting for occurrence in occurrences for part in occurrence.parts),
        "not_yet": bool(event.opens_at and event.opens_at > now()),
        "over": not coming.exists(),
        "postponed": any(occurrence.is_postponed for occurrence in coming),
        "show_form": form.is_bound or (bool(occurrences) and (not all_full or can_wait)),
        "erased_on": max((o.ends_on for o in occurrences), default=now().date()) + actions.KEPT_FOR,
    }
    return render(request, "workshops/public/register.html", context, status=422 if form.errors else 200)


def registered(request: HttpRequest, event: Event) -> HttpResponse:
    """Take a sent form."""
    form = RegistrationForm(request.POST, event=event, occurrences=to_choose_from(event))
    try:
        key, age = keys.read_form_key(request.POST.get("key", ""))
    except keys.NotOurs:
        return again(request, event, form, _("This form could not be recognised. Please press the button once more."))
    before = actions.first_sent(key)
    if before:
        return already(request, before, form)
    refusal = robot(request, age)
    if refusal:
        return again(request, event, form, refusal, keep_key=age < LONGEST)
    if not form.is_valid():
        return drawn(request, event, form)
    try:
        receipt = actions.register(
            occurrence=form.cleaned_data["occurrence"], party=form.party(), key=key, or_wait=form.would_wait
        )
    except actions.AlreadyRegistered as first:
        return already(request, first.receipt, form)
    except Full as full:
        form.add_error("way" if full.left == 0 and "way" in form.fields else "people", too_few(full, event))
    except CalledOff:
        form.add_error(None, _("This event does not take place."))
    except actions.Closed:
        form.add_error(None, _("Registration has closed."))
    else:
        return done(request, receipt)
    return drawn(request, event, form)


def robot(request: HttpRequest, age: dt.timedelta) -> str:
    """Why this does not look like a person at a form, or ""."""
    if request.POST.get("website"):
        return _("Something was written in a field that must stay empty. Please press the button once more.")
    if age < SHORTEST / settings.THROTTLE_FACTOR:
        return _("That was very quick. Please look it over and press the button once more.")
    if age > LONGEST:
        return _("This form was open for a long time. Please look it over and press the button once more.")
    if not throttle.allow("register", throttle.address(request), limit=20, seconds=600):
        return _("Many registrations came from your connection just now. Please wait ten minutes, or call us.")
    return ""


def again(
    request: HttpRequest, event: Event, form: RegistrationForm, sentence: str, *, keep_key: bool = False
) -> HttpResponse:
    """The same form with everything that was written, and a sentence."""
    data = request.POST.copy()
    data["website"] = ""
    if not keep_key:
        data["key"] = keys.new_form_key()
    form.data = data
    form.add_error(None, sentence)
    return drawn(request, event, form)


def already(request: HttpRequest, receipt: actions.Receipt, form: RegistrationForm) -> HttpResponse:
    """The first registration stands, whatever this form says; it can be changed."""
    registration = receipt.registration
    fresh = now() - registration.created_at < DOUBLE_CLICK
    if fresh and form.is_valid() and form.party().says_the_same_as(registration):
        return done(request, receipt)
    messages.info(request, _("We already have this registration. If something is different, change it here."))
    return redirect("workshops:registration", token=receipt.token)


def done(request: HttpRequest, receipt: actions.Receipt) -> HttpResponse:
    """The page with the code, or with the place on the waiting list. Reloading it stores nothing twice."""
    registration = receipt.registration
    context = {
        "registration": registration,
        "occurrence": registration.occurrence,
        "event": registration.occurrence.event,
        "receipt": receipt,
        "token": receipt.token,
        "place": waiting.place_of(registration) if registration.is_waiting else None,
    }
    return render(request, WAITS if registration.is_waiting else DONE, context)
