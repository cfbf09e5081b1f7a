"""The secretariat's office: everything about desks that waits for somebody, on one calm page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms import dates
from cms.forms import tidy_email
from directory.actions import desks as desk_actions
from directory.actions import freshness, numbers, reports
from directory.enums import ChangeState
from directory.members.desk_numbers import hidden
from directory.members.people import signed_in
from directory.models import ConsultationDesk, DeskOwner, DeskReport, NumberChange, NumberHold, User
from directory.permissions import may_keep_numbers
from directory.queries.keeping import Waiting, held_values, shared_with


def keeper(request: HttpRequest) -> User:
    """Somebody who keeps the desks."""
    user = signed_in(request)
    if not may_keep_numbers(user):
        raise PermissionDenied
    return user


class OwnerForm(forms.Form):
    """Who is asked whether a desk is still right."""

    email = forms.CharField(
        label=gettext_lazy("E-mail of whoever is asked"),
        help_text=gettext_lazy("Empty: the administrators of the organisation."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])


@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """`/members/office/desks/`: numbers, reports, holds, national lines, stale desks."""
    user = keeper(request)
    return render(
        request, "directory/members/office_desks.html", {"waiting": Waiting(dates.today()), "user_id": user.pk}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """`/members/office/desks/<desk>/`: its numbers with a button each, its owner, its reports."""
    user = keeper(request)
    found = get_object_or_404(ConsultationDesk.objects.select_related("organization"), slug=slug)
    act = request.POST.get("act", "")
    form = OwnerForm(
        request.POST if act == "owner" else None, initial={"email": getattr(_owner(found), "email", "")}, auto_id="o_%s"
    )
    if request.method == "POST" and (act != "owner" or form.is_valid()):
        _done(request, found, act, form, by=user)
        return redirect("members:office_desk", found.slug)
    channels, held = list(found.channels.all()), held_values(found)
    context: dict[str, Any] = {
        "desk": found,
        "form": form,
        "rows": [(channel, held.get((channel.kind, channel.value))) for channel in channels],
        "shared": shared_with(found, {(channel.kind, channel.value) for channel in channels}),
        "reports": DeskReport.objects.open().filter(desk=found),
        "last_asked": found.questions.first(),
        "named": _owner(found),
        "user_id": user.pk,
    }
    return render(request, "directory/members/office_desk.html", context)


def _owner(found: ConsultationDesk) -> DeskOwner | None:
    return DeskOwner.objects.filter(desk=found).first()


def _done(request: HttpRequest, found: ConsultationDesk, act: str, form: OwnerForm, *, by: User) -> None:
    """One of the acts of the page; what is wrong is said on it."""
    if act == "hide":
        hidden(request, found, by=by)
        return
    acts: dict[str, tuple[Any, str]] = {
        "ask": (lambda: freshness.ask(desk=found, by=by), _("The mail is on its way.")),
        "assured": (lambda: freshness.assure(desk=found, by=by), _("Noted: checked today.")),
        "confirm": (
            lambda: desk_actions.confirm(desk=found, by=by),
            _("Confirmed. Residents see the line from now on."),
        ),
        "owner": (
            lambda: freshness.name_owner(desk=found, email=form.cleaned_data["email"], by=by),
            _("Noted whom to ask."),
        ),
    }
    if act not in acts:
        raise PermissionDenied
    _said(request, *acts[act])


def _said(request: HttpRequest, do: Any, words: str) -> None:
    try:
        do()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/office/desks/changes/<id>/`: old and new number side by side; confirm after calling, or refuse."""
    user = keeper(request)
    found = get_object_or_404(NumberChange.objects.select_related("desk__organization", "proposed_by"), pk=pk)
    if request.method == "POST":
        if request.POST.get("act") == "confirm":
            _said(
                request, lambda: numbers.confirm(change=found, by=user), _("Confirmed. Residents get the new number.")
            )
        elif request.POST.get("act") == "refuse":
            _said(request, lambda: numbers.refuse(change=found, by=user), _("Refused. Nothing changes for residents."))
        return redirect("members:office_desks")
    context = {
        "change": found,
        "is_open": found.state == ChangeState.WAITING,
        "own": found.proposed_by_id == user.pk,
        "shared": shared_with(found.desk, {(found.kind, found.new)}),
    }
    return render(request, "directory/members/office_number.html", context)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hidden number again: the first person asks, the second agrees."""
    user = keeper(request)
    hold = get_object_or_404(NumberHold.objects.open().select_related("desk"), pk=pk)
    try:
        shown = numbers.lift(hold=hold, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request,
            _("Residents get the number again.")
            if shown
            else _("Noted. Another person has to agree before it is shown."),
        )
    return redirect("members:office_desks")


@require_POST
def report_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has looked into a report."""
    user = keeper(request)
    reports.settle(found=get_object_or_404(DeskReport, pk=pk), by=user)
    messages.success(request, _("Noted as settled."))
    return redirect("members:office_desks")
