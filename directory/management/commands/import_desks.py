"""manage.py import_desks FILE [FILE …]: consultation desks from our CSV layout or from HSDS 3.0 (JSON)."""

import json
import os
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.importing.tables import MAX_BYTES, NotATable
from directory.actions.importing import Outcome, import_desks, known_here
from directory.importing import Known, Reading, read_desks
from directory.importing.reading import FORMATS
from directory.models import User

REFUSED, NOT_A_TABLE = 1, 2
COUNTS = ("read", "new", "changed", "same", "refused", "waiting")


@dataclass(frozen=True)
class Source:
    """A file as it was named on the command line, and what was read from it (None: it is not what it claims)."""

    name: str
    reading: Reading | None


class Command(BaseCommand):
    """Exit 0: done. 1: `--strict` and something was refused. 2: a file is not what it claims to be.

    stderr: `FILE:LINE:COLUMN: reason` for what is refused. stdout: each desk with what differs, remarks, then one JSON
    line a file.
    """

    help = "Import consultation desks (CSV as published at /open-data/, or HSDS 3.0 JSON)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--format", choices=FORMATS, default="", help="refuse a file that is something else")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--strict", action="store_true", help="write nothing at all when anything is refused")
        parser.add_argument("--publish", action="store_true", help="publish new desks and changes to public ones")
        parser.add_argument("--by", default="", metavar="E-MAIL", help="the person in whose name the import is kept")

    def handle(self, *args: Any, **options: Any) -> None:
        by = self._person(options["by"])
        known = known_here()
        sources = [self._read(name, known, options["format"]) for name in options["files"]]
        broken = any(source.reading is None for source in sources)
        plans = [self._store(source, by, dry_run=True) for source in sources]
        refused = any(outcome.refused for outcome in plans)
        stays_out = options["strict"] and (broken or refused)
        if options["dry_run"] or stays_out:
            outcomes = plans
        else:
            outcomes = [self._store(source, by, publish=options["publish"]) for source in sources]
        for source, outcome in zip(sources, outcomes, strict=True):
            self._report(source.name, outcome)
        if outcomes is plans:
            self.stdout.write(_("Nothing was written."))
        for source, outcome in zip(sources, outcomes, strict=True):
            counts = {name: getattr(outcome, name) for name in COUNTS}
            self.stdout.write(json.dumps({"file": source.name} | counts, ensure_ascii=False))
        if broken:
            raise SystemExit(NOT_A_TABLE)
        if stays_out:
            raise SystemExit(REFUSED)

    def _person(self, email: str) -> User | None:
        if not email:
            return None
        person = User.objects.filter(email=email.lower(), is_active=True).first()
        if person is None:
            raise CommandError(_("--by: nobody has this e-mail address"), returncode=NOT_A_TABLE)
        return person

    def _read(self, given: str, known: Known, file_format: str) -> Source:
        """Read one file and say what is refused."""
        name = os.fsencode(given).decode("utf-8", "replace")
        try:
            path = Path(given)
            if path.stat().st_size > MAX_BYTES:
                raise NotATable(_("the file is too large"))
            reading = read_desks(path.read_bytes(), known, file_format=file_format)
        except OSError:
            self.stderr.write(f"{name}: {_('the file cannot be read')}")
            return Source(name, None)
        except NotATable as reason:
            self.stderr.write(f"{name}: {reason}")
            return Source(name, None)
        for refusal in reading.refusals:
            self.stderr.write(refusal.said(name))
        return Source(name, reading)

    def _store(self, source: Source, by: User | None, *, publish: bool = False, dry_run: bool = False) -> Outcome:
        """Each file is stored by itself, whole or not at all."""
        if source.reading is None:
            return Outcome()
        return import_desks(reading=source.reading, by=by, publish=publish, dry_run=dry_run)

    def _report(self, name: str, outcome: Outcome) -> None:
        for refusal in outcome.refusals:
            self.stderr.write(refusal.said(name))
        for desk in outcome.told:
            self.stdout.write(f"{name}:{desk.line}: {desk.name}（{_('new') if desk.is_new else _('changes')}）")
            for each in desk.differences:
                channel = f"{each.channel}・" if each.channel else ""
                self.stdout.write(f"    {channel}{each.label}: {each.before or '―'} → {each.after}")
        for remark in outcome.remarks:
            self.stdout.write(remark.said(name))
