"""Doors that belong to no room: health, errors."""

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms import encryption, outbox


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok", content_type="text/plain")


def migrated() -> bool:
    """No migration is waiting."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def answers(question: object) -> bool:
    """True when the question is answered truthfully; an exception means no."""
    try:
        return bool(question())  # type: ignore[operator]
    except Exception:
        return False


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 or 503 with one true/false for each part, and nothing more."""
    cache_key = "readyz"
    parts = {
        "database": answers(lambda: connection.cursor().execute("SELECT 1") or True),
        "migrations": answers(migrated),
        "keys": answers(encryption.ready),
        "cache": answers(lambda: cache.set(cache_key, 1, 5) or cache.get(cache_key) == 1),
        "worker": answers(outbox.worker_alive),
    }
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a weakness."""
    return render(request, "security.txt", content_type="text/plain; charset=utf-8")


def closed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """A screen of a package that we do not offer."""
    raise Http404


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long or came from elsewhere: 403, and what to do now."""
    return render(request, "403.html", {"csrf": True}, status=403)
