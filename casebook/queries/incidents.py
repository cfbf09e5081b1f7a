"""Stopped cases: who decides, who has read them, which papers are out, what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from casebook.enums import OPENED, Eye
from casebook.models import Access, Case, Incident, PrintedCopy, Ruling
from casebook.queries.people import keepers
from directory.models import Organization, User
from directory.models.pledges import pledge_stands
from directory.permissions import can
from directory.roles import Permission

HEADLINES = (Eye.LIST, Eye.SEARCH)


@dataclass(frozen=True)
class ReadBy:
    """One person who had the whole text before their eyes."""

    name: str
    organization: str
    organization_id: int | None
    at: dt.datetime
    how: str


@dataclass(frozen=True)
class Spread:
    """How far a case had gone when it was stopped."""

    people: list[ReadBy]
    organizations: int
    headline_only: int
    copies: list[PrintedCopy]

    @property
    def copies_out(self) -> int:
        """Papers nobody has given back."""
        return sum(copy.state == "out" for copy in self.copies)


def spread_of(case: Case) -> Spread:
    """Who has read it, who saw its headline in a list, and its papers. Five queries, however many they are."""
    rows = list(
        Access.objects.of_case(case.pk).filter(how__in=OPENED).order_by()
        .values("user", "organization").annotate(last=Max("at"), how=Max("how")).order_by("-last")
    )  # fmt: skip
    names = dict(User.objects.filter(pk__in={row["user"] for row in rows}).values_list("pk", "name"))
    bodies = dict(Organization.objects.filter(pk__in={row["organization"] for row in rows}).values_list("pk", "name"))
    people = [
        ReadBy(
            names.get(row["user"], ""),
            bodies.get(row["organization"], ""),
            row["organization"],
            row["last"],
            str(Eye(row["how"]).label),
        )
        for row in rows
    ]
    copies = list(case.copies.select_related("printed_by", "organization"))
    organizations = {each.organization_id for each in people} - {None}
    return Spread(people, len(organizations), _headline_readers(case, {row["user"] for row in rows}), copies)


def _headline_readers(case: Case, readers: set[int]) -> int:
    """People who only saw it in a list. Lists are looked through since the day it went out."""
    if case.released_at is None:
        return 0
    lists = Access.objects.filter(how__in=HEADLINES, at__gte=case.released_at).order_by()
    pk = str(case.pk)
    seen = {user for user, cases in lists.values_list("user", "cases").iterator() if pk in cases}
    return len(seen - readers - {case.author_id})


def has_read(user: Any, case: Case) -> bool:
    """This person had the text before their eyes, wrote it, or stopped it: that there is such a case is no news to them.

    Nor would it be hidden from them but for the stop: who was shut out since learns nothing of what became of it.
    """
    if not Case.objects.visible_but_for_a_stop(user).filter(pk=case.pk).exists():
        return False
    if case.author_id == user.pk or stopped_by(user, case.pk) is not None:
        return True
    return Access.objects.of_case(case.pk).filter(user=user.pk, how__in=OPENED).exists()


def stopped_by(user: Any, case: UUID) -> Incident | None:
    """The latest stop of that case in which this person took part."""
    mine = Incident.objects.filter(case=case, steps__act="pressed", steps__by=user.pk)
    return mine.order_by("-opened_at").first()


def keepers_of(case: Case) -> QuerySet[User]:
    """Who decides about it: the secretariat without organisations it excludes, and without the one that asks."""
    return other_keepers(case).exclude(organization=case.organization_id)


def other_keepers(case: Case) -> QuerySet[User]:
    """The secretariat without organisations the case excludes."""
    return keepers().exclude(organization__in=case.excluded.values("pk"))


def may_read_stopped(user: Any, case: Case) -> bool:
    """The words of a stopped case: for those who decide, with a pledge to the rules in force like everybody."""
    return pledge_stands(user) and Case.objects.stopped_for(user).filter(pk=case.pk).exists()


def verdicts_open_to(user: Any, incident: Incident) -> list[Ruling]:
    """What this person may decide now.

    Nobody judges a case of the own organisation. Where the whole secretariat belongs to it (a city's own case in a
    small city), it may take the careful ways, mend or delete, but never show it again; who wrote it may delete it.
    """
    case = incident.case
    if incident.verdict or not may_read_stopped(user, case):
        return []
    if case.organization_id != user.organization_id:
        return list(Ruling)
    if keepers_of(case).exists():
        return []
    if case.author_id != user.pk:
        return [Ruling.MEND, Ruling.ERASE]
    alone = not other_keepers(case).exclude(pk=user.pk).exists()
    return [Ruling.ERASE] if alone else []


def waiting_incidents(user: Any) -> int:
    """Incidents that are not closed, for the navigation."""
    if not can(user, Permission.INCIDENTS_KEEP):
        return 0
    return Incident.objects.visible_to(user).running().count()
