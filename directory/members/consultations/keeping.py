"""What is kept and what is gone: holds of a desk, what a person has deleted and a desk must keep, the register."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms import dates, exports
from cms.forms import PlainText
from cms.once import once
from directory.actions.consultations import holding, states
from directory.enums import Author, HeldFor
from directory.forms.register import DayField
from directory.members.consultations.finding import find_kept, signed_in
from directory.models import Consultation, Destruction, Hold, User
from directory.permissions import supervises
from directory.roles import Permission, holds

PAGE_SIZE = 50


class HoldForm(forms.Form):
    """Why a desk has to keep it, and until when."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("hold", "Why it has to be kept"), choices=HeldFor.choices, widget=forms.RadioSelect
    )
    until = DayField(
        label=pgettext_lazy("hold", "Kept until"),
        help_text=gettext_lazy("Two years from today at the longest. On that day it goes by itself."),
    )
    note = PlainText(
        label=gettext_lazy("In a few words, for your desk"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=gettext_lazy("For example which law. The person does not read it."),
    )

    def clean_until(self) -> dt.date:
        """After today, and not too late."""
        day: dt.date = self.cleaned_data["until"]
        if day <= dates.today():
            raise ValidationError(_("Please choose a day after today."))
        if day > holding.latest():
            last = dates.japanese_date_long(holding.latest())
            raise ValidationError(_("At the longest until %(day)s.") % {"day": last})
        return day


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def consultation_hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`consultations/<id>/hold/`: say that it must be kept even if the person deletes it; supervisors."""
    user, found = signed_in(request), find_kept(request, pk)
    if not supervises(user, found.desk):
        raise Http404
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _held(request, form, found, by=user):
        return redirect("members:consultation", found.pk)
    standing = Hold.objects.standing().filter(consultation=found).first()
    context = {"form": form, "consultation": found, "hold": standing}
    return render(request, "directory/members/consultation_hold.html", context)


@sensitive_variables()
def _held(request: HttpRequest, form: HoldForm, found: Consultation, *, by: User) -> bool:
    try:
        holding.hold(by=by, consultation=found, **form.cleaned_data)
    except holding.AlreadyHeld:
        form.add_error(None, _("It is held already. Lift that first."))
        return False
    except states.TooLate:
        raise Http404 from None
    messages.success(request, _("Noted. The person reads the reason and the day on their reply page."))
    return True


@require_POST
def consultation_hold_lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`consultations/<id>/hold/lift/`: the reason has ended. What the person had deleted goes at once."""
    user = signed_in(request)
    kept = Consultation.objects.kept_by(user) | Consultation.objects.held_for(user)
    found = kept.filter(pk=pk).first()
    if found is None or not supervises(user, found.desk):
        raise Http404
    try:
        gone = holding.lift(by=user, consultation=found)
    except states.TooLate:  # pressed twice, or its day has come
        return redirect("members:consultation", found.pk)
    if gone:
        messages.success(request, _("%(number)s is destroyed.") % {"number": found.number})
        return redirect("members:consultations_destroyed")
    messages.success(request, _("It is held no more. The person may delete it at any time."))
    return redirect("members:consultation", found.pk)


@sensitive_variables()
@require_safe
def consultation_held(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`consultations/<id>/held/`: what the person has deleted and this desk must keep. Each look is recorded."""
    user = signed_in(request)
    found = Consultation.objects.held_for(user).select_related("desk").filter(pk=pk).first()
    if found is None:
        raise Http404
    holding.read_held(by=user, consultation=found)
    context = {
        "consultation": found,
        "hold": found.holds.select_related("by").filter(lifted_at=None, desk=found.desk).first(),
        "thread": found.messages.exclude(author=Author.NOTE).select_related("desk"),
        "notes": found.notes.filter(desk=found.desk),
    }
    return render(request, "directory/members/consultation_hold_read.html", context)


# --- the register --------------------------------------------------------------------------------------------


def supervisor(request: HttpRequest) -> User:
    """Somebody who supervises a desk."""
    user = signed_in(request)
    if not holds(user, Permission.CONSULTATIONS_SUPERVISE):
        raise PermissionDenied
    return user


@require_safe
def consultations_destroyed(request: HttpRequest) -> HttpResponse:
    """`consultations/destroyed/`: what own desks had and is gone; and what they must still keep."""
    user = supervisor(request)
    rows = Destruction.objects.visible_to(user).select_related("desk")
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "kept": Consultation.objects.held_for(user).select_related("desk").defer("name", "contact"),
    }
    return render(request, "directory/members/consultation_destroyed.html", context)


@require_safe
def consultations_destroyed_csv(request: HttpRequest) -> HttpResponse:
    """`consultations/destroyed/csv/`: the same lines as a table."""
    rows = Destruction.objects.visible_to(supervisor(request)).select_related("desk", "organization")
    header = [_("Number"), _("Desk"), _("Organisation"), _("Why it went"), _("Received on"), _("Destroyed at")]
    lines: list[list[exports.Cell]] = [
        [
            row.number,
            row.desk.name,
            row.organization.name,
            str(row.get_why_display()),
            row.received_on,
            row.erased_at,
        ]
        for row in rows
    ]
    return exports.download(
        exports.csv_bytes(header, lines), name=f"destroyed-{dates.today():%Y%m%d}.csv", media_type=exports.CSV_TYPE
    )
