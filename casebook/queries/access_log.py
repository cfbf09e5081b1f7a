"""The access log as an auditor reads it: who, what, how, when; never a word of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from casebook.models import Access, Case
from cms import dates
from directory.models import Organization, User


@dataclass(frozen=True)
class Line:
    """One line of the log with the names that stand behind its numbers today."""

    at: dt.datetime
    seq: int
    person: str
    organization: str
    how: str
    numbers: list[str]
    shown: int  # how many cases stood on the page; 0: none (figures)
    copy: str


def narrowed(
    *,
    number: str = "",
    person: int | None = None,
    organization: int | None = None,
    how: str = "",
    day: dt.date | None = None,
) -> QuerySet[Access]:
    """Lines of the log, the newest first. A number finds the pages of lists it stood on, too."""
    rows: QuerySet[Access] = Access.objects.order_by("-seq")
    if number:
        case = Case.objects.filter(number=number).values_list("pk", flat=True).first()
        rows = rows.filter(Q(case=case) | Q(cases__icontains=str(case))) if case else rows.none()
    if person is not None:
        rows = rows.filter(user=person)
    if organization is not None:
        rows = rows.filter(organization=organization)
    if how:
        rows = rows.filter(how=how)
    if day is not None:
        start = dt.datetime.combine(day, dt.time(), dates.JST)
        rows = rows.filter(at__gte=start, at__lt=start + dt.timedelta(days=1))
    return rows


def lines_of(rows: Iterable[Access]) -> list[Line]:
    """With names: three queries for all."""
    rows = list(rows)
    people = dict(User.objects.filter(pk__in={row.user for row in rows}).values_list("pk", "name"))
    bodies = {row.organization for row in rows if row.organization is not None}
    names = dict(Organization.objects.filter(pk__in=bodies).values_list("pk", "name"))
    cases = {row.case for row in rows if row.case} | {UUID(pk) for row in rows for pk in row.cases}
    numbers = dict(Case.objects.filter(pk__in=cases).values_list("pk", "number"))
    return [_line(row, people, names, numbers) for row in rows]


def _line(row: Access, people: dict[int, str], names: dict[int, str], numbers: dict[Any, str]) -> Line:
    ids = [row.case] if row.case else [UUID(pk) for pk in row.cases]
    return Line(
        at=row.at,
        seq=row.seq,
        person=people.get(row.user, ""),
        organization=names.get(row.organization or 0, ""),
        how=row.get_how_display(),
        numbers=[numbers[pk] for pk in ids if pk in numbers],
        shown=len(ids),
        copy=row.copy,
    )


def people_in_the_log() -> list[tuple[int, str]]:
    """Everybody who has read anything."""
    return list(
        User.objects.filter(pk__in=Access.objects.order_by().values("user")).order_by("name").values_list("pk", "name")
    )


def organizations_in_the_log() -> list[tuple[int, str]]:
    """Every organisation of a reader."""
    read = Access.objects.order_by().filter(organization__isnull=False).values("organization")
    return list(Organization.objects.filter(pk__in=read).order_by("name").values_list("pk", "name"))
