"""The demo's year of figures: twelve organisations and more, twelve months, whatever the day on which it is made."""

from __future__ import annotations

from typing import Any

import pytest

from cms import dates
from cms.suppression import holds
from directory.models import ConsultationCount, Trend
from directory.queries.consultations import tallies, trends
from home.demo import organizations, tally
from tests.factories.desks import make_desk
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("now", ["2026-11-22T10:00+09:00", "2026-11-03T10:00+09:00", "2027-03-31T23:30+09:00"])
def test_twelve_months_of_twelve_organisations_and_no_small_number_in_them(frozen: Any, now: str) -> None:
    frozen(now)
    bodies = organizations.build()
    for name in tally.WHO_COUNTS:
        make_desk(organization=bodies[name])
    homes = {"secretariat": organizations.CITY, "counsellor": organizations.SHAKYO, "orgadmin": organizations.FUNE}
    others = {"member": organizations.NAGISA, "member2": organizations.YORISOI, "member3": organizations.KOMOREBI}
    staff = {
        login: make_user(login.rstrip("23"), organization=bodies[name]) for login, name in {**homes, **others}.items()
    }
    tally.build(staff, bodies)
    over = [tallies.after(tallies.first_of(dates.today()), -back) for back in range(1, 13)]
    waits = [month for month in over if tallies.is_open(month, dates.today())]
    months = list(Trend.objects.order_by("-month").values_list("month", flat=True))
    assert (months, len(waits)) == ([month for month in over if month not in waits], dates.today().day < 16)
    for month in months:
        parts = trends.shares(month)
        shown = {(name, code): n for name, codes in Trend.objects.get(month=month).figures.items() for code, n in codes.items() if name not in ("organizations", "handovers")}  # fmt: skip
        assert holds(trends.tables_of(parts, tallies.concern_names()), shown, insiders=parts.values())
        assert sum(count is None for count in shown.values()) < len(shown) / 3  # it can be read
    counting = ConsultationCount.objects.filter(month=over[-1]).values("organization").distinct()
    assert counting.count() == len(tally.WHO_COUNTS) == 12
    late = {organization.name for organization in tallies.missing(over[0])}
    assert late == set(tally.LATE)
