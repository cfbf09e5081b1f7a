"""Access rows: from a consultation to a case. Nobody of the matrix both reads a consultation and writes cases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.access import CASE_DOOR, CORE, Row, all_of
from tests.factories.consultations import make_consultation, make_reception

WRITERS = CORE | {"partner"}


def build(world: Any) -> None:
    """A consultation of a desk where nobody of these sits."""
    world.consultation_for_case = make_consultation(
        make_reception(organization=world.city).desk, text=world.canary("case.from_consultation")
    )


ROWS: list[Row] = [
    Row(
        "members:case_from_consultation",
        post=all_of(CASE_DOOR, 405),
        kwargs=lambda world: {"pk": world.consultation_for_case.pk},
        wrong={"pk": UUID(int=0)},
    ),
    Row("members:case_from_codes", get=all_of(CASE_DOOR, 405), post=all_of(WRITERS, 200)),
]
