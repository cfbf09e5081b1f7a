"""`scan_pii`: what could say who a text is about, in JSON lines.

Standard input: one object a line, ``{"id", "text"}``; other keys are ignored. Standard output: one line for each,
in order, ``{"id", "spans": [{"start", "end", "type", "certainty"}]}``, ASCII-escaped, without overlaps. A line that is
no such object gives ``{"line": N, "error": "…"}`` and exit code 2 at the end. Needs no database. It misses about a
third of what identifies a person: bare given names, shops without a telling ending, rare stories.
"""

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from cms.guard import GuardUnavailable, inspect


def gazetteer(path: Path) -> list[str]:
    """Every cell of a CSV file (UTF-8 with or without mark, else CP932): names of streets, schools, stops."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp932")
    return sorted({cell.strip() for row in csv.reader(text.splitlines()) for cell in row if len(cell.strip()) > 1})


def answer(line: bytes, number: int, names: list[str]) -> dict[str, Any]:
    """The answer to one line."""
    try:
        given = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        text, name = given["text"], given["id"]
        if not isinstance(text, str):
            return {"line": number, "error": "text is not a string"}
        spans = inspect(text, names=names)
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"line": number, "error": "not an object with id and text"}
    except GuardUnavailable:
        return {"line": number, "error": "the guard could not read this text"}
    found = [{"start": f.start, "end": f.end, "type": str(f.type), "certainty": str(f.certainty)} for f in spans]
    return {"id": name, "spans": found}


def answers(stream: BinaryIO, names: list[str]) -> Iterator[dict[str, Any]]:
    """One answer for each line."""
    for number, line in enumerate(stream, 1):
        yield answer(line, number, names)


class Command(BaseCommand):
    """Check texts from standard input."""

    help = (
        "Reads JSON lines {id, text} on standard input and marks what could say who a text is about. "
        "It proposes, people decide: no mark does not mean that a text is safe."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--gazetteer FILE.csv"""
        parser.add_argument("--gazetteer", type=Path, metavar="FILE.csv", help="names to look for, one or more a row")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer line by line."""
        try:
            names = gazetteer(options["gazetteer"]) if options["gazetteer"] else []
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError("The gazetteer cannot be read.", returncode=2) from error
        failed = False
        for found in answers(sys.stdin.buffer, names):
            failed = failed or "error" in found
            self.stdout.write(json.dumps(found, ensure_ascii=True))
        if failed:
            sys.exit(2)
