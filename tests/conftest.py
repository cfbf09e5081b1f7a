"""The sealed room all tests run in: a fresh copy of a golden database, no outside sockets, Japanese compiled.

The golden database is migrated once for each state of the migrations and packages; every run starts from a copy, so
that a transactional test's flush can never spoil the next run (docs/developer/testing.md).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase

from tests import golden, machine
from tests.factories.people import make_user, satisfy_mfa, sign_in

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's sync API runs an event loop beside the tests


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run, unless REQUIRE_ALL forbids it; the summary names it."""
    items.sort(key=lambda item: not is_matrix(item))  # the longest first
    for item in items:
        if not is_matrix(item):  # a file stays with one process (its browser, its fixtures); the matrix is shared out
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="makes sense on PostgreSQL only"))
        if item.get_closest_marker("browser") and (lacking := machine.browser_lacking()):
            item.add_marker(pytest.mark.skip(reason=lacking))


def is_matrix(item: pytest.Item) -> bool:
    """Parts of the access matrix: minutes each, and none needs another."""
    return "test_access_matrix.py::" in item.nodeid


def pytest_sessionstart(session: pytest.Session) -> None:
    """With REQUIRE_ALL a missing engine is red before anything runs."""
    if machine.REQUIRE_ALL and (lacking := machine.lacking()):
        pytest.exit("REQUIRE_ALL=1, but: " + "; ".join(lacking), returncode=1)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Last words: the database, and what was not run and why."""
    terminalreporter.write_line(f"database: {connection.vendor}")
    for reason in machine.left_out(connection.vendor):
        terminalreporter.write_line(f"not run: {reason}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The golden copy is made by django_db_setup below."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Lay a copy of the golden database and point Django at it."""
    with django_db_blocker.unblock():
        name = golden.lay_copy()
    # A transactional test ends with a fresh copy instead of Django's flush, which would take the page tree along.
    TransactionTestCase._fixture_teardown = lambda self: golden.lay_copy()  # type: ignore[method-assign]
    yield
    with django_db_blocker.unblock():
        golden.remove(name)
    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Throttles and cached pages of one test never reach the next."""
    cache.clear()


@pytest.fixture
def login(db: None) -> Callable[..., tuple[Client, Any]]:
    """login("member", organization=…) -> (client, user): signed in a moment ago, second factor in place.

    `recent=False`: signed in an hour ago, so that important things ask once more who it is.
    """

    def enter(
        *roles: str, organization: Any = None, mfa: bool = True, recent: bool = True, **fields: Any
    ) -> tuple[Client, Any]:
        user = make_user(*roles, organization=organization, **fields)
        if mfa:
            satisfy_mfa(user)
        client = Client()
        sign_in(client, user, recent=recent)
        return client, user

    return enter


@pytest.fixture
def frozen() -> Iterator[Callable[[str], Any]]:
    """frozen("2026-12-03T18:40+09:00"): the clock stands there for the rest of the test."""
    travellers: list[Any] = []

    def stop(at: str) -> Any:
        traveller = time_machine.travel(at, tick=False)
        travellers.append(traveller)
        return traveller.start()

    yield stop
    for traveller in reversed(travellers):
        traveller.stop()
