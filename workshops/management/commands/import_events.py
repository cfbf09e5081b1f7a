"""manage.py import_events FILE.csv [FILE …]: municipal event tables into the calendar."""

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.importing.cells import Unreadable, read_municipality
from cms.importing.tables import MAX_BYTES, NotATable
from workshops.actions.importing import NoIndexPage, Outcome, import_rows
from workshops.importing.records import Reading
from workshops.importing.rows import read_events

DONE, REFUSED, NOT_A_TABLE = 0, 1, 2


@dataclass(frozen=True)
class Source:
    """A file as it was named on the command line, and what was read from it (None: it is no event table)."""

    name: str
    reading: Reading | None


class Command(BaseCommand):
    """Exit 0: done. 1: `--strict` and something was refused. 2: a file is not what it claims to be.

    stderr: `FILE:LINE:COLUMN: reason` for what is refused. stdout: `FILE:LINE:COLUMN: before → after` for each cell that
    a known row says anew, remarks, then one JSON line a file.
    """

    help = "Import municipal event tables (CSV) into the calendar of events."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE.csv")
        parser.add_argument("--dry-run", action="store_true", help="decide everything, write nothing")
        parser.add_argument("--strict", action="store_true", help="write nothing at all when anything is refused")
        parser.add_argument("--draft", action="store_true", help="leave new pages as drafts")
        parser.add_argument("--municipality", default="", metavar="CODE", help="code for rows that have none")

    def handle(self, *args: Any, **options: Any) -> None:
        code = self._municipality(options["municipality"])
        sources = [self._read(name, code) for name in options["files"]]
        broken = any(source.reading is None for source in sources)
        refused = any(source.reading and source.reading.refused for source in sources)
        stays_out = options["strict"] and (broken or refused)
        outcomes = self._store(sources, dry_run=options["dry_run"], draft=options["draft"], skip=stays_out)
        self._report(sources, outcomes, nothing_written=stays_out or options["dry_run"])
        if broken:
            raise SystemExit(NOT_A_TABLE)
        if stays_out:
            raise SystemExit(REFUSED)

    def _municipality(self, cell: str) -> str:
        try:
            return read_municipality(cell)
        except Unreadable as reason:
            raise CommandError(f"--municipality: {reason}", returncode=NOT_A_TABLE) from None

    def _read(self, given: str, code: str) -> Source:
        """Read one file and say what is refused."""
        name = os.fsencode(given).decode("utf-8", "replace")
        try:
            path = Path(given)
            if path.stat().st_size > MAX_BYTES:
                raise NotATable(_("the file is too large"))
            reading = read_events(path.read_bytes(), municipality=code)
        except OSError:
            self.stderr.write(f"{name}: {_('the file cannot be read')}")
            return Source(name, None)
        except NotATable as reason:
            self.stderr.write(f"{name}: {reason}")
            return Source(name, None)
        for refusal in reading.refusals:
            self.stderr.write(refusal.said(name))
        return Source(name, reading)

    def _store(self, sources: list[Source], *, dry_run: bool, draft: bool, skip: bool) -> list[Outcome]:
        """Each file is stored by itself, whole or not at all."""
        try:
            return [_store(source.reading, dry_run=dry_run, draft=draft, skip=skip) for source in sources]
        except NoIndexPage:
            message = _("there is no page for events yet; run “manage.py migrate” first")
            raise CommandError(message, returncode=NOT_A_TABLE) from None

    def _report(self, sources: list[Source], outcomes: list[Outcome], *, nothing_written: bool) -> None:
        for source, outcome in zip(sources, outcomes, strict=True):
            for difference in outcome.differences:
                self.stdout.write(difference.said(source.name))
            for remark in outcome.remarks:
                self.stdout.write(remark.said(source.name))
        if nothing_written:
            self.stdout.write(_("Nothing was written."))
        for source, outcome in zip(sources, outcomes, strict=True):
            counts = asdict(outcome)
            del counts["remarks"], counts["differences"]
            self.stdout.write(json.dumps({"file": source.name} | counts, ensure_ascii=False))


def _store(reading: Reading | None, *, dry_run: bool, draft: bool, skip: bool) -> Outcome:
    if reading is None:
        return Outcome(read=0, new=0, changed=0, same=0, refused=0, remarks=())
    if skip:
        return Outcome(reading.read, new=0, changed=0, same=0, refused=reading.refused, remarks=reading.remarks)
    return import_rows(reading=reading, by=None, draft=draft, dry_run=dry_run)
