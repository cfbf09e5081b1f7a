"""Once a year: who still works here, with which roles. One screen, one press for all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cms import dates
from directory.actions import attestations as actions
from directory.members.persons import administrator, number
from directory.models import Attestation
from directory.queries.inventory import rows_of


@require_http_methods(["GET", "HEAD", "POST"])
def attestation(request: HttpRequest) -> HttpResponse:
    """`/members/people/attestation/`: own people who wait, and those who are confirmed."""
    user = administrator(request)
    current = actions.round_on(dates.today())
    mine = Attestation.objects.none()
    if current is not None and current.opened_at is not None:
        rows = Attestation.objects.visible_to(user).filter(round=current, organization=user.organization_id)
        mine = rows.select_related("user__organization")
    if request.method == "POST":
        waiting = list(mine.waiting())
        if "all" not in request.POST:
            waiting = [get_object_or_404(mine, pk=number(request.POST.get("here", "")))]
        count = actions.still_here(attestations=waiting, by=user)
        words = ngettext("%(count)d person is confirmed.", "%(count)d people are confirmed.", count)
        messages.success(request, _("Thank you.") + words % {"count": count})
        return redirect("members:attestation")
    listed = list(mine)
    people = {row.user.pk: row for row in rows_of([each.user for each in listed])}
    pairs = [(each, people[each.user_id]) for each in listed]
    context = {
        "round": current,
        "waiting": [(each, row) for each, row in pairs if each.answer == "waiting"],
        "done": [(each, row) for each, row in pairs if each.answer != "waiting"],
        "today": dates.today(),
    }
    return render(request, "directory/members/attestation.html", context)
