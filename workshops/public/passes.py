"""The QR code a registrant shows at the door."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from workshops.actions import passes
from workshops.models import Registration


@require_safe
def qr(request: HttpRequest, token: str) -> HttpResponse:
    """`/registrations/<token>/qr.svg`: the code as a picture, while a seat is held. It says nothing to a stranger."""
    registration = Registration.objects.by_link(token).first()
    if registration is None or not registration.is_active:
        raise Http404
    return HttpResponse(passes.drawing(registration), content_type="image/svg+xml")
