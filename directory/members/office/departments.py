"""`/members/office/departments/`: the sections of the city hall, and of other large organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from cms.dates import today
from cms.forms import PlainText
from directory.actions import departments as actions
from directory.enums import OrganizationKind
from directory.members.people import signed_in
from directory.models import Department, Organization
from directory.permissions import can
from directory.roles import Permission


class TakeOverForm(forms.Form):
    """Many departments at once."""

    organization = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organization.objects.filter(ended_on=None), empty_label=None
    )
    table = PlainText(
        label=gettext_lazy("Departments, one a line"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Name, then the reading in hiragana; commas or tabs, as a spreadsheet gives them."),
        error_messages={"required": gettext_lazy("Please write at least one department.")},
    )


class DepartmentForm(forms.Form):
    """The name of today, and the day it ended."""

    name = PlainText(
        label=gettext_lazy("Name"),
        max_length=80,
        error_messages={"required": pgettext_lazy("department", "Please write the name.")},
    )
    kana = PlainText(label=gettext_lazy("reading in hiragana"), max_length=120, required=False)
    ended_on = forms.DateField(
        label=gettext_lazy("ended on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Its meetings stay as they are; it is not asked to new ones."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def departments(request: HttpRequest) -> HttpResponse:
    """All of them by organisation, and a box to paste many into."""
    user = keeper(request)
    city = Organization.objects.filter(kind=OrganizationKind.CITY).first()
    posted = request.POST if request.method == "POST" else None
    form = TakeOverForm(posted, initial={"organization": city.pk if city else None})
    if form.is_bound and form.is_valid():
        try:
            made, _changed = actions.take_over(by=user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error("table", refused.messages)
        else:
            said = ngettext("%(count)s department is new.", "%(count)s departments are new.", made) % {"count": made}
            messages.success(request, said)
            return redirect("members:office_departments")
    rows = Department.objects.select_related("organization")
    context = {"form": form, "rows": list(rows), "today": today()}
    return render(request, "directory/members/office_departments.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: another name, or its end."""
    user = keeper(request)
    found = get_object_or_404(Department.objects.select_related("organization"), pk=pk)
    initial = {"name": found.name, "kana": found.kana, "ended_on": found.ended_on}
    form = DepartmentForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        try:
            actions.rename(by=user, department=found, name=data["name"], kana=data["kana"])
            if data["ended_on"] != initial["ended_on"]:
                actions.end(by=user, department=found, on=data["ended_on"])
        except ValidationError as refused:
            form.add_error("name", refused.messages)
        else:
            messages.success(request, _("The department is up to date."))
            return redirect("members:office_departments")
    context = {"form": form, "department": Department.objects.select_related("organization").get(pk=found.pk)}
    return render(request, "directory/members/office_department.html", context, status=422 if form.errors else 200)


def keeper(request: HttpRequest) -> Any:
    """Who keeps the register keeps the departments too."""
    user = signed_in(request)
    if not can(user, Permission.MEMBERSHIPS_KEEP):
        raise PermissionDenied
    return user
