"""Bringing in a table of rarity; saying how many people an organisation is in touch with."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casebook.models import Clientele, Population, Prevalence, RiskTable, TableKind
from casebook.permissions import can_write
from casebook.queries.risk import sample, scaled_sample
from cms import audit, dates
from directory.models import User
from directory.permissions import can
from directory.roles import Permission

STAGES = ("under_18", "from_18", "from_40", "from_60")


@transaction.atomic
def load_table(
    *,
    by: User,
    kind: TableKind,
    rows: Iterable[Mapping[str, Any]],
    name: str,
    as_of: dt.date,
    source: str,
    is_sample: bool = False,
) -> RiskTable:
    """Replace a table as a whole; the one before stays for the record. The shipped sample stays a sample."""
    if not can(by, Permission.RISK_TABLES_KEEP):
        raise PermissionDenied
    found = [dict(row) for row in rows]
    if not found:
        raise ValidationError(_("There is no row in it."))
    is_sample = is_sample or is_the_sample(kind, found)
    table = RiskTable.objects.create(
        kind=kind, name=name, as_of=as_of, source=source, is_sample=is_sample, loaded_by=by, loaded_at=dates.now()
    )
    noun: Any = Population if kind == TableKind.POPULATION else Prevalence
    noun.objects.bulk_create([noun(table=table, **row) for row in found])
    audit.record("risk.table_loaded", by=by, target=table, kind=str(kind), rows=len(found), sample=int(is_sample))
    return table


def is_the_sample(kind: TableKind, rows: list[dict[str, Any]]) -> bool:
    """The shipped figures come back unchanged: they are no statistics of the city, whatever the form said."""
    if kind == TableKind.POPULATION:
        return {tuple(str(value) for value in row.values()) for row in rows} == set(scaled_sample())
    return {(row["concern"], row["per_mille"]) for row in rows} == {
        (row[0], type(rows[0]["per_mille"])(row[1])) for row in sample(kind)
    }


@transaction.atomic
def declare_clientele(*, by: User, total: int | None, stages: Mapping[str, int | None] | None = None) -> Clientele:
    """Say for the own organisation how many people it is in touch with. None: it does not know, and is not asked again.

    With `stages` (names of STAGES; all four) the whole is their sum. Raises PermissionDenied, ValidationError.
    """
    if not can_write(by):
        raise PermissionDenied
    given = {name: (stages or {}).get(name) for name in STAGES}
    known = [number for number in given.values() if number is not None]
    if known and len(known) < len(STAGES):
        raise ValidationError(_("Please fill in all four ages, or none of them (0 is possible)."))
    said, _new = Clientele.objects.update_or_create(
        organization=by.organization,
        defaults={
            **given,
            "total": sum(known) if known else total,
            "declared_by": by,
            "declared_at": dates.now(),
        },
    )
    audit.record("clientele.declared", by=by, target=by.organization, known=int(said.total is not None))
    return said
