"""Members of the partnership, bodies and charts for tests."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from directory.actions import register
from directory.enums import Tie
from directory.models import Body, BodyMembership, Chart, ChartEdge, ChartNode, Membership
from tests.factories.people import make_organization

numbers = count(1)
SINCE = dt.date(2025, 4, 1)


def day(text: str | None) -> dt.date | None:
    """ "2025-04-01" as a date."""
    return dt.date.fromisoformat(text) if text else None


def make_member(since: str = "2025-04-01", until: str | None = None, tier: str = "core", **fields: Any) -> Membership:
    """An organisation with a public profile, in the register."""
    organization = fields.pop("organization", None) or make_organization(**{"is_public": True, **fields})
    return register.admit(organization=organization, tier=tier, since=day(since) or SINCE, until=day(until), by=None)


def make_body(**fields: Any) -> Body:
    """A body that residents read about."""
    return Body.objects.create(**{"name": f"会議体{next(numbers)}", "is_public": True, **fields})


def sit(body: Body, who: Any, since: str | None = None, until: str | None = None, **fields: Any) -> BodyMembership:
    """An organisation, or a title, sits in a body."""
    subject = {"title": who} if isinstance(who, str) else {"organization": who}
    return BodyMembership.objects.create(body=body, since=day(since), until=day(until), **subject, **fields)


def make_chart(boxes: dict[int, Any], lines: list[tuple[int, Tie, int]], **fields: Any) -> Chart:
    """A chart residents see. Boxes: number → words, body, organisation, or a dict of fields."""
    chart = Chart.objects.create(**{"title": "つながりの図", "description": "図です。", "is_public": True, **fields})
    for number, what in boxes.items():
        given = what if isinstance(what, dict) else {"label": what}
        ChartNode.objects.create(chart=chart, number=number, **given)
    for start, tie, end in lines:
        ChartEdge.objects.create(chart=chart, start=start, tie=tie, end=end)
    return chart
