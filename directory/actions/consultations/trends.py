"""Publishing a month of consultations: once, small numbers hidden, and then for ever the same (ADR 0057)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms import audit, dates
from directory.actions.consultations.tallies import NotOverYet
from directory.models import ConsultationCount, HeardOfCount, Organization, TallySheet, Trend, User
from directory.permissions import can
from directory.queries.consultations import tallies, trends
from directory.roles import Permission


class StillMissing(Exception):
    """Not all have handed in: the month is published when the last day has passed."""


@transaction.atomic
def publish(*, by: User, month: dt.date) -> Trend:
    """Earlier than by itself: the secretariat, when all have handed in. Twice is once.

    Raises PermissionDenied, NotOverYet, StillMissing.
    """
    if not can(by, Permission.TALLY_KEEP):
        raise PermissionDenied
    if not tallies.is_over(month, dates.today()):
        raise NotOverYet
    _hold_everybody()
    if not Trend.objects.filter(month=month).exists() and tallies.missing(month):
        raise StillMissing
    return _publish(month, by=by, at=dates.now())[0]


def publish_due(at: dt.datetime) -> int:
    """On every tick: months whose last day to mend has passed; how many. Months in which nobody counted stay away."""
    today = dates.jst(at).date()
    return sum(_publish_due(month, at) for month in unpublished(today))


def unpublished(today: dt.date) -> list[dt.date]:
    """Months with figures that may not be mended any more and are not published, the earliest first."""
    latest = tallies.after(tallies.first_of(today), -1 if today.day > tallies.MENDED_UNTIL else -2)
    found: set[dt.date] = set()
    for model in (ConsultationCount, HeardOfCount, TallySheet):
        rows = model._default_manager.filter(month__lte=latest).exclude(month__in=Trend.objects.values("month"))
        found.update(rows.order_by().values_list("month", flat=True).distinct())
    return sorted(found)


@transaction.atomic
def _publish_due(month: dt.date, at: dt.datetime) -> bool:
    _hold_everybody()
    return _publish(month, by=None, at=at)[1]


def _hold_everybody() -> None:
    """No figure comes in until this is done (actions.tallies.held); a second publication waits and finds the first."""
    list(Organization.objects.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def _publish(month: dt.date, *, by: User | None, at: dt.datetime) -> tuple[Trend, bool]:
    there = Trend.objects.filter(month=month).first()
    if there is not None:
        return there, False
    row = Trend.objects.create(month=month, figures=figures(month, on=dates.jst(at).date()), published_at=at)
    audit.record("trend.published", by=by, target=row, month=f"{month:%Y-%m}")
    return row, True


def figures(month: dt.date, *, on: dt.date) -> dict[str, dict[str, Any]]:
    """What is published of a month: {"<dimension>": {"<code>": count or null, …}, …}."""
    made: dict[str, dict[str, Any]] = {}
    for (dimension, code), count in trends.shown(trends.shares(month), tallies.concern_names()).items():
        made.setdefault(dimension, {})[code] = count
    handed_in = TallySheet.objects.filter(month=month).count()
    made["organizations"] = {"handed_in": handed_in, "asked": handed_in + len(tallies.missing(month))}
    made["handovers"] = trends.handing_on(month, on)
    return made
