"""A scratch database beside the one of DATABASE_URL: made, used, dropped. Never the database itself."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

REPOSITORY = Path(__file__).resolve().parents[1]


@contextmanager
def scratch_database() -> Iterator[str]:
    """Sets DATABASE_URL to a fresh database before Django is set up, migrates it, and drops it at the end."""
    url = os.environ.get("DATABASE_URL", "").strip()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    if str(REPOSITORY) not in sys.path:
        sys.path.insert(0, str(REPOSITORY))
    if urlsplit(url).scheme in {"postgres", "postgresql"}:
        with _postgresql(url) as name:
            yield name
        return
    with tempfile.TemporaryDirectory(prefix="tsunagari_bench_") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        _set_up()
        yield "SQLite"


@contextmanager
def _postgresql(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    name = f"{parts.path.lstrip('/')}_bench"
    admin = urlunsplit(parts._replace(scheme="postgresql", path="/postgres"))
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    try:
        _set_up()
        yield "PostgreSQL"
    finally:
        from django.db import connections  # Django is set up only now

        connections.close_all()
        with psycopg.connect(admin, autocommit=True) as server:
            server.execute(drop)


def _set_up() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0, interactive=False)
