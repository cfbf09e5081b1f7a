"""The secretariat's register: who is a member, as of any day; admitting, correcting, moving; the table as CSV."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from cms import exports
from cms.once import once
from directory.actions import register as actions
from directory.forms import AsOfForm, plain_kinds
from directory.members.office.register_forms import AdmitForm, CorrectForm, MoveForm
from directory.members.people import signed_in
from directory.models import Membership
from directory.permissions import can
from directory.queries import history_of, landmarks, register_on
from directory.reauthentication import asked_again
from directory.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@once
def register(request: HttpRequest) -> HttpResponse:
    """`/members/office/register/?on=…`: the register, and the form that admits."""
    user = signed_in(request)
    if not can(user, Permission.PEOPLE_READ):
        raise PermissionDenied
    may_keep = can(user, Permission.MEMBERSHIPS_KEEP)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    form = AdmitForm(request.POST if request.method == "POST" else None) if may_keep else None
    if request.method == "POST" and form is not None and done(form, actions.admit, by=user):
        messages.success(request, _("The organisation is in the register."))
        return redirect("members:office_register")
    asked = AsOfForm(request.GET, plain_kinds())
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "register": register_on(asked.day, kind=asked.chosen_kind, user=user),
        "landmarks": landmarks(),
        "may_keep": may_keep,
    }
    return render(request, "directory/members/office_register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/office/register/<id>/`: the history of an organisation; correct one line, or move it to the other tier."""
    user = signed_in(request)
    if not can(user, Permission.MEMBERSHIPS_KEEP):
        raise PermissionDenied
    kept = get_object_or_404(Membership.objects.visible_to(user).select_related("organization"), pk=pk)
    moving = request.method == "POST" and "move" in request.POST
    posted = request.POST if request.method == "POST" else None
    line = {"tier": kept.tier, "since": kept.since, "until": kept.until}
    correct = CorrectForm(None if moving else posted, initial=line)
    move = MoveForm(posted if moving else None, tier=kept.tier, prefix="move")
    form, action = (move, actions.move) if moving else (correct, actions.correct)
    if posted is not None and done(form, action, by=user, membership=Membership.objects.get(pk=kept.pk)):
        messages.success(request, _("The register is up to date."))
        return redirect("members:office_membership", pk=kept.pk)
    context = {"membership": kept, "form": correct, "move": move, "history": history_of(kept.organization_id)}
    return render(request, "directory/members/office_membership.html", context)


def done(form: Form, action: Any, **more: Any) -> bool:
    """Hand valid data to the action; what it refuses stands beside the field."""
    if not form.is_valid():
        return False
    try:
        action(**form.cleaned_data, **more)
    except ValidationError as refused:
        for name, sentences in refused.message_dict.items():
            form.add_error(name if name in form.fields else None, sentences)
        return False
    return True


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """`/members/office/register/csv/?on=…`: the register on that day; `?all=1`: every membership there ever was."""
    user = signed_in(request)
    if not can(user, Permission.PEOPLE_READ):
        raise PermissionDenied
    if again := asked_again(request, file=True):
        return again
    asked = AsOfForm(request.GET, plain_kinds())
    if request.GET.get("all"):
        rows = Membership.objects.visible_to(user).select_related("organization")
        return download([line(each) for each in rows], name="members-all")
    found = register_on(asked.day, kind=asked.chosen_kind, user=user)
    return download([line(each) for each in found.members], name=f"members-{asked.day:%Y%m%d}")


def line(each: Membership) -> list[exports.Cell]:
    """One membership as a row."""
    organization = each.organization
    return [
        organization.name,
        organization.kana,
        str(organization.get_kind_display()),
        str(each.get_tier_display()),
        each.since,
        each.until,
        organization.is_public,
    ]


def download(rows: list[list[exports.Cell]], *, name: str) -> HttpResponse:
    """UTF-8 with a byte order mark, one line a membership."""
    header = [
        _("Organisation"),
        pgettext("column", "Reading"),
        pgettext("column", "Kind"),
        pgettext("column", "Tier"),
        pgettext("column", "Since"),
        pgettext("column", "Until (this day no more)"),
        pgettext("column", "Shown to residents (1 = yes)"),
    ]
    content = exports.csv_bytes(header, rows)
    return exports.download(content, name=f"{name}.csv", media_type=exports.CSV_TYPE)
