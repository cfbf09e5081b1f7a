"""Doors that belong to no room: health, errors."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms import encryption, outbox

View = Callable[..., HttpResponse]


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok", content_type="text/plain")


def migrated() -> bool:
    """No migration is waiting."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def cache_keeps() -> bool:
    """What is put into the cache comes out again."""
    cache.set("readyz", 1, 5)
    return bool(cache.get("readyz") == 1)


def database_answers() -> bool:
    """The simplest question is answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def answers(question: Callable[[], bool]) -> bool:
    """True when the question is answered with yes. Whatever goes wrong means no: that is the answer a probe wants."""
    try:
        return question()
    except Exception:  # noqa: BLE001 - a probe reports any failure as "not ready", it never fails itself
        return False


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 or 503 with one true/false for each part, and nothing more."""
    parts = {
        "database": answers(database_answers),
        "migrations": answers(migrated),
        "keys": answers(encryption.ready),
        "cache": answers(cache_keeps),
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


def when_csrf_fails(answer: View) -> Callable[[View], View]:
    """Decorate a view, outermost: `answer(request)` gives back what was typed when the form's token or cookie is missing.

    It must change nothing: the form may come from elsewhere.
    """

    def mark(view: View) -> View:
        view.csrf_answer = answer  # type: ignore[attr-defined]
        return view

    return mark


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long or came from elsewhere: 403, and what to do now."""
    match = request.resolver_match
    answer: View | None = getattr(match.func, "csrf_answer", None) if match else None
    if answer is not None:
        return answer(request)
    return render(request, "403.html", {"csrf": True}, status=403)
