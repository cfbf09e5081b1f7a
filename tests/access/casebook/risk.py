"""Access rows: the tables of rarity in the office, and what an organisation says of itself."""

from __future__ import annotations

from typing import Any

from casebook.models import Clientele
from tests.access import CORE, SECRETARIAT, Row, all_of
from tests.factories.risk import make_risk_table

# `colleague`, `orgadmin` and the secretariat write no cases.
WRITERS = CORE | {"partner"}
OWN = frozenset({"member"})  # of organisation A; `superuser` and `ex_member` work there too and see nothing


def build(world: Any) -> None:
    """A table of the city with a source of its own; organisation A has said how many people it is in touch with."""
    make_risk_table(by=world.users["secretariat"], source=world.canary("risk.source"))
    Clientele.objects.create(organization=world.org_a, total=98_765_432, declared_by=world.users["member"])
    world.canaries["clientele.total"] = "98765432"


ROWS: list[Row] = [
    Row(
        "members:office_risk",
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 422),
        otherwise=403,
        data=lambda world: {"kind": "population"},
        shows={"risk.source": SECRETARIAT},
    ),
    Row(
        "members:office_risk_csv",
        kwargs=lambda world: {"kind": "population"},
        wrong={"kind": "people"},
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 405),
        otherwise=403,
    ),
    Row(
        "members:clientele",
        get=all_of(WRITERS, 200),
        post=all_of(WRITERS, 200),
        shows={"clientele.total": OWN},
    ),
]
