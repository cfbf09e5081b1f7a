"""Access rows: who receives consultations; kept by the secretariat, and by a supervisor for the own desk."""

from __future__ import annotations

from typing import Any

from directory.models import DeskReception, DeskSeat
from tests.access import SECRETARIAT, Row, all_of
from tests.factories.desks import make_desk
from tests.factories.people import make_user

SUPERVISOR = frozenset({"supervisor"})


def build(world: Any) -> None:
    """A desk of organisation A that takes letters: its supervisor, and a colleague (whose name members know anyhow)."""
    world.kept_desk = make_desk(organization=world.org_a)
    DeskReception.objects.create(desk=world.kept_desk, takes=True)
    there = make_user("counsellor", organization=world.org_a, name="受付 まもる")
    for user in (world.users["supervisor"], there):
        DeskSeat.objects.create(desk=world.kept_desk, user=user)


ROWS: list[Row] = [
    Row(
        "members:office_receptions",
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 405),
        otherwise=403,
    ),
    Row(
        "members:office_reception",
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 422),
        data=lambda world: {"act": "reception", "reply_days": "99"},
        kwargs=lambda world: {"slug": world.kept_desk.slug},
        wrong={"slug": "nosuch1"},
        otherwise=403,
    ),
    Row(
        "members:consultation_reception",
        get=all_of(SUPERVISOR, 200),
        post=all_of(SUPERVISOR, 422),
        data=lambda world: {"act": "reception", "reply_days": "99"},
        otherwise=403,
    ),
]
