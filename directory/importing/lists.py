"""Plain lists that the secretariat brings in: memberships, and people to invite. One row, one thing.

A column is found by its heading as our own tables write it, or by one of its other names. Pasted from a spreadsheet
(tabs) a list reads like a file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.exports import unguarded
from cms.importing.cells import Unreadable, clip, fold, one_line, read_date, read_email, tidy
from cms.importing.tables import NotATable, Refusal, heading_key, heading_of, raw_rows, rows_of
from directory.enums import Tier
from directory.roles import ROLES

MOST_ROWS = 2_000


@dataclass(frozen=True)
class Column:
    """A column: its headings, what reads a cell, whether a row needs it."""

    headings: tuple[str, ...]
    read: Callable[[str], Any]
    required: bool = True


@dataclass(frozen=True)
class Line:
    """A row that can be used, with its place in the file."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Listing:
    """What reading yields. `headings`: column by name as the file writes it, for what is said about it later."""

    lines: tuple[Line, ...]
    refusals: tuple[Refusal, ...]
    headings: Mapping[str, str]


def one_of(choices: Mapping[str, str]) -> Callable[[str], str]:
    """A reader of codes or their names, whatever their width."""
    known = {heading_key(word): code for code, label in choices.items() for word in (code, label)}

    def read(cell: str) -> str:
        text = fold(cell)
        if not text:
            return ""
        if heading_key(text) not in known:
            names = "、".join(choices.values())
            raise Unreadable(_("“%(text)s” is none of these: %(names)s") % {"text": clip(text), "names": names})
        return known[heading_key(text)]

    return read


def read_words(cell: str) -> str:
    """A name in one line."""
    text = one_line(tidy(cell))
    if len(text) > 200:
        raise Unreadable(_("this is longer than 200 characters"))
    return text


def membership_columns() -> dict[str, Column]:
    """As the register's own CSV; reading, kind and visibility belong to the organisation and are not read."""
    tiers = {tier.value: str(tier.label) for tier in Tier}
    return {
        "organization": Column((_("Organisation"), "organization"), read_words),
        "tier": Column((pgettext("column", "Tier"), _("Tier of membership"), "tier"), one_of(tiers)),
        "since": Column((pgettext("column", "Since"), _("First day"), "since"), read_date),
        "until": Column((pgettext("column", "Until (this day no more)"), "until"), read_date, required=False),
    }


def people_columns() -> dict[str, Column]:
    """Whom to invite."""
    names = {role.name: str(role.label) for role in ROLES.values()}
    return {
        "email": Column((_("E-mail address"), "email"), lambda cell: read_email(cell).lower()),
        "name": Column((_("Name"), "name"), read_words, required=False),
        "organization": Column((_("Organisation"), "organization"), read_words, required=False),
        "role": Column((_("Role"), "role"), one_of(names)),
    }


def with_commas(text: str) -> str:
    """Cells copied from a spreadsheet come with tabs."""
    first = text.lstrip("\ufeff\r\n ").split("\n", 1)[0]
    if "\t" not in first or "," in first:
        return text
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    return out.getvalue()


def read_list(text: str, columns: Mapping[str, Column], *, most: int = MOST_ROWS) -> Listing:
    """The rows of a list, at most so many. Raises NotATable when a needed column is missing."""
    rows = rows_of(with_commas(text).lstrip("\ufeff"))
    cells = heading_of(rows)
    places = {
        name: place
        for place, cell in reversed(list(enumerate(cells)))
        for name, column in columns.items()
        if heading_key(cell) in {heading_key(heading) for heading in column.headings}
    }
    missing = [column.headings[0] for name, column in columns.items() if column.required and name not in places]
    if missing:
        raise NotATable(_("the table lacks these columns: %(names)s") % {"names": "、".join(missing)})
    headings = {name: clip(cells[place].strip(), 40) for name, place in places.items()}
    refusals: list[Refusal] = []
    lines = []
    for number, row in enumerate(raw_rows(rows, places, len(cells)), start=1):
        if number > most:
            raise NotATable(_("the list has more than %(count)d rows") % {"count": most})
        problems = [Refusal(row.line, "", row.problem)] if row.problem else []
        values: dict[str, Any] = {}
        for name, column in () if row.problem else columns.items():
            try:
                values[name] = column.read(tidy(unguarded(row.cells.get(name, ""))))
            except Unreadable as reason:
                problems.append(Refusal(row.line, headings[name], str(reason)))
                continue
            if column.required and values[name] in (None, ""):
                problems.append(Refusal(row.line, headings[name], _("this must not be blank")))
        refusals += problems
        if not problems:
            lines.append(Line(row.line, values))
    return Listing(tuple(lines), tuple(refusals), headings)
