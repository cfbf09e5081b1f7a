"""Other processes on this test's database."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """DATABASE_URL of the database that this test writes to."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(own['NAME']).resolve()}"
    who = f"{own['USER']}:{own['PASSWORD']}@" if own["USER"] else ""
    return f"postgres://{who}{own['HOST']}:{own['PORT'] or 5432}/{own['NAME']}"


def environment(folder: Path, **extra: str) -> dict[str, str]:
    """Development settings on this test's database and keys; everything else is written to `folder`."""
    own = {"DATABASE_URL": database_url(), "KEY_FILE": str(settings.KEY_FILE), "EMAIL_URL": f"file://{folder}/mail"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "REDIS_URL") if name in os.environ}
    return {**kept, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", **own, **extra}


def until(question: Callable[[], bool], *, seconds: float = 30) -> bool:
    """Whether the answer became yes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return True
        threading.Event().wait(0.05)
    return question()
