"""What an organisation takes along: a zip of its own things, each as CSV and as JSON.

A room registers what it keeps for an organisation in ready():

    takeaway.register_provider("events", events_of)

`events_of(organization)` returns a `Table`. Into it goes what the organisation wrote or is told about itself, and its own
people; never what others are: registrants, who asked about helping, colleagues of other organisations, cases.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms import audit, dates, exports
from directory.models import Organization, User
from directory.permissions import administers, can
from directory.roles import Permission

NAME = re.compile(r"[a-z][a-z_]{0,30}")


@dataclass(frozen=True)
class Table:
    """One kind of thing: its title, the names of the columns, the rows."""

    title: str
    header: Sequence[str]
    rows: list[Sequence[exports.Cell]]


Provider = Callable[[Organization], Table]
_providers: dict[str, Provider] = {}


def register_provider(name: str, provider: Provider) -> None:
    """In ready(): `name` becomes the name of the files (`events.csv`, `events.json`)."""
    if not NAME.fullmatch(name):
        raise ValueError("The name becomes a file's name: lower-case letters.")
    _providers[name] = provider


def providers() -> dict[str, Provider]:
    """All by name, in the order of registration."""
    return dict(_providers)


def table_of(title: str, rows: Iterable[models.Model], fields: Sequence[str], model: type[models.Model]) -> Table:
    """A table of a model's fields under the names people see; codes in words."""
    header = [capfirst(str(model._meta.get_field(name).verbose_name)) for name in fields]  # type: ignore[union-attr]
    return Table(title, header, [[cell_of(row, name) for name in fields] for row in rows])


def cell_of(row: models.Model, name: str) -> exports.Cell:
    """One value as people read it."""
    shown = getattr(row, f"get_{name}_display", None)
    value: Any = shown() if shown else getattr(row, name)
    if value is None or isinstance(value, str | int | float | bool | dt.date | dt.datetime):
        return value
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def may_take(by: User, organization: Organization) -> bool:
    """The organisation's administrator, and the secretariat when it was asked to."""
    return administers(by, organization.pk) or can(by, Permission.MEMBERSHIPS_KEEP)


@transaction.atomic
def pack(*, organization: Organization, by: User) -> io.BytesIO:
    """The zip, ready to be streamed. Raises PermissionDenied."""
    if not may_take(by, organization):
        raise PermissionDenied
    out = io.BytesIO()
    contents = []
    rows = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, provider in providers().items():
            table = provider(organization)
            rows += len(table.rows)
            contents.append(f"{name}.csv / {name}.json  {table.title}")
            archive.writestr(f"{name}.csv", exports.csv_bytes(table.header, table.rows))
            archive.writestr(f"{name}.json", exports.json_bytes(records_of(table)))
        archive.writestr("README.txt", ("\ufeff" + readme(organization, contents)).encode("utf-8"))
    audit.record("organization.taken_along", by=by, target=organization, rows=rows)
    out.seek(0)
    return out


def records_of(table: Table) -> list[dict[str, exports.Cell]]:
    """One object a row, by the names of the columns; moments and days as text, nothing guarded: JSON runs nowhere."""
    plain = (str, int, float, bool, type(None))
    return [
        {
            name: value if isinstance(value, plain) else exports.as_text(value)
            for name, value in zip(table.header, row, strict=True)
        }
        for row in table.rows
    ]


def readme(organization: Organization, contents: list[str]) -> str:
    """What is in it, and what is not."""
    lines = [
        _("The data of %(name)s, as of %(day)s")
        % {"name": organization.name, "day": dates.japanese_date_long(dates.today())},
        "",
        *contents,
        "",
        _("CSV opens in spreadsheets (UTF-8); JSON is for programmes. Both hold the same."),
        _("Not in it: what others wrote, people of other organisations, who registered for events, cases."),
    ]
    return "\r\n".join(lines) + "\r\n"
