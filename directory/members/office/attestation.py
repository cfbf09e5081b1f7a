"""The secretariat's office: the yearly confirmation, who has not answered, individuals, the days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from cms import dates
from directory.actions import attestations as actions
from directory.forms import DayField
from directory.members.office.persons import keeper
from directory.members.persons import number
from directory.models import Attestation, AttestationRound, Organization, RoleAssignment
from directory.queries.inventory import PersonRow, rows_of
from directory.roles import Permission


class RoundForm(forms.Form):
    """When it begins, and from when on what is not confirmed rests."""

    starts_on = DayField(label=gettext_lazy("Begins on"))
    due_on = DayField(
        label=gettext_lazy("To be confirmed by"),
        help_text=gettext_lazy("On the day after, unconfirmed casebook roles rest."),
    )
    final_on = DayField(
        label=gettext_lazy("The last day"), help_text=gettext_lazy("On the day after, all unconfirmed roles rest.")
    )


@dataclass
class Group:
    """An organisation (None: people without one) in this year's confirmation."""

    organization: Organization | None
    has_admin: bool
    waiting: list[tuple[Attestation, PersonRow]] = field(default_factory=list)
    total: int = 0

    @property
    def by_office(self) -> bool:
        """Nobody of their own can confirm them: the secretariat does."""
        return self.organization is None or not self.has_admin


@require_http_methods(["GET", "HEAD", "POST"])
def attestation(request: HttpRequest) -> HttpResponse:
    """`/members/office/people/attestation/`: set the days; see who has not answered; confirm whom nobody else can."""
    keeper(request, Permission.MEMBERSHIPS_KEEP)
    current = actions.round_on(dates.today())
    proposed = current or upcoming()
    days = {"starts_on": proposed.starts_on, "due_on": proposed.due_on, "final_on": proposed.final_on}
    planning = request.method == "POST" and "plan" in request.POST
    form = RoundForm(request.POST if planning else None, initial=days)
    if request.method == "POST":
        done = planned(request, form) if planning else confirmed(request, current)
        if done:
            return redirect("members:office_attestation")
    context = {
        "round": current,
        "form": form,
        "groups": groups_of(current),
        "today": dates.today(),
        "form_open": planning or current is None,
    }
    return render(request, "directory/members/office_attestation.html", context)


def upcoming() -> AttestationRound:
    """What would be next: this April, or (once it is over) three weeks from today, for a first year begun late."""
    today = dates.today()
    usual = actions.default_round(dates.fiscal_year(today))
    if usual.due_on >= today:
        return usual
    due = today + dt.timedelta(days=21)
    return AttestationRound(starts_on=today, due_on=due, final_on=due + dt.timedelta(days=30))


def planned(request: HttpRequest, form: RoundForm) -> bool:
    """Write the days down; what is wrong stands beside the field."""
    if not form.is_valid():
        return False
    try:
        actions.plan(**form.cleaned_data, by=keeper(request, Permission.MEMBERSHIPS_KEEP))
    except ValidationError as refused:
        for name, sentences in refused.message_dict.items():
            form.add_error(name, sentences)
        return False
    messages.success(request, _("The days are set."))
    return True


def confirmed(request: HttpRequest, current: AttestationRound | None) -> bool:
    """One person (`here`), or all of an organisation (`organization`; 0: people without one)."""
    mine = Attestation.objects.filter(round=current).select_related("user")
    if "here" in request.POST:
        chosen = [get_object_or_404(mine, pk=number(request.POST["here"]))]
    else:
        asked = number(request.POST.get("organization", ""))
        chosen = list(mine.waiting().filter(organization=asked or None))
    count = actions.still_here(attestations=chosen, by=keeper(request, Permission.MEMBERSHIPS_KEEP))
    words = ngettext("%(count)d person is confirmed.", "%(count)d people are confirmed.", count)
    messages.success(request, words % {"count": count})
    return True


def groups_of(current: AttestationRound | None) -> list[Group]:
    """By organisation; where somebody waits comes first. A constant number of queries."""
    rows = list(
        Attestation.objects.filter(round=current).select_related("organization", "user__organization").order_by(
            "organization__kana", "organization__name", "user__name", "pk"
        )
    ) if current else []  # fmt: skip
    admins = set(RoleAssignment.objects.active().filter(role="orgadmin").values_list("organization", flat=True))
    people = {row.user.pk: row for row in rows_of([each.user for each in rows if each.answer == "waiting"])}
    found: dict[int | None, Group] = {}
    for each in rows:
        key = each.organization_id
        group = found.setdefault(key, Group(each.organization, key in admins))
        group.total += 1
        if each.answer == "waiting":
            group.waiting.append((each, people[each.user_id]))
    return sorted(found.values(), key=lambda group: not group.waiting)
