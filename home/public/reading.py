"""The reader's tools: larger text, dusk colours and furigana, kept as a cookie in the reader's own browser."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from cms.context import FURIGANA, SIZES, THEMES

CHOICES = {"theme": THEMES, "size": SIZES, "furigana": FURIGANA}
ONE_YEAR = 365 * 24 * 60 * 60  # seconds


def back_to(request: HttpRequest) -> str:
    """Where the reader was: an address of this site, else the first page."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"


@never_cache
def reader_settings(request: HttpRequest) -> HttpResponse:
    """Keep what was posted (`theme`, `size`, `furigana`; empty = as usual) and lead back. GET changes nothing."""
    response = HttpResponseRedirect(back_to(request))
    if request.method != "POST":
        return response
    for name, allowed in CHOICES.items():
        if name not in request.POST:
            continue
        value = request.POST[name]
        if value in allowed:
            response.set_cookie(
                name, value, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
            )
        else:
            response.delete_cookie(name, samesite="Lax")
    return response
