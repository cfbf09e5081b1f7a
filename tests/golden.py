"""The golden test database: migrated once, copied for every run."""

from __future__ import annotations

import fcntl
import hashlib
import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

PACKAGES = ("django", "wagtail", "django-allauth", "django-tasks-db", "django-taggit", "modelsearch")
# Two checkouts on one machine must not throw away each other's original.
CHECKOUT = hashlib.sha256(str(settings.BASE_DIR).encode()).hexdigest()[:6]
BASE_NAME = settings.DATABASES["default"]["NAME"]  # before use() puts a copy's name there

_copies = itertools.count()


def state() -> str:
    """Changes with the packages' versions, our migrations and the data they load."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package}={version(package)}".encode())
    root = Path(settings.BASE_DIR)
    for room in settings.ROOMS:
        for path in sorted((root / room / "migrations").glob("*")):
            if path.is_file():
                digest.update(path.read_bytes())
    for path in sorted(root.glob("cms/text/*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def use(name: str) -> None:
    """Point the default connection at a database."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def lay_copy() -> str:
    """A fresh copy for this process; the golden original is made when missing. Returns the copy's name."""
    return _sqlite() if connection.vendor == "sqlite" else _postgres()


def remove(name: str) -> None:
    """Drop this run's copy."""
    connections.close_all()
    if connection.vendor == "sqlite":
        for path in Path(name).parent.glob(f"run-{os.getpid()}-*"):
            path.unlink()
        return
    use("postgres")
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    connections.close_all()


def _folder() -> Path:
    """Memory if the machine has it, else var/."""
    shm = Path("/dev/shm")  # noqa: S108
    folder = (
        shm / f"tsunagari-{os.getuid()}-{CHECKOUT}" if os.access(shm, os.W_OK) else Path(settings.VAR_DIR) / "golden"
    )
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time: the others wait for the original it makes."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_sqlite(golden: Path) -> None:
    folder = golden.parent
    for old in folder.glob("golden-*.sqlite3"):
        old.unlink()
    draft = folder / f"draft-{os.getpid()}.sqlite3"
    use(str(draft))
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    draft.rename(golden)
    for rest in folder.glob(draft.name + "-*"):
        rest.unlink()


def _sqlite() -> str:
    folder = _folder()
    golden = folder / f"golden-{state()}.sqlite3"
    with _alone(folder):
        if not golden.exists():
            _make_sqlite(golden)
    connections.close_all()
    for old in folder.glob(f"run-{os.getpid()}-*"):
        old.unlink()
    # A name of its own each time: a server's thread may still hold the old file open.
    copy = folder / f"run-{os.getpid()}-{next(_copies)}.sqlite3"
    shutil.copyfile(golden, copy)
    use(str(copy))
    return str(copy)


def _postgres() -> str:
    base = f"test_{BASE_NAME}_{CHECKOUT}"
    golden, copy = f"{base}_golden_{state()}", f"{base}_run_{os.getpid()}"
    use("postgres")
    with _alone(_folder()):
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{base}_golden_%"])
            present = {row[0] for row in cursor.fetchall()}
        if golden not in present:
            _migrate_golden(golden, old=present)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{golden}"')
    use(copy)
    return copy


def _migrate_golden(golden: str, *, old: set[str]) -> None:
    with connection.cursor() as cursor:
        for name in old:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'DROP DATABASE IF EXISTS "{golden}_draft" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{golden}_draft"')
    use(f"{golden}_draft")
    call_command("migrate", verbosity=0, interactive=False)
    use("postgres")
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{golden}_draft" RENAME TO "{golden}"')
