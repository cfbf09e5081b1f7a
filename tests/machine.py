"""What this machine can run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from django.conf import settings

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


def shared_data() -> Path | None:
    """The folder of real municipal files, seeds and evaluation sets, if it lies beside the checkout."""
    return settings.SHARED_DATA if settings.SHARED_DATA.is_dir() else None


def browser_lacking() -> str:
    """Why no browser test runs; empty when they do."""
    return "" if CHROMIUM else "browser journeys (no chromium on this machine)"


def lacking() -> list[str]:
    """Engines without which REQUIRE_ALL is red. PostgreSQL and Redis have tests of their own kind."""
    found = [browser_lacking()] if browser_lacking() else []
    if not os.environ.get("REDIS_TEST_URL"):
        found.append("no Redis (REDIS_TEST_URL)")
    if not os.environ.get("POSTGRES_TEST_URL") and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        found.append("no PostgreSQL (POSTGRES_TEST_URL)")
    return found


def left_out(vendor: str) -> list[str]:
    """What this run did not do, for its last lines."""
    found = [browser_lacking()] if browser_lacking() else []
    if vendor == "sqlite":
        found.append("tests that make sense on PostgreSQL only (give DATABASE_URL=postgres://…)")
    if not os.environ.get("REDIS_TEST_URL"):
        found.append("tests with Redis (no REDIS_TEST_URL)")
    if shared_data() is None:
        found.append(f"tests with real municipal files (no folder {settings.SHARED_DATA.name} beside the checkout)")
    found.append("long proofs (make prove)")
    return found
