"""The auditor's first page: are the records whole, was the glass broken, who read what. No word of a case."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from casebook.members.finding import page, signed_in
from casebook.members.forms.access_log import AccessLogForm
from casebook.models import EmergencyReading
from casebook.queries.access_log import lines_of, narrowed
from cms import chains, dates
from directory.permissions import can
from directory.roles import Permission

PAGE_SIZE = 30
LATEST = 10


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """`/members/audit/`: the state of the chains, readings in an emergency, the access log."""
    user = signed_in(request)
    if not can(user, Permission.AUDIT_READ):
        raise PermissionDenied
    form = AccessLogForm(request.GET)
    found = narrowed(**form.cleaned_data) if form.is_valid() else narrowed()
    rows = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return page(
        request,
        "casebook/members/audit.html",
        states=chains.states(),
        emergencies=EmergencyReading.objects.visible_to(user).select_related("by")[:LATEST],
        now=dates.now(),
        log=form,
        page=rows,
        lines=lines_of(rows.object_list),
        query=_without_page(request.GET),
    )


def _without_page(query: QueryDict) -> str:
    """The filters, for the way to the next page: only what the form knows."""
    kept = QueryDict(mutable=True)
    for name in AccessLogForm.base_fields:
        if query.get(name):
            kept[name] = query.get(name, "")
    return kept.urlencode()
