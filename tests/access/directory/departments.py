"""Access rows: the departments of large organisations, kept by the secretariat."""

from typing import Any

from directory.models import Department
from tests.access import SECRETARIAT, Row, all_of


def build(world: Any) -> None:
    """A section of the city hall."""
    world.section = Department.objects.create(organization=world.city, name=world.canary("section.name"))


SHOWS = {"section.name": SECRETARIAT}
ROWS: list[Row] = [
    Row(
        "members:office_departments",
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 422),
        otherwise=403,
        shows=SHOWS,
    ),
    Row(
        "members:office_department",
        kwargs=lambda world: {"pk": world.section.pk},
        wrong={"pk": 999_999},
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 422),
        otherwise=403,
        shows=SHOWS,
    ),
]
