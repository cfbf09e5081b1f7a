"""What waits for somebody who keeps the desks: a constant number of questions, whatever waits."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.functional import cached_property

from directory.enums import WrongThing
from directory.models import Channel, ConsultationDesk, DeskReport, NumberChange, NumberHold
from directory.models.desks import FRESH_FOR
from directory.phones import phone

SEVERAL = 2  # so many different people who say the number is wrong are a strong sign
SHOWN_STALE = 50


@dataclass(frozen=True)
class ReportedDesk:
    """A desk with the reports nobody has looked into."""

    desk: ConsultationDesk
    reports: list[DeskReport]

    @property
    def senders_of_number(self) -> int:
        """How many different people say that the number is wrong. Without an address each counts."""
        wrong = [each for each in self.reports if each.what == WrongThing.NUMBER]
        return len({each.sender or str(each.pk) for each in wrong})

    @property
    def is_urgent(self) -> bool:
        """Two people tell the same: hide the number first, call afterwards."""
        return self.senders_of_number >= SEVERAL


class Waiting:
    """Everything on the one page; each list is asked for once."""

    def __init__(self, today: dt.date) -> None:
        self.today = today

    @cached_property
    def changes(self) -> list[NumberChange]:
        """Numbers that wait for a second person, the oldest first."""
        return list(NumberChange.objects.waiting().select_related("desk__organization", "proposed_by"))

    @cached_property
    def holds(self) -> list[NumberHold]:
        """Numbers that are hidden and still stand in a row of their desk, the newest first."""
        rows = Channel.objects.held().values("desk_id", "kind", "value")
        standing = {(row["desk_id"], row["kind"], row["value"]) for row in rows}
        open_ones = NumberHold.objects.open().select_related("desk__organization", "by", "lift_asked_by")
        return [hold for hold in open_ones if (hold.desk_id, hold.kind, hold.value) in standing]

    @cached_property
    def reported(self) -> list[ReportedDesk]:
        """Desks with reports; those whose number several people call wrong first, then the latest."""
        found: dict[int, list[DeskReport]] = defaultdict(list)
        for each in DeskReport.objects.open().select_related("desk__organization"):
            found[each.desk_id].append(each)
        desks = [ReportedDesk(reports[0].desk, reports) for reports in found.values()]
        return sorted(desks, key=lambda each: (not each.is_urgent, -each.reports[0].created_at.timestamp()))

    @cached_property
    def unconfirmed(self) -> list[ConsultationDesk]:
        """Published lines for the whole country that nobody has vouched for: residents do not see them."""
        lines = ConsultationDesk.objects.national().filter(live=True, confirmed_on=None)
        return list(lines.select_related("organization").prefetch_related("channels"))

    @cached_property
    def stale(self) -> list[Any]:
        """Public desks of the city nobody has checked for 90 days, or ever, the longest first; at most 50."""
        old = Q(assured_on__isnull=True) | Q(assured_on__lt=self.today - FRESH_FOR)
        desks = ConsultationDesk.objects.public().local().filter(old).select_related("organization")
        return list(
            desks.annotate(last_asked=Max("questions__asked_at")).order_by("assured_on", "kana", "pk")[:SHOWN_STALE]
        )

    @property
    def count(self) -> int:
        """How much there is to do."""
        return sum(len(each) for each in (self.changes, self.holds, self.reported, self.unconfirmed, self.stale))


def waiting_changes() -> QuerySet[NumberChange]:
    """For the panel on the staff's first page."""
    return NumberChange.objects.waiting().select_related("desk", "proposed_by")


def shown_number(kind: str, value: str) -> str:
    """A number as people read it."""
    return Channel(kind=kind, value=value).shown_value if value else ""


def held_values(desk: ConsultationDesk) -> dict[tuple[str, str], NumberHold]:
    """What is hidden at a desk."""
    return {(hold.kind, hold.value): hold for hold in NumberHold.objects.open().filter(desk=desk).select_related("by")}


def shared_with(desk: ConsultationDesk, values: set[tuple[str, str]]) -> list[tuple[str, ConsultationDesk]]:
    """Other desks that have one of these numbers: (the number as people read it, the desk). Both may well be right."""
    numbers = [value for kind, value in values if value and not _is_sample(kind, value)]
    rows = (
        Channel.objects.filter(value__in=numbers)
        .exclude(desk=desk.pk)
        .select_related("desk")
        .order_by("desk__kana", "pk")
    )
    found = {(row.value, row.desk_id): (row.shown_value, row.desk) for row in rows if (row.kind, row.value) in values}
    return list(found.values())


def _is_sample(kind: str, value: str) -> bool:
    number = phone(value) if kind in ("phone", "fax") else None
    return bool(number and number.is_sample)


def report_counts(desks: list[int]) -> dict[int, int]:
    """How many open reports each desk has."""
    rows = DeskReport.objects.open().filter(desk__in=desks).order_by().values_list("desk_id").annotate(Count("pk"))
    return dict(rows)
