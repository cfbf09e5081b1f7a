"""Sessions end by themselves: after a pause, and at the latest after a working day.

Half an hour without a request ends a member's session, a quarter of an hour that of somebody who may enter `/admin/`,
twelve hours everybody's (settings.SESSION_IDLE, SESSION_IDLE_STAFF, SESSION_LONGEST). The next request is a stranger's.
What that request had typed waits sealed for the same person (directory.unsent), and the login page says what happened.
"""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from directory import unsent
from directory.permissions import may_enter
from directory.reauthentication import led, page_before
from directory.roles import Door

BEGAN = "session_began"
SEEN = "session_seen"
TOUCH_EVERY = 60  # seconds: reading pages writes the session once a minute at most
# Wagtail's editor calls home every few seconds, also while nobody sits there.
NOBODY_THERE = ("/admin/editing-sessions/", "/admin/sprite/", "/admin/jsi18n/")


def begin(session: SessionBase) -> None:
    """Somebody has signed in: both clocks start."""
    session[BEGAN] = session[SEEN] = time.time()


def has_ended(request: HttpRequest, now: float) -> bool:
    """Too long a pause, or too long a day."""
    session = request.session
    if BEGAN not in session:  # from before there were clocks
        begin(session)
    staff = may_enter(request.user, Door.WAGTAIL)
    pause = settings.SESSION_IDLE_STAFF if staff else settings.SESSION_IDLE
    return bool(now - session[SEEN] >= pause or now - session[BEGAN] >= settings.SESSION_LONGEST)


class SessionClock:
    """Middleware, after authentication, messages and allauth, before the gate."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without the cookie the session is not even looked at: public pages stay the same for every cache.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        now = time.time()
        if has_ended(request, now):
            return self.ended(request)
        if now - request.session[SEEN] >= TOUCH_EVERY and not request.path.startswith(NOBODY_THERE):
            request.session[SEEN] = now
        return self.get_response(request)

    def ended(self, request: HttpRequest) -> HttpResponse:
        """The request goes on as a stranger's. Where that leads to the login, say why and keep what was typed."""
        user_id = request.user.pk or 0
        logout(request)
        response = self.get_response(request)
        login = resolve_url(settings.LOGIN_URL)
        if response.status_code != 302 or not response.headers["Location"].startswith(login):
            return response
        target = request.get_full_path()
        sentence = _("You were signed out, because nothing happened for a while. Please sign in again.")
        if request.method not in {"GET", "HEAD"} or getattr(request, "htmx", False):
            target, sentence = self.way_back(request, user_id)
        messages.warning(request, sentence)
        return led(request, f"{login}?{urlencode({'next': target})}")

    @staticmethod
    def way_back(request: HttpRequest, user_id: int) -> tuple[str, str]:
        """Where the person goes on after signing in, and what they are told about what they had typed."""
        if unsent.keep(request, request.session, user_id):
            words = _(
                "You were signed out, because nothing happened for a while. What you wrote is kept: sign in again."
            )
            return reverse("unsent_form"), words
        words = _(
            "You were signed out, because nothing happened for a while. "
            "What you did last was not carried out; please sign in and do it once more."
        )
        return page_before(request), words
