"""Access rows: the register of members, bodies, the office's register."""

from __future__ import annotations

import datetime as dt
from typing import Any

from directory.actions import register
from directory.models import Body, BodyMembership, Chart, ChartNode
from tests.access import OFFICE, SECRETARIAT, Row, all_of, everyone
from tests.factories.people import make_organization

SINCE = dt.date(2025, 4, 1)


def build(world: Any) -> None:
    """Members that may be named and one that may not; a body residents read about and one they do not."""
    world.membership = register.admit(organization=world.org_a, tier="core", since=SINCE, by=None)
    unnamed = make_organization(name="名を出さない会", description=world.canary("organization.unnamed"))
    register.admit(organization=unnamed, tier="partner", since=SINCE, by=None)
    world.body = Body.objects.create(name="連携会議", is_pf=True, is_public=True)
    hidden = Body.objects.create(name=world.canary("body.unpublished"), is_pf=True, reports_to=world.body)
    world.body.reports_to = world.body.approved_by = hidden
    world.body.save()
    BodyMembership.objects.create(body=world.body, organization=unnamed, since=SINCE)
    BodyMembership.objects.create(body=hidden, title=world.canary("body.unpublished_title"), headcount=3)
    shown = Chart.objects.create(title="図", description="図です。", is_public=True)
    ChartNode.objects.create(chart=shown, number=1, label="見える箱")
    ChartNode.objects.create(chart=shown, number=2, body=hidden, detail=world.canary("chart.hidden_body"))
    ChartNode.objects.create(chart=shown, number=3, organization=unnamed, label=world.canary("chart.unnamed"))
    draft = Chart.objects.create(title=world.canary("chart.unpublished"), description="図です。")
    ChartNode.objects.create(chart=draft, number=1, label="箱")


def admitted(world: Any) -> dict[str, Any]:
    return {"organization": world.org_b.pk, "tier": "partner", "since": "2026-04-01", "until": ""}


ROWS: list[Row] = [
    everyone("directory:member_list"),
    Row(
        "members:office_register",
        data=admitted,
        get=all_of(OFFICE, 200),
        post=all_of(SECRETARIAT, 302) | {"admin": 403},
        otherwise=403,
    ),
    Row("members:office_register_csv", get=all_of(OFFICE, 200), otherwise=403),
    Row(
        "members:office_membership",
        kwargs=lambda world: {"pk": world.membership.pk},
        wrong={"pk": 999_999},
        data=lambda world: {"tier": "core", "since": "2025-05-01", "until": ""},
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 302) | {"admin": 403},
        otherwise=403,
    ),
]
