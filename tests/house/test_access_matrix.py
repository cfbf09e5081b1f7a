"""Every route × every actor × GET and POST; every private word against every answer."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.urls import URLPattern, URLResolver, get_resolver, include, path, resolve, reverse

from cms import urls
from cms.models import Mail
from cms.views import healthz
from directory.gate import door_of
from directory.permissions import may_enter
from directory.public.consult.cookies import NAME as VISIT
from tests.access import ACTORS, Row, without_csrf
from tests.access.cms import ALLOWED_ADMIN, PACKAGES
from tests.access.world import ROOMS, World
from tests.factories.people import sign_in

ROWS = {room: import_module(f"tests.access.{room}").ROWS for room in ROOMS}


def routes(resolver: URLResolver, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """(name with namespaces, path pattern, pattern) of every route."""
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from routes(entry, inner, address)
        else:
            yield ":".join(part for part in (namespace, entry.name or "") if part), address, entry


def package_prefix(address: str, pattern: URLPattern) -> str | None:
    """The prefix row of a package's route; None for routes of our rooms."""
    module = pattern.callback.__module__ or ""
    of_a_room = module.split(".")[0] in ROOMS and getattr(pattern.callback, "__name__", "") != "closed"
    if of_a_room and not address.startswith(("admin/", "documents/")):
        return None
    return next(prefix for prefix in PACKAGES if address.startswith(prefix))


def ours(urlconf: Any = None) -> set[str]:
    """Names of the routes of our rooms."""
    return {
        name for name, address, pattern in routes(get_resolver(urlconf)) if package_prefix(address, pattern) is None
    }


def outside_the_gate(urlconf: Any = None) -> set[str]:
    """Names of routes whose view lives in a `.members.` module and that are not in the namespace, or the other way."""
    found = list(routes(get_resolver(urlconf)))
    behind = {name for name, _, pattern in found if ".members." in (pattern.callback.__module__ or "")}
    return behind ^ {name for name, _, _ in found if in_members(name)}


def rows_named() -> list[str]:
    """The routes that have rows, in order."""
    return sorted(row.route for rows in ROWS.values() for row in rows)


ALL = list(routes(get_resolver()))


def in_members(route: str) -> bool:
    return route.startswith("members:")


def has_door(world: World, actor: str, url: str) -> bool:
    """A role of this actor opens the door of that address; communications staff have none here."""
    user = world.users[actor]
    return user is not None and may_enter(user, door_of(resolve(url)))


def expected(world: World, row: Row, actor: str, method: str, url: str) -> set[int]:
    """The statuses this actor may get: what the row says, else a refusal."""
    allowed = row.get if method == "GET" else row.post
    if actor in allowed:
        return {allowed[actor]}
    if in_members(row.route):
        if actor == "stranger":
            return {302}
        if not has_door(world, actor, url):
            return {403}
    return {row.otherwise} if method == "GET" else {403, 404, 405}


def ask(world: World, actor: str, method: str, url: str, data: dict[str, Any]) -> Any:
    """One request, undone afterwards: also what it told the browser of a visit to the writing desk."""
    client = world.clients[actor]
    visit = client.cookies[VISIT].value if VISIT in client.cookies else None
    with transaction.atomic():
        response = client.get(url) if method == "GET" else client.post(url, data)
        transaction.set_rollback(True)
    client.cookies.pop(VISIT, None)
    if visit is not None:
        client.cookies[VISIT] = visit
    if world.users[actor] is not None and settings.SESSION_COOKIE_NAME in response.cookies:
        sign_in(client, world.users[actor])
    return response


