"""Doors of open data: anybody may read from anywhere, nobody may write; unchanged answers are not sent twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe
from django.utils.translation import gettext as _

from cms.throttle import address, allow

READING = ("GET", "HEAD")
#: Requests a minute from one address: all desks of a large city, in full, are ten pages of a quarter of a second each.
LIMIT = 120
#: A number that is hidden must vanish soon, also from caches on the way (seconds).
KEPT_FOR = 60
PROBLEM = "application/problem+json"

View = Callable[..., HttpResponseBase]


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """An error as RFC 9457 wants it; the words are for the person who writes the program."""
    body = {"type": "about:blank", "title": title, "status": status} | ({"detail": detail} if detail else {}) | more
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)


def open_door(view: View, *, limit: int = 0) -> View:
    """GET and HEAD for everybody, from pages of any host, without cookies; 304 when nothing has changed.

    `limit`: requests a minute from one address, counted for this view alone; 0: `LIMIT` for all the others together.
    """

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        counted = (f"open_data.{view.__name__}", limit) if limit else ("open_data", LIMIT)
        response = _answer(view, counted, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Content-Disposition"
        response["X-Content-Type-Options"] = "nosniff"
        # A page elsewhere may read the answer: what it carries is public.
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


def _answer(view: View, counted: tuple[str, int], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in READING:
        response = problem(405, _("This data can only be read."))
        response["Allow"] = ", ".join((*READING, "OPTIONS"))
        return response
    action, limit = counted
    if not allow(action, address(request), limit=limit, seconds=60):
        response = problem(429, _("Too many requests. Please try again in a minute."))
        response["Retry-After"] = "60"
        return response
    return _unless_known(request, _as_get(view, request, *args, **kwargs))


def _preflight() -> HttpResponse:
    """If-None-Match is not a header that browsers send elsewhere without asking first."""
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = ", ".join((*READING, "OPTIONS"))
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _as_get(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """HEAD is asked as GET; the server leaves the body out."""
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def _unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Cache headers and the tag of the content; 304 to whom already has it."""
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        response["Cache-Control"] = "no-store"
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    said = response.get("Last-Modified")
    known: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=parse_http_date_safe(said) if said else None, response=response
    )
    return response if known is None else known
