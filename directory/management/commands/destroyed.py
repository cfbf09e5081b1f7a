"""manage.py destroyed: the destruction register, kept apart from the backups, deletes again what they bring back."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from directory.actions.consultations import erasing, keeping
from directory.actions.consultations.erasing import NotTheRegister


class Command(BaseCommand):
    """Exit 0: done. 1: something could not be deleted. 2: the file is no register."""

    help = (
        "Print the destruction register, one JSON line each: numbers, desks and days, no word of anybody. "
        "--again FILE reads such lines after a restore and deletes what the backup has brought back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", metavar="FILE", help="a register that was saved before")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            self.again(Path(options["again"]))
            return
        for line in erasing.register_lines():
            self.stdout.write(json.dumps(line, ensure_ascii=False))

    def again(self, path: Path) -> None:
        """Write missing lines into the register, and delete what they name."""
        try:
            lines = erasing.add_lines(
                json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line
            )
        except (OSError, ValueError, NotTheRegister) as error:
            self.stderr.write(f"{path}: {type(error).__name__}")
            sys.exit(2)
        erased, failed = keeping.erase_again()
        self.stdout.write(json.dumps({"lines": lines, "erased_again": erased}))
        if failed:
            sys.exit(1)
