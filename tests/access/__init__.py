"""The access matrix: every route of the URL map × every actor × GET and POST, and one wrong id.

Each room has a module here with

    def build(world): …      makes what its routes show (attributes on `world`; private texts through world.canary())
    ROWS = [Row(…), …]       one row a route; a route without a row fails tests/house/test_access_matrix.py

A row says who gets which status. Nobody is let in by forgetting: an actor the row does not name must be refused
(stranger → 302 to the login, no door → 403, door but not this thing → `otherwise`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ROLES = (
    "member",  # core member of organisation A: the author's side
    "member_b",  # core member of organisation B
    "excluded",  # core member of an organisation a case excludes
    "partner",
    "colleague",  # works in organisation A without cases
    "orgadmin",
    "counsellor",
    "supervisor",
    "secretariat",
    "reviewer",
    "editor",
    "publisher",
    "auditor",
    "admin",
    "both",  # communications and secretariat in one person: roles add up
)
OUTSIDERS = ("stranger", "other", "ex_member", "superuser")
ACTORS = OUTSIDERS + ROLES
EVERYONE = frozenset(ACTORS)
CORE = frozenset({"member", "member_b", "excluded"})
CASE_DOOR = CORE | {"partner", "secretariat", "reviewer", "both"}
WORKSPACE = CASE_DOOR | {"colleague", "orgadmin", "counsellor", "supervisor"}
OFFICE = frozenset({"secretariat", "admin", "both"})
SECRETARIAT = frozenset({"secretariat", "both"})


def all_of(actors: frozenset[str] | set[str], status: int) -> dict[str, int]:
    """Every one of these actors gets that status."""
    return dict.fromkeys(actors, status)


@dataclass(frozen=True)
class Row:
    """What a route answers. `kwargs` of the world's own thing; `wrong`: kwargs of a thing that does not exist."""

    route: str
    get: Mapping[str, int] = field(default_factory=dict)
    post: Mapping[str, int] = field(default_factory=dict)
    kwargs: Callable[[Any], dict[str, Any]] = lambda world: {}
    wrong: Mapping[str, Any] | None = None
    data: Callable[[Any], dict[str, Any]] = lambda world: {}
    otherwise: int = 404
    shows: Mapping[str, frozenset[str] | set[str]] = field(default_factory=dict)  # canary → who may see it


def everyone(route: str, status: int = 200, **more: Any) -> Row:
    """A public route: the same answer to all."""
    post = more.pop("post", 405)
    return Row(route, get=all_of(EVERYONE, status), post=all_of(EVERYONE, post), **more)


TOKEN = re.compile(rb"[A-Za-z0-9_-]{64}")


def without_csrf(body: bytes) -> bytes:
    """A response without its CSRF tokens, to compare two answers byte by byte."""
    return TOKEN.sub(b"", body)
