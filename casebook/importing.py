"""Reading the two tables of rarity from a CSV, and writing them as one: codes or their names, a line a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casebook.enums import Household, LifeStage, Sex
from casebook.models import TableKind
from casebook.risk import FINE
from cms.exports import Cell, csv_bytes
from cms.importing.cells import Unreadable, clip, fold
from cms.importing.tables import Refusal
from directory.importing.lists import Column, Listing, one_of, read_list, read_words

MOST_PERSONS = 100_000_000


def read_count(cell: str) -> int | None:
    """A whole number of people; 1,234 and full-width digits are understood."""
    text = fold(cell).replace(",", "")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) or int(text) > MOST_PERSONS:
        raise Unreadable(_("“%(text)s” is not a number of people") % {"text": clip(text)})
    return int(text)


def read_per_mille(cell: str) -> Decimal | None:
    """How many of a thousand, with at most one decimal place."""
    text = fold(cell)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9])?", text, re.ASCII) or Decimal(text) > 1000:
        raise Unreadable(_("“%(text)s” is not a number from 0 to 1000 with at most one decimal") % {"text": clip(text)})
    return Decimal(text)


def written(codes: Any) -> dict[str, str]:
    """Code → name, without "not written": a table speaks of people, not of what a case leaves out."""
    return {code: str(label) for code, label in codes.choices if code}


def fine_stages() -> dict[str, str]:
    """Code → name of the fine stages of life; a table has no others."""
    return {code: label for code, label in written(LifeStage).items() if code in FINE}


def columns_of(kind: TableKind, concerns: Mapping[str, str]) -> dict[str, Column]:
    """The columns of a table. `concerns`: code → name, as the city lists them."""
    if kind == TableKind.POPULATION:
        return {
            "life_stage": Column((_("Stage of life"), "life_stage"), one_of(fine_stages())),
            "household": Column((_("Household"), "household"), one_of(written(Household))),
            "sex": Column((_("Sex"), "sex"), one_of(written(Sex))),
            "persons": Column((pgettext("column", "People"), "persons"), read_count),
        }
    return {
        "concern": Column((pgettext("column", "Concern"), "concern"), one_of(concerns)),
        "per_mille": Column((_("Of a thousand people"), "per_mille"), read_per_mille),
        "note": Column((_("Where the figure comes from"), "note"), read_words, required=False),
    }


KEYS = {TableKind.POPULATION: ("life_stage", "household", "sex"), TableKind.PREVALENCE: ("concern",)}


def read_table(kind: TableKind, text: str, concerns: Mapping[str, str]) -> Listing:
    """The rows; each that cannot be used, or stands there twice, by line and column. Raises NotATable."""
    listing = read_list(text, columns_of(kind, concerns))
    seen: dict[tuple[Any, ...], int] = {}
    twice = []
    for line in listing.lines:
        key = tuple(line.values[name] for name in KEYS[kind])
        if key in seen:
            twice.append(Refusal(line.line, "", _("The same stands in line %(line)d already.") % {"line": seen[key]}))
        seen.setdefault(key, line.line)
    refusals = tuple(sorted((*listing.refusals, *twice), key=lambda each: each.line))
    return Listing(listing.lines, refusals, listing.headings)


def table_csv(kind: TableKind, rows: tuple[tuple[str, ...], ...], concerns: Mapping[str, str]) -> bytes:
    """The table as a spreadsheet opens it, in words; what `read_table` takes back."""
    names = [column.headings[0] for column in columns_of(kind, concerns).values()]
    labels = {**fine_stages(), **written(Household), **written(Sex)} if kind == TableKind.POPULATION else concerns
    keys = len(KEYS[kind])
    lines: list[list[Cell]] = [[*(labels.get(code, code) for code in row[:keys]), *row[keys:]] for row in rows]
    return csv_bytes(names, lines)
