"""Registering without an account, and coming back to one's registration by link or code."""

from __future__ import annotations

import datetime as dt
from functools import wraps
from typing import Any, Protocol

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms import throttle
from cms.dates import now
from workshops import calendars, keys
from workshops.actions import registrations as actions
from workshops.actions.capacity import CalledOff, Full
from workshops.enums import RegistrationMode
from workshops.models import Event, Occurrence, Registration
from workshops.public.forms import CodeForm, PartyForm, RegistrationForm, initial_of

#: Quicker than this nobody writes; divided by settings.THROTTLE_FACTOR.
SHORTEST = dt.timedelta(seconds=2)
#: A form that was open longer gets a new key (what was written stays).
LONGEST = dt.timedelta(hours=24)
#: The same form, nothing edited, sent again within this time is a double click: the code is shown again.
DOUBLE_CLICK = dt.timedelta(minutes=2)


class OfRegistration(Protocol):
    """A view of one registration."""

    def __call__(self, request: HttpRequest, registration: Registration, token: str) -> HttpResponse: ...


# --- registering ---------------------------------------------------------------------------------------


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
    context = {
        "event": event,
        "form": form,
        "occurrences": occurrences,
        "only": occurrences[0] if len(occurrences) == 1 else None,
        "all_full": bool(occurrences) and all(occurrence.is_full for occurrence in occurrences),
        "not_yet": bool(event.opens_at and event.opens_at > now()),
        "over": not coming.exists(),
        "show_form": form.is_bound or any(not occurrence.is_full for occurrence in occurrences),
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
        receipt = actions.register(occurrence=form.cleaned_data["occurrence"], party=form.party(), key=key)
    except actions.AlreadyRegistered as first:
        return already(request, first.receipt, form)
    except Full as full:
        form.add_error("people", too_few(full.left, event))
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


def too_few(left: int, event: Event) -> str:
    """What to do when the seats do not suffice."""
    if left == 0:
        return _("All seats have just been taken. What you wrote is kept on this page, but nothing was stored.")
    seats = {"left": left, "unit": event.get_unit_display()}
    return (
        ngettext(
            "%(left)d seat is left. With fewer people you can register.",
            "%(left)d seats are left. With fewer people you can register.",
            left,
        )
        % seats
    )


def already(request: HttpRequest, receipt: actions.Receipt, form: RegistrationForm) -> HttpResponse:
    """The first registration stands, whatever this form says; it can be changed."""
    registration = receipt.registration
    fresh = now() - registration.created_at < DOUBLE_CLICK
    if fresh and form.is_valid() and form.party().says_the_same_as(registration):
        return done(request, receipt)
    messages.info(request, _("We already have this registration. If something is different, change it here."))
    return redirect("workshops:registration", token=receipt.token)


def done(request: HttpRequest, receipt: actions.Receipt) -> HttpResponse:
    """The page with the code. Reloading it sends the same form again, which stores nothing twice."""
    registration = receipt.registration
    context = {"registration": registration, "occurrence": registration.occurrence, "receipt": receipt}
    return render(request, "workshops/public/register_done.html", context)


# --- coming back -----------------------------------------------------------------------------------------


def of_registration(view: OfRegistration) -> Any:
    """Find the registration of the token; unknown, foreign, expired and erased all get the same helpful page."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        registration = Registration.objects.by_link(token).first()
        if registration is None:
            return render(request, "workshops/public/registration_unknown.html", {"form": CodeForm()}, status=404)
        return view(request, registration, token)

    return found


def page(request: HttpRequest, template: str, registration: Registration, token: str, **more: Any) -> HttpResponse:
    """A page about one registration."""
    occurrence = registration.occurrence
    context = {
        "registration": registration,
        "occurrence": occurrence,
        "event": occurrence.event,
        "event_is_public": Event.objects.public().filter(pk=occurrence.event_id).exists(),
        "token": token,
        "may_change": registration.is_active and not occurrence.is_over and not occurrence.is_cancelled,
        **more,
    }
    status = 422 if getattr(more.get("form"), "errors", None) else 200
    return render(request, template, context, status=status)


@of_registration
@require_safe
def registration(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """`/registrations/<token>/`: what we have. Looking changes nothing: mail scanners follow links."""
    return page(request, "workshops/public/registration.html", registration, token)


@of_registration
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """Change who comes and what to make ready."""
    event = registration.occurrence.event
    form = PartyForm(request.POST if request.method == "POST" else None, event=event, initial=initial_of(registration))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(registration=registration, party=form.party())
        except Full as full:
            form.add_error("people", too_few(full.left, event))
        except actions.Closed:
            form.add_error("people", _("The number of people can only become smaller now."))
        except actions.NotActive:
            form.add_error(None, _("This registration can no longer be changed."))
        except CalledOff:
            form.add_error(None, _("This event does not take place."))
        else:
            messages.success(request, _("It is changed."))
            return redirect("workshops:registration", token=token)
    return page(request, "workshops/public/registration_change.html", registration, token, form=form)


@of_registration
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """Ask once more, then give the seats back."""
    if request.method != "POST":
        return page(request, "workshops/public/registration_withdraw.html", registration, token)
    try:
        if actions.withdraw(registration=registration):
            messages.success(request, _("It is withdrawn. Thank you for telling us."))
    except actions.NotActive:
        messages.warning(request, _("This event is over."))
    return redirect("workshops:registration", token=token)


@of_registration
@require_safe
def calendar(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """An entry for one's own calendar, with a neutral title."""
    entry = calendars.neutral_entry(registration.occurrence, uid=f"{registration.pk}@tsunagari", sequence=1)
    response = HttpResponse(entry, content_type=f"{calendars.MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{calendars.FILE_NAME}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """`/registrations/`: a right code opens the registration for an hour; all else gets one and the same answer."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = Registration.objects.by_code(form.cleaned_data["code"]).first() if may_try(request) else None
        if found:
            return redirect("workshops:registration", token=keys.visit(found.pk))
        form.add_error(
            "code",
            _("No registration was found with this code. Look it over, or try again in ten minutes."),
        )
    status = 422 if form.errors else 200
    return render(request, "workshops/public/registration_code.html", {"form": form}, status=status)


def may_try(request: HttpRequest) -> bool:
    """Codes cannot be guessed (60 bits); still nobody may try many. Closed while the counter cannot be asked."""
    mine = throttle.allow("registration_code", throttle.address(request), limit=10, seconds=600, when_down=False)
    return mine and throttle.allow("registration_code", "", limit=300, seconds=600, when_down=False)
