"""The monthly tally: which months are open, what an organisation has in them, who has handed in."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from directory.enums import ConsultationOutcome, HeardOf, Method, Route, Source
from directory.enums.life import COARSE_STAGES
from directory.models import Concern, ConsultationCount, HeardOfCount, Membership, Organization, TallySheet, Trend
from directory.permissions import can
from directory.roles import Permission

MENDED_UNTIL = 15  # of the following month; the night after it the month is published
CODES = ("concern", "life_stage", "route", "method", "outcome")


@dataclass(frozen=True, order=True)
class Line:
    """So many consultations with these codes, in the order of CODES; "" where a code is not known."""

    codes: tuple[str, ...]
    count: int = 0

    @property
    def cells(self) -> dict[str, Any]:
        """By column."""
        return dict(zip((*CODES, "count"), (*self.codes, self.count), strict=True))


# --- months: always their first day (JST) ---


def first_of(day: dt.date) -> dt.date:
    """The month of a day."""
    return day.replace(day=1)


def after(month: dt.date, months: int = 1) -> dt.date:
    """So many months later (or earlier)."""
    years, number = divmod(month.month - 1 + months, 12)
    return dt.date(month.year + years, number + 1, 1)


def label(month: dt.date) -> str:
    """「2026年10月」."""
    return f"{month.year}年{month.month}月"


def is_over(month: dt.date, on: dt.date) -> bool:
    """Its last day has passed."""
    return after(month) <= on


def last_day_to_mend(month: dt.date) -> dt.date:
    """Until this day, itself included, the figures of the month may be changed."""
    return after(month).replace(day=MENDED_UNTIL)


def is_open(month: dt.date, on: dt.date) -> bool:
    """It has begun, is not published, and its figures may still be changed."""
    return month <= on <= last_day_to_mend(month) and not Trend.objects.filter(month=month).exists()


def open_months(on: dt.date) -> list[dt.date]:
    """The one that runs, and the one before while it may be mended: at most two, the later first."""
    return [month for month in (first_of(on), after(first_of(on), -1)) if is_open(month, on)]


# --- codes and their words ---


def concern_names() -> dict[str, str]:
    """Code → name of every concern the city lists, in its order."""
    return dict(Concern.objects.values_list("code", "name"))


def choices(concerns: dict[str, str]) -> dict[str, dict[str, str]]:
    """What may stand in each column: code → words. Stages are the coarse ones: finer ones say more than a tally needs."""
    return {
        "concern": concerns,
        "life_stage": {stage.value: str(stage.label) for stage in COARSE_STAGES},
        "route": {code: str(label) for code, label in Route.choices if code},
        "method": {code: str(label) for code, label in Method.choices},
        "outcome": {code: str(label) for code, label in ConsultationOutcome.choices},
    }


HEARD = {code: label for code, label in HeardOf.choices if code}


# --- one organisation, one month ---


def may_enter(user: Any, organization: Organization) -> bool:
    """Whoever keeps the tally there; the secretariat for everybody (an organisation may have no login)."""
    own = user.organization_id == organization.pk and can(user, Permission.TALLY_OWN)
    return bool(own or can(user, Permission.TALLY_KEEP))


@dataclass(frozen=True)
class Sheet:
    """What an organisation has for a month: what it entered, what the inbox counted."""

    organization: Organization
    month: dt.date
    lines: tuple[Line, ...]
    counted: tuple[Line, ...]
    heard: dict[str, int]
    heard_counted: dict[str, int]
    handed_in: TallySheet | None

    @property
    def total(self) -> int:
        """All consultations of that month there."""
        return sum(line.count for line in (*self.lines, *self.counted))

    @property
    def fingerprint(self) -> str:
        """Changes when what was entered changes: whoever saves has seen what they replace."""
        said = repr((sorted(self.lines), sorted(self.heard.items())))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def sheet(organization: Organization, month: dt.date) -> Sheet:
    """Three queries."""
    lines: dict[str, list[Line]] = {Source.ENTERED: [], Source.INBOX: []}
    rows = ConsultationCount.objects.filter(organization=organization, month=month, count__gt=0).order_by("pk")
    for source, count, *codes in rows.values_list("source", "count", *CODES):
        lines[source].append(Line(tuple(codes), count))
    heard: dict[str, dict[str, int]] = {Source.ENTERED: {}, Source.INBOX: {}}
    told = HeardOfCount.objects.filter(organization=organization, month=month, count__gt=0)
    for source, code, count in told.values_list("source", "heard_of", "count"):
        heard[source][code] = count
    return Sheet(
        organization, month, tuple(lines[Source.ENTERED]), tuple(lines[Source.INBOX]),
        heard[Source.ENTERED], heard[Source.INBOX],
        TallySheet.objects.filter(organization=organization, month=month).first(),
    )  # fmt: skip


def merged(lines: Iterable[Line]) -> list[Line]:
    """The same codes twice are one line; a line without a number is none. In the order they came."""
    found: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        if line.count:
            found[line.codes] += line.count
    return [Line(codes, count) for codes, count in found.items()]


# --- all of them ---


def keepers(month: dt.date) -> list[Organization]:
    """Organisations of the partnership that count: with a desk, or that have handed in before. By reading."""
    members = Membership.objects.on(after(month) - dt.timedelta(days=1)).values("organization")
    counting = Q(desks__isnull=False) | Q(pk__in=TallySheet.objects.values("organization"))
    return list(Organization.objects.filter(counting, pk__in=members).distinct().order_by("kana", "name", "pk"))


@dataclass(frozen=True)
class MonthOf:
    """A month of one organisation, for lists."""

    month: dt.date
    total: int
    handed_in: bool
    published: bool
    is_open: bool
    runs: bool  # it is not over yet

    @property
    def label(self) -> str:
        """「2026年10月」."""
        return label(self.month)


def months_of(organizations: Iterable[Organization], months: Iterable[dt.date], on: dt.date) -> list[list[MonthOf]]:
    """For each organisation its months: three queries for all."""
    organizations, months = list(organizations), list(months)
    keys = [organization.pk for organization in organizations]
    rows = ConsultationCount.objects.filter(organization__in=keys, month__in=months).order_by()
    grouped = rows.values("organization", "month").annotate(total=Sum("count"))
    totals = {(row["organization"], row["month"]): row["total"] for row in grouped}
    handed = set(
        TallySheet.objects.filter(organization__in=keys, month__in=months).values_list("organization_id", "month")
    )
    published = set(Trend.objects.filter(month__in=months).values_list("month", flat=True))
    return [
        [
            MonthOf(
                month, totals.get((key, month), 0), (key, month) in handed, month in published,
                month <= on <= last_day_to_mend(month) and month not in published, not is_over(month, on),
            )
            for month in months
        ]
        for key in keys
    ]  # fmt: skip


def missing(month: dt.date) -> list[Organization]:
    """Who counts and has not handed in."""
    there = set(TallySheet.objects.filter(month=month).values_list("organization_id", flat=True))
    return [organization for organization in keepers(month) if organization.pk not in there]


def told(rows: QuerySet[ConsultationCount], month: dt.date, on: dt.date) -> QuerySet[ConsultationCount]:
    """What may be read row by row. The inbox counts each end at once: while the month runs, a new row is one person."""
    return rows if is_over(month, on) else rows.exclude(source=Source.INBOX)


def counted_so_far(month: dt.date, on: dt.date) -> dict[Organization, int]:
    """What stands of a running month in the inbox's rows, as one number an organisation; nothing once it is over."""
    if is_over(month, on):
        return {}
    rows = ConsultationCount.objects.filter(month=month, source=Source.INBOX, count__gt=0).order_by()
    sums = dict(rows.values_list("organization").annotate(total=Sum("count")))
    return {found: sums[found.pk] for found in Organization.objects.filter(pk__in=sums).order_by("kana", "name", "pk")}


def by_route_and_method(month: dt.date, on: dt.date) -> dict[tuple[str, str], int]:
    """K-01: how people came, by whom it was brought. Every number as it is: for the office alone (see `told`)."""
    rows = told(ConsultationCount.objects.filter(month=month, count__gt=0).order_by(), month, on)
    return {
        (row["route"], row["method"]): row["total"]
        for row in rows.values("route", "method").annotate(total=Sum("count"))
    }
