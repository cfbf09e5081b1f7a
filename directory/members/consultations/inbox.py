"""The inbox: what has come to the desks where this person sits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from cms import dates
from directory.actions.consultations import receiving
from directory.members.consultations.finding import signed_in
from directory.permissions import can
from directory.queries.consultations.duty import on_duty
from directory.queries.consultations.handing_on import asked_of
from directory.queries.consultations.inbox import Inbox, Tab, desks_of
from directory.roles import Permission

LABELS: dict[Tab, str | Promise] = {
    Tab.NOBODY: pgettext_lazy("inbox", "Nobody has it yet"),
    Tab.MINE: pgettext_lazy("inbox", "Mine"),
    Tab.PERSON: pgettext_lazy("inbox", "The person's turn"),
    Tab.HANDED: pgettext_lazy("inbox", "Handing on"),
    Tab.COLLEAGUES: pgettext_lazy("inbox", "With colleagues"),
    Tab.ASIDE: pgettext_lazy("inbox", "No consultations"),
    Tab.ENDED: pgettext_lazy("inbox", "Ended"),
}


@sensitive_variables()
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """`consultations/?tab=…&desk=…&page=…`: a pile of one's desks, urgent ones first."""
    user = signed_in(request)
    desks = desks_of(user)
    chosen = [desk for desk in desks if desk.slug == request.GET.get("desk", "")]
    wanted = request.GET.get("tab", "")
    tab = Tab(wanted) if wanted in list(Tab) else Tab.NOBODY
    inbox, duties = Inbox(user, chosen or desks), on_duty(chosen or desks)
    counts, page = inbox.counts(), inbox.page(tab, request.GET.get("page"))
    receiving.listed(by=user, consultations=[line.consultation for line in page])
    context = {
        "now": dates.now(),
        "desks": desks,
        "chosen": chosen[0] if chosen else None,
        "tab": tab,
        "label": LABELS[tab],
        "tabs": [(each, LABELS[each], counts[each]) for each in Tab],
        "page": page,
        "mine": inbox.mine_beside() if tab == Tab.NOBODY else [],
        "mine_count": counts[Tab.MINE],
        "asked": asked_of(user).count(),
        "duties": duties,
        "supervises": can(user, Permission.CONSULTATIONS_SUPERVISE),
        "people": list({person.pk: person for duty in duties for person in duty.people}.values()),
    }
    return render(request, "directory/members/consultations.html", context)
