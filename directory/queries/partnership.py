"""The partnership as residents see it: the table of roles."""

from dataclasses import dataclass

from django.db.models import Count

from cms import dates
from directory.enums import OrganizationKind
from directory.models import Organization, RoleStatement


@dataclass(frozen=True)
class RoleRow:
    """One row of 「団体｜役割」. `taking_part`: public organisations of that kind today."""

    heading: str
    duties: list[str]
    taking_part: int


def roles_table() -> list[RoleRow]:
    """The rows in order; kinds without a row of their own are counted under "other". Two queries."""
    statements = list(RoleStatement.objects.all())
    counted = Organization.objects.public().current(dates.today()).order_by().values_list("kind").annotate(Count("pk"))
    numbers: dict[str, int] = dict(counted)
    named = {statement.kind for statement in statements} - {OrganizationKind.OTHER}
    others = sum(number for kind, number in numbers.items() if kind not in named)
    return [
        RoleRow(each.heading, each.duties, others if each.kind == OrganizationKind.OTHER else numbers.get(each.kind, 0))
        for each in statements
    ]
