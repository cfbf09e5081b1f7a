"""Reading a case in an emergency: the administrator's door, and the list of every time it was opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casebook.actions import break_glass as actions
from casebook.actions import eyes
from casebook.enums import Eye
from casebook.members.finding import allow, page, signed_in
from casebook.members.forms.break_glass import BreakGlassForm
from casebook.models import EmergencyReading
from casebook.queries import with_concern_names
from casebook.queries.break_glass import opened_case
from cms import dates
from cms.once import once
from directory.models import User
from directory.permissions import can
from directory.reauthentication import recently_authenticated
from directory.roles import Permission

PAGE_SIZE = 30


def administrators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For everybody else there is no such page; nobody is asked who they are before they learn that."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allow(can(signed_in(request), Permission.CASES_BREAK_GLASS))
        return view(request, *args, **kwargs)

    return guarded


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@recently_authenticated
@once
def break_glass(request: HttpRequest) -> HttpResponse:
    """`/members/break-glass/`: which case, why; and what one has opened so far."""
    user = signed_in(request)
    form = BreakGlassForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reading = actions.break_glass(
                by=user,
                number=form.cleaned_data["number"],
                reason=form.cleaned_data["reason"],
                words=form.cleaned_data["words"],
                dismissals=form.dismissals,
            )
        except actions.NobodyToTell:
            nobody = _("There are not two other people of the secretariat or the audit to be told. Nothing was opened.")
            form.add_error(None, nobody)
        else:
            return redirect("members:emergency_reading", pk=reading.pk)
    return page(request, "casebook/members/break_glass.html", form, **_listed(request, user))


@require_safe
def emergency_readings(request: HttpRequest) -> HttpResponse:
    """`/members/office/emergency-readings/`: for the secretariat, that it happened. Neither the words nor the case."""
    user = signed_in(request)
    allow(can(user, Permission.INCIDENTS_KEEP))
    return page(request, "casebook/members/emergency_readings.html", **_listed(request, user))


def _listed(request: HttpRequest, user: User) -> dict[str, Any]:
    rows = EmergencyReading.objects.visible_to(user).select_related("by")
    return {"page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "now": dates.now()}


def _found(request: HttpRequest, pk: UUID) -> tuple[User, EmergencyReading]:
    """An own reading that is still open. One that is over does not exist."""
    user = signed_in(request)
    reading = EmergencyReading.objects.open_for(user).select_related("by").filter(pk=pk).first()
    if reading is None:
        raise Http404
    return user, reading


@require_safe
def emergency_reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The case, to be read and nothing else. A line of the access log is written first."""
    user, reading = _found(request, pk)
    case = opened_case(reading)
    if case is not None:
        eyes.note_reading(by=user, case=case, how=Eye.GLASS)
        with_concern_names([case])
    return page(request, "casebook/members/emergency_reading.html", reading=reading, case=case)


@require_POST
def emergency_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close it before its time is over."""
    user, reading = _found(request, pk)
    actions.close_glass(by=user, reading=reading)
    messages.success(request, _("Closed. It can be read no more."))
    return redirect("members:break_glass")
