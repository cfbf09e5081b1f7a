"""Study sessions for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms.dates import now
from tests.factories.people import make_organization, make_user
from workshops.actions import studies
from workshops.actions.events import Plan
from workshops.models import StudySession


def make_study(
    *, by: Any = None, capacity: int | None = None, starts_at: dt.datetime | None = None, **fields: Any
) -> StudySession:
    """A session next week, held by an organisation's administrator, for all members unless said otherwise."""
    by = by or make_user("orgadmin", organization=make_organization())
    start = starts_at or (now() + dt.timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
    fields.setdefault("title", "声かけの練習")
    fields.setdefault("format", "both")
    fields.setdefault("venue_name", "水辺のいえ")
    fields.setdefault("online_link", "https://meet.example.jp/abc")
    plan = Plan(starts_at=start, ends_at=start + dt.timedelta(hours=2), capacity=capacity)
    return studies.hold(by=by, plan=plan, **fields)
