"""`/members/office/receptions/`: which desks take what residents write. People and figures; the office reads no word."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cms.once import once
from directory.members.office.persons import keeper
from directory.members.reception_forms import ASK_AGAIN, Receiving
from directory.models import ConsultationDesk, DeskReception
from directory.queries.consultations.receptions import desks_kept, rows_of, unseen
from directory.reauthentication import asked_again
from directory.roles import Permission


@require_safe
def receptions(request: HttpRequest) -> HttpResponse:
    """Every desk of the city: what it promises, who sits there, what is missing, how many wait."""
    keeper(request, Permission.COUNSELLORS_SEAT)
    rows = rows_of(desks_kept())
    context = {
        "front": DeskReception.objects.receiving(),
        "unseen": unseen(),
        "open": [row for row in rows if row.reception.takes],
        "missing": sum(bool(row.missing) for row in rows),
        "closed": [row for row in rows if not row.reception.takes],
    }
    return render(request, "directory/members/office_receptions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def reception(request: HttpRequest, slug: str) -> HttpResponse:
    """One desk: letters or not, how soon, who sits there, whether it receives for all."""
    by = keeper(request, Permission.COUNSELLORS_SEAT)
    desk = get_object_or_404(ConsultationDesk.objects.local().select_related("organization"), slug=slug)
    if request.POST.get("act") in ASK_AGAIN and (again := asked_again(request)):
        return again
    receiving = Receiving(request, rows_of([desk])[0], by=by)
    if receiving.done:
        return redirect("members:office_reception", desk.slug)
    context = {**receiving.context, "front": DeskReception.objects.receiving()}
    status = 422 if request.method == "POST" else 200
    return render(request, "directory/members/office_reception.html", context, status=status)
