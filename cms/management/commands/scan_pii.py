"""`scan_pii`: what could say who a text is about, in JSON lines.

Standard input: one object a line, ``{"id", "text"}``; other keys are ignored. Standard output: one line for each,
in order, ``{"id", "spans": [{"start", "end", "type", "certainty"}]}``, ASCII-escaped, without overlaps. A line that is
no such object gives ``{"line": N, "error": "…"}`` and exit code 2 at the end. Needs no database.
"""

import csv
import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from cms.guard import GuardUnavailable, inspect
from cms.guard.engine import LONGEST_TEXT

HELP = """\
Reads JSON lines {"id", "text"} on standard input and marks what could say who a text is about.
It proposes, people decide: no mark does not mean that a text is safe.

What it finds of texts its authors had not seen (60 texts made to be hard, kept for measuring; docs/developer/guard.md):
  telephones, mail addresses, postcodes, numbers, days   nearly all
  ages                                                   five of six
  persons                                                three of four
  organisations, places                                  two of three
  rare facts, shown names of accounts                    not quite one of two
All in all 0.75 of such traces, and about 0.87 in ordinary notes; of texts the rules were made with 0.97 and more.
Of ten harmless texts full of look-alikes three are marked for nothing. Most texts that hold many traces keep one.
It misses bare given names and nicknames, shops and firms whose name says nothing of their trade, ages told in
passing, ways to a house in free words, and most rare stories. A person must read every text.
"""


NAME_COLUMN = "名称"


def gazetteer(path: Path) -> list[str]:
    """Names of streets, schools, stops from a CSV file (UTF-8 with or without mark, else CP932).

    With a heading that has a column 名称, that column alone (beside it stand kinds and readings); otherwise every cell.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp932")
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines())]
    heading = rows[0] if rows else []
    if NAME_COLUMN in heading:
        column = heading.index(NAME_COLUMN)
        rows = [row[column : column + 1] for row in rows[1:]]
    return sorted({cell for row in rows for cell in row if len(cell) > 1})


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """A long text in parts that the guard reads, cut at ends of lines and sentences: (where it begins, part)."""
    start = 0
    while len(text) - start > LONGEST_TEXT:
        low, high = start + LONGEST_TEXT // 2, start + LONGEST_TEXT
        cut = max(text.rfind("\n", low, high), text.rfind("。", low, high)) + 1 or high
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def spans_of(text: str, names: list[str]) -> list[dict[str, Any]]:
    """What is found in a text of any length."""
    return [
        {"start": shift + f.start, "end": shift + f.end, "type": str(f.type), "certainty": str(f.certainty)}
        for shift, piece in pieces(text)
        for f in inspect(piece, names=names)
    ]


def answer(line: bytes, number: int, names: list[str]) -> dict[str, Any]:
    """The answer to one line."""
    try:
        given = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        text, name = given["text"], given["id"]
        if not isinstance(text, str):
            return {"line": number, "error": "text is not a string"}
        return {"id": name, "spans": spans_of(text, names)}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"line": number, "error": "not an object with id and text"}
    except GuardUnavailable:
        return {"line": number, "error": "the guard could not read this text"}


def answers(stream: BinaryIO, names: list[str]) -> Iterator[dict[str, Any]]:
    """One answer for each line."""
    for number, line in enumerate(stream, 1):
        yield answer(line, number, names)


class Command(BaseCommand):
    """Check texts from standard input."""

    help = HELP
    requires_system_checks = ()
    requires_migrations_checks = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """The help keeps its table."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--gazetteer FILE.csv"""
        parser.add_argument(
            "--gazetteer",
            type=Path,
            metavar="FILE.csv",
            help="names to look for: the column 名称, or every cell when no heading has it",
        )

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
