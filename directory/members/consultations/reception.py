"""The supervisor's desk: how soon it answers, who is called, who sits there."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cms.once import once
from directory.members.consultations.finding import signed_in
from directory.members.reception_forms import ASK_AGAIN, Receiving
from directory.permissions import can
from directory.queries.consultations.receptions import desks_supervised, rows_of
from directory.reauthentication import asked_again
from directory.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@once
def reception(request: HttpRequest) -> HttpResponse:
    """`/members/consultations/desk/?desk=…`: one of the own desks, the first unless another is named."""
    by = signed_in(request)
    if not can(by, Permission.CONSULTATIONS_SUPERVISE):
        raise PermissionDenied
    rows = rows_of(desks_supervised(by))
    wanted = request.GET.get("desk", "")
    row = next((each for each in rows if wanted in ("", each.desk.slug)), None)
    if row is None:
        if wanted or request.method == "POST":
            raise Http404
        return render(request, "directory/members/consultation_reception.html", {"rows": rows})
    if request.POST.get("act") == "receiving":  # the office's word
        raise PermissionDenied
    if request.POST.get("act") in ASK_AGAIN and (again := asked_again(request)):
        return again
    receiving = Receiving(request, row, by=by)
    if receiving.done:
        return redirect(f"{reverse('members:consultation_reception')}?desk={row.desk.slug}")
    context = {**receiving.context, "rows": rows}
    status = 422 if request.method == "POST" else 200
    return render(request, "directory/members/consultation_reception.html", context, status=status)
