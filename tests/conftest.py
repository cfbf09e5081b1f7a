"""The sealed room all tests run in: a fresh copy of a golden database, no outside sockets, Japanese compiled.

The golden database is migrated once for each state of the migrations and packages; every run starts from a copy, so
that a transactional test's flush can never spoil the next run (docs/developer/testing.md).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests import golden
from tests.factories.people import make_user, satisfy_mfa

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's sync API runs an event loop beside the tests


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The golden copy is made by django_db_setup below."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Lay a copy of the golden database and point Django at it."""
    with django_db_blocker.unblock():
        name = golden.lay_copy()
    yield
    with django_db_blocker.unblock():
        golden.remove(name)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Throttles and cached pages of one test never reach the next."""
    cache.clear()
    yield


@pytest.fixture
def login(db: None) -> Callable[..., tuple[Client, Any]]:
    """login("member", organization=…) -> (client, user): signed in, second factor in place."""

    def enter(*roles: str, organization: Any = None, mfa: bool = True, **fields: Any) -> tuple[Client, Any]:
        user = make_user(*roles, organization=organization, **fields)
        if mfa:
            satisfy_mfa(user)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
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
