"""Hands on the records: what somebody with the database, but without the key file, can do to them."""

from __future__ import annotations

from typing import Any

from django.db import connection


def triggers_of(table: str) -> list[str]:
    """Names of the triggers of a table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY tgname",
                [table],
            )
        return sorted(name for (name,) in cursor.fetchall())


def drop_triggers(*tables: str) -> None:
    """The first thing an attacker with the rights of the owner does."""
    for table in tables:
        on = "" if connection.vendor == "sqlite" else f" ON {table}"
        for name in triggers_of(table):
            run(f"DROP TRIGGER {name}{on}")


def run(sql: str, *values: Any) -> None:
    """Plain SQL, past every model."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def ask(sql: str, *values: Any) -> list[Any]:
    """Rows of a plain query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())
