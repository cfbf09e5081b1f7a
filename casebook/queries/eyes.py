"""Who has read a case: by name for the organisation that asks, as a number for everybody else; and the log itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q

from casebook.enums import OPENED, SHARED_STATES, Eye
from casebook.models import Access, Case
from casebook.permissions import sees_readers
from directory.models import Organization, User

READ = (Eye.VIEW, Eye.PRINT)  # what counts as "has read it" for those who may only know how many


@dataclass
class Reader:
    """A person of an organisation that has read a case, how, and when last. An emergency names the office alone."""

    organization: str
    name: str
    at: dt.datetime
    prints: int = 0
    kinds: list[str] = field(default_factory=list)
    emergency: bool = False

    @property
    def more(self) -> list[str]:
        """How they read it, where it was more than opening it."""
        return self.kinds if set(self.kinds) != {str(Eye.VIEW.label)} else []


def readers(case: Case) -> list[Reader]:
    """Who has read a case, the latest first; the author's own readings left out."""
    rows = list(
        Access.objects.of_case(case.pk)
        .filter(how__in=OPENED)
        .exclude(user=case.author_id, how=Eye.VIEW)
        .order_by()
        .values("user", "organization", "how")
        .annotate(last=Max("at"), times=Count("pk"))
        .order_by("-last")
    )
    people, bodies = _names(rows)
    found: dict[Any, Reader] = {}
    for row in rows:
        emergency = row["how"] == Eye.GLASS
        key = ("", row["user"]) if emergency else (row["organization"], row["user"])
        name = "" if emergency else people.get(row["user"], "")
        body = "" if emergency else bodies.get(row["organization"], "")
        reader = found.setdefault(key, Reader(body, name, row["last"], emergency=emergency))
        reader.kinds.append(str(Eye(row["how"]).label))
        reader.prints += row["times"] if row["how"] == Eye.PRINT else 0
    return list(found.values())


def _names(rows: Iterable[dict[str, Any]]) -> tuple[dict[int, str], dict[int, str]]:
    """Names of people and of organisations, two queries for all."""
    people = User.objects.filter(pk__in={row["user"] for row in rows}).values_list("pk", "name")
    bodies = Organization.objects.filter(pk__in={row["organization"] for row in rows} - {None})
    return dict(people), dict(bodies.values_list("pk", "name"))


def reading_organizations(case: Case) -> int:
    """How many organisations beside the author's have read it."""
    rows = Access.objects.of_case(case.pk).filter(how__in=READ).exclude(organization=case.organization_id)
    return rows.order_by().values("organization").distinct().count()


def eyes_on(user: Any, case: Case) -> dict[str, Any]:
    """What `casebook/members/case_readers.html` shows this person. Nothing before the case is shared.

    `readers` and `prints` for the organisation that asks; `reader_count` and `own_reading` (when this person last read
    it) for everybody else.
    """
    if case.state not in SHARED_STATES:
        return {}
    if sees_readers(user, case):
        found = readers(case)
        return {"readers": found, "prints": sum(reader.prints for reader in found)}
    rows = Access.objects.of_case(case.pk).filter(how__in=READ)
    last: dict[str, Any] = rows.aggregate(
        count=Count("organization", distinct=True, filter=~Q(organization=case.organization_id)),
        own=Max("at", filter=Q(user=user.pk)),
    )
    return {"readers": None, "reader_count": last["count"], "own_reading": last["own"]}
