"""Verbs about departments (所管課): written down, several at once, renamed, ended. Nothing is deleted: meetings name them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit, exports
from directory.models import Department, Organization
from directory.permissions import can
from directory.roles import Permission

#: One city hall has about a hundred sections.
MOST = 300
LONGEST_NAME, LONGEST_KANA = 80, 120
STEP = 10


@transaction.atomic
def take_over(*, by: Any, organization: Organization, table: str) -> tuple[int, int]:
    """Lines of "name, reading" (CSV, or pasted from a spreadsheet) in the order they shall stand; (new, changed).

    Who is there already is known by the name. Raises ValidationError under "table" with the number of the line.
    """
    _ask(by)
    there = {each.name: each for each in Department.objects.select_for_update().filter(organization=organization)}
    made = changed = 0
    for number, (name, kana) in enumerate(lines_of(table), start=1):
        order = number * STEP
        found = there.get(name)
        if found is None:
            there[name] = Department.objects.create(organization=organization, name=name, kana=kana, sort_order=order)
            made += 1
        elif (found.kana, found.sort_order) != (kana or found.kana, order):
            found.kana, found.sort_order = kana or found.kana, order
            found.save()
            changed += 1
    audit.record("department.taken_over", by=by, target=organization, made=made, changed=changed)
    return made, changed


def lines_of(table: str) -> list[tuple[str, str]]:
    """(name, reading) of each line; commas or tabs. Raises ValidationError under "table"."""
    delimiter = "\t" if "\t" in table else ","
    rows = [row for row in csv.reader(io.StringIO(table), delimiter=delimiter) if any(cell.strip() for cell in row)]
    if not rows or len(rows) > MOST:
        raise ValidationError({"table": [_("Please write 1 to %(most)s lines.") % {"most": MOST}]})
    found: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        name, kana = (exports.unguarded(cell.strip()) for cell in (*row, "")[:2])
        if not name or len(name) > LONGEST_NAME or len(kana) > LONGEST_KANA:
            raise ValidationError({"table": [_("Line %(number)s: please look at the name.") % {"number": number}]})
        if name in found:
            raise ValidationError({"table": [_("Line %(number)s: this name stands there twice.") % {"number": number}]})
        found[name] = kana
    return list(found.items())


@transaction.atomic
def rename(*, by: Any, department: Department, name: str, kana: str) -> Department:
    """The section has another name today; what it did under the old one is still its history."""
    _ask(by)
    same = Department.objects.filter(organization=department.organization_id, name=name).exclude(pk=department.pk)
    if same.exists():
        raise ValidationError({"name": [_("There is a department of this name already.")]})
    department.name, department.kana = name, kana
    department.save()
    audit.record("department.renamed", by=by, target=department)
    return department


@transaction.atomic
def end(*, by: Any, department: Department, on: dt.date | None) -> Department:
    """It is no more since that day; None: it is there again. Meetings keep naming it."""
    _ask(by)
    department.ended_on = on
    department.save(update_fields=["ended_on"])
    audit.record("department.ended", by=by, target=department, on=on.isoformat() if on else None)
    return department


def _ask(by: Any) -> None:
    by.forget_roles()
    if not can(by, Permission.MEMBERSHIPS_KEEP):
        raise PermissionDenied
