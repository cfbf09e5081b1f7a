"""The inbox: what has come to the desks where this person sits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.members.consultations.finding import signed_in
from directory.models import Consultation


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """`consultations/`: those that wait, urgent ones first."""
    shown = Consultation.objects.visible_to(signed_in(request)).open()
    return render(request, "directory/members/consultations.html", {"rows": shown[:20]})
