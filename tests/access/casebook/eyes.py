"""Access rows of the eyes: the auditor's page, readings in an emergency."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from casebook.actions import eyes
from casebook.actions.break_glass import break_glass
from tests.access import SECRETARIAT, Row, all_of

ADMIN = frozenset({"admin"})
WRONG = {"pk": UUID(int=0)}


def build(world: Any) -> None:
    """A reading in an emergency of the released case, with words of its own; a line in the log."""
    world.emergency = break_glass(
        by=world.users["admin"],
        number=world.released.number,
        reason="fault",
        words=f"{world.canary('emergency.words')}の不具合を調べます。",
    )
    eyes.note_reading(by=world.users["member_b"], case=world.released)


def opened(world: Any) -> dict[str, Any]:
    return {"pk": world.emergency.pk}


WORDS = {f"case.released.{name}": ADMIN for name in ("headline", "situation", "tried", "asked")}

ROWS: list[Row] = [
    Row("members:audit", get={"auditor": 200}, otherwise=403),
    Row("members:break_glass", get={"admin": 200}, post={"admin": 200}),
    Row("members:emergency_readings", get=all_of(SECRETARIAT, 200)),
    Row("members:emergency_reading", get={"admin": 200}, kwargs=opened, wrong=WRONG, shows=WORDS),
    Row(
        "members:emergency_close", get=all_of(SECRETARIAT | ADMIN, 405), post={"admin": 302}, kwargs=opened, wrong=WRONG
    ),
]
