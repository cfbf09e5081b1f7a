"""Has anybody laid hands on the records?"""

import json
import re
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from cms import audit, chains
from cms.models import BrokenChain

SEAL = re.compile(r"[0-9a-f]{64}")


class Command(BaseCommand):
    help = (
        "Walk the chains of the audit trail and of the access log from the first row to the last. Prints one JSON line a "
        "chain: {chain, rows, head, ok, first_bad, why}. Exit 1 when something is wrong, 2 when a seal is not one. Note "
        "the heads somewhere else and give them next time: --head SEAL finds that the end was cut off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", action="append", default=[], metavar="SEAL", help="a head noted earlier; may be given again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        noted = {seal.strip().lower() for seal in options["head"]}
        if any(not SEAL.fullmatch(seal) for seal in noted):
            raise CommandError("A seal has 64 characters, 0 to 9 and a to f.", returncode=2)
        try:
            verdicts = self.walk(noted)
        except ImproperlyConfigured as error:
            raise CommandError(str(error), returncode=2) from error
        for seal in sorted(noted):
            self.stderr.write(
                f"No row of any chain carries the seal {seal}: rows are missing, or it was noted wrongly."
            )
        if noted or not all(verdict.ok for verdict in verdicts):
            sys.exit(1)

    def walk(self, noted: set[str]) -> list[chains.Verdict]:
        """Every chain; each line is printed as soon as it is known. Seals that were found are taken out of `noted`."""
        try:
            audit.seal_events()
        except BrokenChain as error:
            self.stderr.write(f"The head of {error} was changed: what came after it is not sealed.")
        verdicts = []
        for name in chains.chains():
            verdict = chains.verify(name, noted=noted)
            line = {"chain": name, "rows": verdict.rows, "head": verdict.head, "ok": verdict.ok}
            self.stdout.write(json.dumps({**line, "first_bad": verdict.first_bad, "why": verdict.why or None}))
            verdicts.append(verdict)
        return verdicts
