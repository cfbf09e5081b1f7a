"""Once more, before something important: tables of people, roles, invitations to the office, second factors.

    @recently_authenticated                the page asks when it is opened, and when it is posted
    @recently_authenticated(file=True)     a download: afterwards a page with the button that saves
    if again := asked_again(request):      inside a view, when only some posts are important
        return again

Within ten minutes of signing in, or of the last question, nobody is asked (settings.ACCOUNT_REAUTHENTICATION_TIMEOUT).
What was typed is not lost: it is offered again afterwards (directory.unsent).
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, overload
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from directory import unsent

View = Callable[..., Any]
BY_THE_CITY = "second_factor_by_the_city"  # in the session: its login asked for two


def has_second_factor(request: HttpRequest) -> bool:
    """A device of their own, or the city's login asked for it (and the settings let that count)."""
    asked_there = settings.OIDC_COUNTS_AS_MFA and request.session.get(BY_THE_CITY, False)
    return bool(asked_there or is_mfa_enabled(request.user))


def is_recent(request: HttpRequest) -> bool:
    """The person proved who they are within the last ten minutes, by signing in or by being asked once more."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    latest = max((record["at"] for record in records), default=0)
    return bool(time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


@overload
def recently_authenticated(view: View) -> View: ...
@overload
def recently_authenticated(view: None = None, *, file: bool = False) -> Callable[[View], View]: ...
def recently_authenticated(view: View | None = None, *, file: bool = False) -> Any:
    """Decorator of a view behind the gate: it runs only for somebody who proved a short while ago who they are."""
    if view is None:
        return lambda wrapped: recently_authenticated_view(wrapped, file)
    return recently_authenticated_view(view, file)


def recently_authenticated_view(view: View, file: bool) -> View:
    """The view with the question before it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return asked_again(request, file=file) or view(request, *args, **kwargs)

    return guarded


def asked_again(request: HttpRequest, *, file: bool = False) -> HttpResponse | None:
    """The way to the question, or None when it need not be asked."""
    if is_recent(request):
        return None
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    question = methods[0]["url"] if methods else settings.LOGIN_URL
    joint = "&" if "?" in question else "?"
    asked = led(request, f"{question}{joint}{urlencode({'next': way_on(request, file)})}")
    asked.only_asks = True  # type: ignore[attr-defined]  # the form is not used up (cms.once)
    return asked


def way_on(request: HttpRequest, file: bool) -> str:
    """Where the person goes after the answer."""
    if file and request.method != "POST":
        return f"{reverse('file_ready')}?{urlencode({'file': request.get_full_path(), 'back': page_before(request)})}"
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    if unsent.keep(request, request.session, request.user.pk or 0):
        return reverse("unsent_form")
    messages.warning(request, _("What you did last was not carried out. Please do it once more."))
    return page_before(request)


def page_before(request: HttpRequest) -> str:
    """The page of this site that the person came from, else the members' home."""
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or came_from.path.startswith("/accounts/"):
        return settings.LOGIN_REDIRECT_URL
    return came_from._replace(scheme="", netloc="", fragment="").geturl()


def led(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect that also works when htmx asked for a part of a page."""
    return HttpResponseClientRedirect(url) if getattr(request, "htmx", False) else redirect(url)


def local(url: str) -> str:
    """An address of this site as it is; anything else becomes the members' home."""
    is_ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if is_ours else settings.LOGIN_REDIRECT_URL
