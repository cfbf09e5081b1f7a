"""Access rows: the monthly tally of an organisation, the office's view of all, and the trends every member reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms import dates
from directory.models import ConsultationCount, Trend
from directory.queries.consultations.tallies import after, first_of
from tests.access import OFFICE, SECRETARIAT, WORKSPACE, Row, all_of

OWN = frozenset({"orgadmin", "counsellor", "supervisor"})
FIGURE = "771329405"  # how many organisation A has: nobody else may read it, and no sum may hold it
NEVER = {"month": dt.date(2099, 12, 1)}


def build(world: Any) -> None:
    """Organisation A has counted this month; a month long past is published."""
    world.canaries["tally.figure"] = FIGURE
    world.tally_month = first_of(dates.today())
    ConsultationCount.objects.create(
        organization=world.org_a, month=world.tally_month, route="r1", method="phone", count=int(FIGURE)
    )
    figures: dict[str, Any] = {"total": {"": 40}, "route": {"r1": 40, "r2": 0}}
    figures |= {"organizations": {"handed_in": 3, "asked": 4}, "handovers": {"of_ten": None, "hours": None}}
    world.trend = Trend.objects.create(month=after(world.tally_month, -3), figures=figures)


def this_month(world: Any) -> dict[str, Any]:
    return {"month": world.tally_month}


def published_month(world: Any) -> dict[str, Any]:
    return {"month": world.trend.month}


def sheet_of_a(world: Any) -> dict[str, Any]:
    return {"pk": world.org_a.pk, "month": world.tally_month}


OWN_SHOWN = {"tally.figure": OWN}
OFFICE_SHOWN = {"tally.figure": SECRETARIAT}
ROWS: list[Row] = [
    Row("members:tally", get=all_of(OWN, 200), post=all_of(OWN, 405), otherwise=403, shows=OWN_SHOWN),
    Row("members:tally_month", get=all_of(OWN, 200), post=all_of(OWN, 422), kwargs=this_month, wrong=NEVER,
        otherwise=403, shows=OWN_SHOWN),
    Row("members:tally_csv", get=all_of(OWN, 200), post=all_of(OWN, 405), kwargs=this_month, wrong=NEVER,
        otherwise=403, shows=OWN_SHOWN),
    Row("members:trends", get=all_of(WORKSPACE, 200), post=all_of(WORKSPACE, 405)),
    Row("members:trends_csv", get=all_of(WORKSPACE, 200), post=all_of(WORKSPACE, 405)),
    Row("members:trend", get=all_of(WORKSPACE, 200), post=all_of(WORKSPACE, 405), kwargs=published_month, wrong=NEVER),
    Row("members:trend_csv", get=all_of(WORKSPACE, 200), post=all_of(WORKSPACE, 405), kwargs=published_month,
        wrong=NEVER),
    Row("members:office_tally", get=all_of(SECRETARIAT, 200), post=all_of(SECRETARIAT, 405), otherwise=403),
    Row("members:office_tally_sheet", get=all_of(SECRETARIAT, 200), post=all_of(SECRETARIAT, 422), kwargs=sheet_of_a,
        wrong={"pk": 999_999, **NEVER}, otherwise=403, shows=OFFICE_SHOWN),
    Row("members:office_tally_month", get=all_of(SECRETARIAT, 200), post=all_of(SECRETARIAT, 405), kwargs=this_month,
        wrong=NEVER, otherwise=403, shows=OFFICE_SHOWN),
    Row("members:office_tally_csv", get=all_of(SECRETARIAT, 200), post=all_of(SECRETARIAT, 405), kwargs=this_month,
        wrong=NEVER, otherwise=403, shows=OFFICE_SHOWN),
    Row("members:office_tally_publish", get=all_of(OFFICE, 405), post=all_of(SECRETARIAT, 302), kwargs=this_month,
        otherwise=403),
]  # fmt: skip