def words_seen(world: World, response: Any) -> set[str]:
    """Names of the canaries in the body or the headers of an answer."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode("utf-8", "replace") + repr(list(response.headers.items()))
    return {name for name, word in world.canaries.items() if word in text}


def faults_of(world: World, row: Row) -> Iterator[str]:
    """What is wrong with the answers of one route."""
    cache.clear()  # each route begins with fresh throttles: so many actors share one address
    url = reverse(row.route, kwargs=row.kwargs(world))
    for actor in ACTORS:
        for method in ("GET", "POST"):
            response = ask(world, actor, method, url, row.data(world) if method == "POST" else {})
            wanted = expected(world, row, actor, method, url)
            if response.status_code not in wanted:
                yield f"{method} {row.route} as {actor}: {response.status_code}, not {wanted}"
            for word in words_seen(world, response):
                if actor not in row.shows.get(word, set()):
                    yield f"{method} {row.route} as {actor} shows {word}"
            private = in_members(row.route)
            if private and response.headers.get("Cache-Control") != "private, no-store":
                yield f"{method} {row.route} as {actor} may be cached"
            if private and response.headers.get("X-Robots-Tag") != "noindex":
                yield f"{method} {row.route} as {actor} may be indexed"
    if row.wrong is not None:
        yield from wrong_id_faults(world, row)


def wrong_id_faults(world: World, row: Row) -> Iterator[str]:
    """A thing that does not exist and one that may not be seen answer alike, byte by byte.

    Whom the gate refuses before the view has been asked above: nothing there depends on the thing.
    """
    url, missing = reverse(row.route, kwargs=row.kwargs(world)), reverse(row.route, kwargs=dict(row.wrong or {}))
    for actor in ACTORS[1:]:
        if in_members(row.route) and not has_door(world, actor, url):
            continue
        cache.clear()  # two more requests an actor: whole tables are throttled at thirty
        absent = ask(world, actor, "GET", missing, {})
        if absent.status_code not in {403, 404, 405}:
            yield f"{row.route} with a wrong id as {actor}: {absent.status_code}"
        present = ask(world, actor, "GET", url, {})
        words_seen(world, present)  # a streamed file is read to its end, and so closed
        if present.status_code == 404 and without_csrf(absent.content) != without_csrf(present.content):
            yield f"{row.route} as {actor}: a foreign thing is told from a missing one"


A_PART = 20
PARTS = [(room, start) for room in ROOMS for start in range(0, len(ROWS[room]), A_PART)]


@pytest.mark.django_db
@pytest.mark.parametrize(("room", "start"), PARTS, ids=[f"{room}-{start}" for room, start in PARTS])
def test_every_route_answers_each_actor_as_its_row_says(world: World, room: str, start: int, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        faults = [fault for row in ROWS[room][start : start + A_PART] for fault in faults_of(world, row)]
    assert faults == []
    assert [name for name, word in world.canaries.items() if word in caplog.text] == []


def test_every_route_has_one_row() -> None:
    assert rows_named() == sorted(ours())


def test_members_views_live_in_the_namespace_and_nowhere_else() -> None:
    assert outside_the_gate() == set()


class WithAForgottenRoute:
    """The URL map with one public route more."""

    urlpatterns = [path("forgotten/", healthz, name="forgotten"), *urls.urlpatterns]


class WithAnOpenDoor:
    """The URL map with the casebook mounted a second time, outside the namespace."""

    urlpatterns = [path("open/", include("casebook.members.urls")), *urls.urlpatterns]


def test_a_route_without_a_row_is_noticed() -> None:
    assert set(ours(WithAForgottenRoute)) - set(rows_named()) == {"forgotten"}


def test_a_members_view_mounted_elsewhere_is_noticed() -> None:
    assert "case_detail" in outside_the_gate(WithAnOpenDoor)


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusals without their page: here only the gate's answer counts, and there are thousands of them."""
    handlers = {
        403: lambda request, exception: HttpResponseForbidden(),
        404: lambda request, exception: HttpResponseNotFound(),
    }
    original = URLResolver.resolve_error_handler
    monkeypatch.setattr(
        URLResolver, "resolve_error_handler", lambda self, code: handlers.get(code) or original(self, code)
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("plain_refusals")
def test_packages_routes_refuse_whom_their_prefix_refuses(world: World) -> None:
    faults = []
    for name, address, pattern in ALL:
        prefix = package_prefix(address, pattern)
        if prefix != "admin/" or address.startswith(("admin/login", "admin/account")):
            continue
        url = "/" + sample_path(address)
        for actor in set(ACTORS) - PACKAGES[prefix]:
            for method in ("GET", "POST"):
                response = ask_plain(world, actor, method, url)
                refused = 302 if actor == "stranger" else 403
                if response.status_code not in {refused, 404}:
                    faults.append(f"{method} {name or url} as {actor}: {response.status_code}")
    assert faults == []


def ask_plain(world: World, actor: str, method: str, url: str) -> Any:
    """A request that the gate must end: nothing to undo."""
    client = world.clients[actor]
    return client.get(url) if method == "GET" else client.post(url)


def sample_path(pattern: str) -> str:
    """A concrete path for a route's pattern: every argument is 1."""
    address = re.sub(r"<(?:\w+:)?\w+>", "1", pattern)
    address = re.sub(r"\(\?P<\w+>[^)]*\)", "1", address)
    return re.sub(r"[\^$?\\]|\(\.\*\)|\(/\.\*\)", "", address)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ALLOWED_ADMIN)
@pytest.mark.parametrize("actor", ["editor", "publisher", "both"])
def test_communications_staff_work_in_the_admin(world: World, name: str, actor: str) -> None:
    assert world.clients[actor].get(reverse(name)).status_code == 200


@pytest.mark.django_db
def test_no_private_word_in_mail_subjects_or_open_columns(world: World) -> None:
    rows = " ".join(str(list(Mail.objects.values_list("kind", "template", "key", "last_error"))))
    assert [name for name, word in world.canaries.items() if word in rows] == []
