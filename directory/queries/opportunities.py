"""Opportunities that fit what somebody can give. Read-only, two queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, Q, QuerySet

from directory.enums import Minors, Pay, Rhythm
from directory.models import Opportunity

# Which wish is dropped first when nothing fits all of them.
DROP_ORDER = ("rhythms", "paid", "minutes", "once", "online", "young")


@dataclass(frozen=True)
class OpportunityFilters:
    """What somebody can give. Empty = no wish."""

    minutes: int | None = None  # at most so long
    rhythms: tuple[Rhythm, ...] = ()  # one of them is enough
    once: bool = False
    online: bool = False
    young: bool = False  # under 18
    paid: bool = False  # with pay, or expenses at least

    @property
    def count(self) -> int:
        """How many wishes there are."""
        return len(self.rhythms) + sum(1 for name in DROP_ORDER if name != "rhythms" and getattr(self, name))

    def without(self, name: str) -> OpportunityFilters:
        """The same without that wish."""
        blank: Any = {"minutes": None, "rhythms": ()}.get(name, False)
        return replace(self, **{name: blank})


@dataclass(frozen=True)
class OpportunityList:
    """An answer. `dropped` names the wishes that had to go so that something is shown."""

    filters: OpportunityFilters
    found: QuerySet[Opportunity]
    dropped: tuple[str, ...] = field(default=())


def fitting(filters: OpportunityFilters, day: dt.date, user: Any) -> QuerySet[Opportunity]:
    """Open ones that fit: what is on a day first, the short ones before the long ones."""
    rows = Opportunity.objects.visible_to(user).open_on(day).select_related("organization", "place")
    if filters.minutes:
        rows = rows.filter(minutes__lte=filters.minutes)
    if filters.rhythms:
        rows = rows.filter(rhythm__in=filters.rhythms)
    if filters.once:
        rows = rows.filter(Q(try_once=True) | Q(rhythm=Rhythm.ONCE))
    if filters.online:
        rows = rows.filter(is_online=True)
    if filters.young:
        rows = rows.filter(minors__in=(Minors.YES, Minors.CONSENT))
    if filters.paid:
        rows = rows.filter(pay__in=(Pay.PAID, Pay.EXPENSES))
    return rows.order_by(F("takes_place_on").asc(nulls_last=True), F("minutes").asc(nulls_last=True), "pk")


def find_opportunities(filters: OpportunityFilters, day: dt.date, user: Any = None) -> OpportunityList:
    """Opportunities one can ask about on a day (JST). When nothing fits, wishes go one by one."""
    found, dropped, asked = fitting(filters, day, user), [], filters
    for name in DROP_ORDER:
        if not getattr(filters, name):
            continue
        if found.exists():
            break
        dropped.append(name)
        filters = filters.without(name)
        found = fitting(filters, day, user)
    return OpportunityList(asked, found, tuple(dropped))
