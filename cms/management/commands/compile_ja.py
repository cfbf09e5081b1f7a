"""Compile the catalogues without gettext's tools."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


def stale(po: Path) -> bool:
    """Whether the compiled file is missing or older than its source."""
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def compile_catalogue(po: Path) -> None:
    """Write the .mo in one step: another process may be reading it."""
    draft = po.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(str(po)).save_as_mofile(str(draft))
    draft.replace(po.with_suffix(".mo"))


class Command(BaseCommand):
    help = "Compile every locale/<room>/<language>/LC_MESSAGES/*.po that is newer than its .mo."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that are up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        catalogues = sorted((settings.BASE_DIR / "locale").glob("*/*/LC_MESSAGES/*.po"))
        wanted = [po for po in catalogues if options["all"] or stale(po)]
        for po in wanted:
            compile_catalogue(po)
        if options["verbosity"] > 1:
            self.stdout.write(f"{len(wanted)} of {len(catalogues)} catalogues compiled")
