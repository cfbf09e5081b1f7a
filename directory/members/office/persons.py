"""The secretariat's office: one person, the queue of roles asked for, the inventory as a table."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from cms import audit, exports
from directory.actions import roles
from directory.members.people import signed_in
from directory.members.persons import number, removal
from directory.models import RoleRequest, User
from directory.permissions import can
from directory.queries.inventory import PersonRow, everybody, narrowed, rows_of
from directory.reauthentication import asked_again, recently_authenticated
from directory.roles import ROLE_CHOICES, Permission


class GiveForm(forms.Form):
    """A role for this person."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLE_CHOICES)


def keeper(request: HttpRequest, permission: Permission = Permission.ROLES_ASSIGN) -> User:
    """Only who holds the permission."""
    user = signed_in(request)
    if not can(user, permission):
        raise PermissionDenied
    return user


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/office/people/<id>/`: roles of one person; give one, end one, take the person out."""
    user = keeper(request)
    found = get_object_or_404(User.objects.filter(is_active=True).select_related("organization"), pk=pk)
    form = GiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if again := asked_again(request):
            return again
        if form.is_valid() and given(form, found, by=user):
            messages.success(request, _("The role is given. It holds from now on."))
            return redirect("members:office_person", pk=found.pk)
    context = {"row": rows_of([found])[0], "form": form, "is_self": found.pk == user.pk}
    context["may_reset"] = can(user, Permission.FACTORS_RESET) and found.pk != user.pk
    return render(request, "directory/members/office_person.html", context)


def given(form: GiveForm, person: User, *, by: User) -> bool:
    """Try it; a refusal stands beside the field."""
    try:
        roles.give_by_office(user=person, role=form.cleaned_data["role"], by=by)
    except ValidationError as refused:
        form.add_error("role", refused)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def person_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/office/people/<id>/remove/`: the person left."""
    user = keeper(request)
    found = get_object_or_404(User.objects.filter(is_active=True).select_related("organization"), pk=pk)
    return removal(request, found, by=user, back=reverse("members:office_people"))


@require_http_methods(["GET", "HEAD", "POST"])
def role_requests(request: HttpRequest) -> HttpResponse:
    """`/members/office/people/requests/`: roles that organisations ask for; the oldest first."""
    user = keeper(request)
    asked = RoleRequest.objects.visible_to(user).select_related("user", "organization", "asked_by")
    if request.method == "POST":
        if again := asked_again(request):
            return again
        one = get_object_or_404(asked, pk=number(request.POST.get("request", "")))
        try:
            roles.answer(request=one, give=request.POST.get("answer") == "give", by=user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("Answered. The organisation hears of it."))
        return redirect("members:office_role_requests")
    waiting = list(asked.waiting())
    people = {row.user.pk: row for row in rows_of({each.user_id: each.user for each in waiting}.values())}
    answered = asked.exclude(decided_at=None).order_by("-decided_at")[:20]
    context = {"waiting": [(each, people[each.user_id]) for each in waiting], "answered": answered}
    return render(request, "directory/members/office_role_requests.html", context)


@require_safe
@recently_authenticated(file=True)
def inventory(request: HttpRequest) -> HttpResponse:
    """`/members/office/people/inventory.csv?f=…`: a line a role, a line without one for whoever has none."""
    user = keeper(request, Permission.PEOPLE_READ)
    chosen = request.GET.get("f", "")
    rows = [line for row in rows_of(narrowed(everybody(), chosen)) for line in lines_of(row)]
    audit.record("people.exported", by=user, rows=len(rows))
    header = [
        _("Name"),
        _("E-mail address"),
        _("Organisation"),
        _("Role"),
        pgettext("column", "Since"),
        pgettext("column", "Until (this day no more)"),
        pgettext("column", "Rests from"),
        _("Last signed in (month)"),
        _("Second factor (1 = yes)"),
        _("Rules accepted (version)"),
        _("Confirmed on"),
    ]
    content = exports.csv_bytes(header, rows)
    return exports.download(content, name="people.csv", media_type=exports.CSV_TYPE)


def lines_of(row: PersonRow) -> list[list[exports.Cell]]:
    """A person as lines of the table."""
    user = row.user
    organization = user.organization.name if user.organization else ""
    start: list[exports.Cell] = [user.name, user.email, organization]
    end: list[exports.Cell] = [row.last_month, row.has_factor, row.version, row.confirmed_on]
    held = [each.assignment for each in row.held]
    if not held:
        return [[*start, "", None, None, None, *end]]
    return [[*start, str(each.get_role_display()), each.since, each.until, each.pauses_on, *end] for each in held]
