"""The register of members, as of any day: who took part, in which tier, from when to when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Min

from cms import dates
from directory.enums import Tier
from directory.models import BodyMembership, Membership
from directory.queries.partnership import kinds_under, seats_of_people

YEARS_BACK = 4


@dataclass(frozen=True)
class Register:
    """The register on one day. `hidden`: members that are not named here."""

    on: dt.date
    members: list[Membership]
    hidden: int
    people: list[BodyMembership]

    @property
    def tiers(self) -> list[tuple[Tier, list[Membership]]]:
        """Core members, then partners; a tier without anybody is left out."""
        found = [(tier, [each for each in self.members if each.tier == tier]) for tier in Tier]
        return [(tier, members) for tier, members in found if members]


def register_on(on: dt.date, *, kind: str = "", user: Any = None) -> Register:
    """The register as this person may see it. Three queries, also when narrowed to "other"; however many members."""
    held = Membership.objects.on(on)
    if kind:
        held = held.filter(organization__kind__in=kinds_under(kind))
    shown = held.visible_to(user).select_related("organization")
    members = list(shown.order_by("tier", "organization__kana", "organization__name", "pk"))
    return Register(on, members, held.count() - len(members), [] if kind else seats_of_people(on))


def landmarks() -> list[dt.date]:
    """Days one may want to look at: today, and the first days of the last fiscal years. One query."""
    first = Membership.objects.public().aggregate(Min("since"))["since__min"]
    today = dates.today()
    year = dates.fiscal_year(today)
    aprils = [dt.date(each, 4, 1) for each in range(year, year - YEARS_BACK, -1)]
    return [today, *(day for day in aprils if first and first <= day < today)]


def history_of(organization_id: int) -> list[Membership]:
    """All memberships of an organisation, the latest first."""
    return list(Membership.objects.filter(organization_id=organization_id).order_by("-since", "-pk"))
