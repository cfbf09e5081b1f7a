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


def is_over(request: HttpRequest) -> bool:
    """The browser still holds the cookie of a visit that is gone: it was ended, or its hour is over."""
    return bool(request.COOKIES.get(NAME)) and visit_of(request) is None


def begin(response: HttpResponse) -> ConsultVisit:
    """A new visit; its cookie goes with that answer."""
    token, visit = visits.begin()
    give(response, token)
    return visit


def give(response: HttpResponse, token: str) -> None:
    """The cookie of a visit, with that answer."""
    response.set_cookie(NAME, token, path=PATH, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def renew(response: HttpResponse, visit: ConsultVisit | None) -> None:
    """The visit goes on under another value: a cookie that somebody planted beforehand shows them nothing from here on."""
    if visit is not None:
        give(response, visits.turn(visit))


def take(response: HttpResponse) -> None:
    """The browser forgets it."""
    response.delete_cookie(NAME, path=PATH, samesite="Lax")


def end(request: HttpRequest, response: HttpResponse) -> None:
    """Gone, here and there."""
    visits.end(request.COOKIES.get(NAME, ""))
    take(response)
