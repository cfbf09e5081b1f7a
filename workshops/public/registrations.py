"""Coming back to one's registration by link or code: look, change, answer an offer, give the seats back."""

from __future__ import annotations

from functools import wraps
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms import throttle
from cms.dates import now
from workshops import calendars, keys
from workshops.actions import feedback, waiting
from workshops.actions import registrations as actions
from workshops.actions.answers import answers_of
from workshops.actions.capacity import CalledOff, Full
from workshops.enums import RegistrationState, Way
from workshops.forms.party import PartyForm
from workshops.forms.questions import answer_words
from workshops.models import Event, Registration
from workshops.public.forms import CodeForm, initial_of, too_few


class OfRegistration(Protocol):
    """A view of one registration."""

    def __call__(self, request: HttpRequest, registration: Registration, token: str) -> HttpResponse: ...


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


def standing(registration: Registration) -> str:
    """Where it stands, as one word for the page: of several things that are true, the one that matters most."""
    occurrence = registration.occurrence
    if registration.state == RegistrationState.CANCELLED:
        return "withdrawn"
    if occurrence.is_cancelled:
        return "called_off"
    if registration.state == RegistrationState.EXPIRED:
        return "expired"
    if registration.is_offered and (not registration.offer_until or registration.offer_until <= now()):
        return "expired"  # the background process has not come by yet
    if occurrence.is_over:
        return "over"
    if occurrence.is_postponed:
        return "postponed"
    return str(registration.state)


def page(request: HttpRequest, template: str, registration: Registration, token: str, **more: Any) -> HttpResponse:
    """A page about one registration."""
    occurrence, stands = registration.occurrence, standing(registration)
    event = occurrence.event
    context = {
        "registration": registration,
        "occurrence": occurrence,
        "event": event,
        "event_is_public": Event.objects.public().filter(pk=occurrence.event_id).exists(),
        "token": token,
        "stands": stands,
        "way": registration.get_way_display() if len(event.ways) > 1 else "",
        "may_change": stands in ("active", "waiting", "postponed"),
        "may_leave": stands in ("active", "waiting", "offered", "postponed"),
        **more,
    }
    status = 422 if getattr(more.get("form"), "errors", None) else 200
    return render(request, template, context, status=status)


@of_registration
@require_safe
def registration(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """`/registrations/<token>/`: what we have. Looking changes nothing: mail scanners follow links."""
    occurrence, stands = registration.occurrence, standing(registration)
    comes_online = registration.way == Way.ONLINE and stands == "active"
    answers = registration.answers.select_related("question").order_by("question__order", "question_id")
    say = keys.feedback_token(occurrence.pk, registration.pk) if may_say(registration, stands) else ""
    return page(
        request,
        "workshops/public/registration.html",
        registration,
        token,
        place=waiting.place_of(registration) if stands == "waiting" else None,
        online_link=occurrence.event.online_link if comes_online else "",
        answers=[(answer, answer_words(answer.value)) for answer in answers],
        feedback_token=say,
    )


def may_say(registration: Registration, stands: str) -> bool:
    """Who came may say how it was, once: also those who left no address and come with their code."""
    came = stands == "over" and registration.state == RegistrationState.ACTIVE and registration.attended != 0
    return came and feedback.is_open(registration.occurrence)


@of_registration
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """Take the offered seat. Only a press of the button does: mail scanners follow links."""
    if request.method == "POST":
        try:
            waiting.accept(registration=registration)
            messages.success(request, _("Your seats are kept. We look forward to seeing you."))
        except waiting.OfferGone:
            messages.info(request, _("The time for answering was over. It is not your fault."))
    return redirect("workshops:registration", token=token)


@of_registration
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """Change who comes and what to make ready."""
    event = registration.occurrence.event
    answers = answers_of(registration)
    form = PartyForm(
        request.POST if request.method == "POST" else None,
        event=event,
        answers=answers,
        initial=initial_of(registration, answers),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(registration=registration, party=form.party())
        except Full as full:
            form.add_error("people", too_few(full, event))
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
    entry = calendars.own_entry(registration)
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
