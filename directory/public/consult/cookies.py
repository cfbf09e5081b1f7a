"""The cookie of a visit: a random value, for `/consult/` alone, gone with the browser."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from directory.actions.consultations import visits
from directory.models import ConsultVisit

NAME = "page"  # says nothing
PATH = "/consult/"


def visit_of(request: HttpRequest) -> ConsultVisit | None:
    """The visit of this browser, while its hour lasts."""
    return visits.find(request.COOKIES.get(NAME, ""))


def begin(response: HttpResponse) -> ConsultVisit:
    """A new visit; its cookie goes with that answer."""
    token, visit = visits.begin()
    response.set_cookie(NAME, token, path=PATH, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return visit


def end(request: HttpRequest, response: HttpResponse) -> None:
    """Gone, here and there."""
    visits.end(request.COOKIES.get(NAME, ""))
    response.delete_cookie(NAME, path=PATH, samesite="Lax")
