"""Has anything been written since? Exact, whoever wrote and by whatever road: no signal, no trigger, no stamp to forget."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

EPOCH = 32  # bits of a transaction's number that rows remember
_threads = threading.local()


@dataclass(frozen=True)
class Seen:
    """The database when it was looked at. counts: rows of the tables (PostgreSQL)."""

    sign: Hashable
    counts: tuple[int, ...] = ()


def sign_of_commits() -> Hashable | None:
    """Equal signs of one thread: the database holds the same rows. None: nobody can tell, read again.

    Inside a transaction there is no sign, because its own rows are not committed yet.
    PostgreSQL: the snapshot, which by definition says which transactions are seen. SQLite: `PRAGMA data_version` on a
    connection that never writes; it changes when any other connection, of any process, commits.
    """
    if connection.in_atomic_block:
        return None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text")
            return str(connection.settings_dict["NAME"]), cursor.fetchone()[0]
    return _sign_of_file(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None


def look(tables: Sequence[str]) -> Seen | None:
    """The database as it is, to be asked before the rows are read: they may be newer than this, never older."""
    sign = sign_of_commits()
    if sign is None or connection.vendor != "postgresql":
        return None if sign is None else Seen(sign)
    return _counted(tables, base=0)[0]


def still(seen: Seen, tables: Sequence[str]) -> Seen | None:
    """What was seen, brought up to now, while these tables hold the same rows; None when they may not."""
    sign = sign_of_commits()
    if sign is None or sign == seen.sign:
        return None if sign is None else seen
    if connection.vendor != "postgresql" or not isinstance(seen.sign, tuple):
        return None
    # A snapshot changes with every transaction of the server: ask the tables whether a row is younger than the oldest
    # transaction that was open then, or one has gone.
    oldest = int(seen.sign[1].split(":")[0])
    now, younger, newest = _counted(tables, base=oldest)
    same_server_age = (
        newest >> EPOCH == oldest >> EPOCH
    )  # numbers of transactions begin anew after four thousand million
    return now if not younger and now.counts == seen.counts and same_server_age else None


def _counted(tables: Sequence[str], *, base: int) -> tuple[Seen, int, int]:
    """(what is seen, rows of transactions from `base` on, the newest transaction), all in one statement."""
    quote = connection.ops.quote_name
    counts = ", ".join(
        f"(SELECT ARRAY[count(*), count(*) FILTER (WHERE xmin::text::bigint >= %s)] FROM {quote(table)})"  # noqa: S608
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_current_snapshot()::text, {counts}", [base % (1 << EPOCH)] * len(tables))
        snapshot, *found = cursor.fetchone()
    seen = Seen((str(connection.settings_dict["NAME"]), snapshot), tuple(count for count, _younger in found))
    return seen, sum(younger for _count, younger in found), int(snapshot.split(":")[1])


def _sign_of_file(name: str) -> Hashable | None:
    try:
        found = Path(name).stat()
        file = (name, found.st_dev, found.st_ino)
        if getattr(_threads, "file", None) != file:
            _watch(name)
            _threads.file = file
        return (file, *_threads.watcher.execute("PRAGMA data_version").fetchone())
    except (OSError, sqlite3.Error):  # in memory, or busy: it is read again
        return None


def _watch(name: str) -> None:
    """A connection of this thread's own that only looks."""
    if watcher := getattr(_threads, "watcher", None):
        watcher.close()
    _threads.file = None
    _threads.watcher = sqlite3.connect(f"{Path(name).absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
