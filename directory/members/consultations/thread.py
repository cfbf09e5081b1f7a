"""One consultation: what the person wrote, what the desk answered."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.actions.consultations import receiving
from directory.members.consultations.finding import find, signed_in


@require_safe
def consultation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`consultations/<id>/`. Opening it writes a line of the trail, and tells the person that it was read."""
    found = find(request, pk)
    receiving.read(by=signed_in(request), consultation=found)
    return render(request, "directory/members/consultation.html", {"consultation": found})
