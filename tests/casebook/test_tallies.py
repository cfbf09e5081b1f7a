"""Figures: counted once, closed quarters only, small numbers hidden, nothing to calculate back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from casebook.actions import cases
from casebook.actions.tallies import add
from casebook.enums import Eye, TallyEvent, TallyOf
from casebook.models import Access, Tally
from casebook.queries.tallies import Quarter, figures, tables_of
from cms import dates
from cms.suppression import holds, protect
from tests.factories.cards import make_closed
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 5, 1, 12, tzinfo=dates.JST)
BEFORE = Quarter(2026, 4)


def counters() -> dict[tuple[str, str, str], int]:
    rows = Tally.objects.values_list("event", "dimension", "code", "count")
    return {(event, dimension, code): count for event, dimension, code, count in rows}


@pytest.mark.parametrize(
    ("day", "quarter", "months"),
    [
        ("2027-04-01", Quarter(2027, 1), (4, 6)),
        ("2027-03-31", Quarter(2026, 4), (1, 3)),
        ("2026-09-30", Quarter(2026, 2), (7, 9)),
        ("2026-12-31", Quarter(2026, 3), (10, 12)),
    ],
)
def test_quarters_of_the_fiscal_year(day: str, quarter: Quarter, months: tuple[int, int]) -> None:
    moment = dt.datetime.fromisoformat(f"{day}T00:30").replace(tzinfo=dates.JST)
    assert Quarter.of(moment) == quarter
    assert tuple(each.month for each in quarter.months) == months


def test_counted_when_it_opens_and_when_it_closes_and_never_taken_off() -> None:
    case = make_closed(concerns=["k5"], life_stage="l4")
    expected = {
        ("opened", "all", ""): 1, ("opened", "stage", "m1"): 1, ("opened", "concern", "k5"): 1,
        ("closed", "all", ""): 1, ("closed", "stage", "m1"): 1, ("closed", "concern", "k5"): 1,
        ("closed", "outcome", "found"): 1,
    }  # fmt: skip
    assert counters() == expected
    cases.withdraw(by=case.author, case=case)
    assert counters() == expected


def quarter(of: Quarter, stages: dict[str, int], concerns: dict[str, int]) -> None:
    add(of, TallyEvent.OPENED, TallyOf.ALL, "", sum(stages.values()))
    for code, number in stages.items():
        add(of, TallyEvent.OPENED, TallyOf.STAGE, code, number)
    for code, number in concerns.items():
        add(of, TallyEvent.OPENED, TallyOf.CONCERN, code, number)


def shown(now: dt.datetime) -> dict[str, list[int | None]]:
    (found,) = figures(now)
    return {f"{table.event} {table.dimension}": [line.count for line in table.lines] for table in found.tables}


def test_small_numbers_and_what_would_tell_them_are_hidden() -> None:
    quarter(BEFORE, {"m0": 3, "m1": 12, "m2": 8, "m3": 20}, {"k1": 4, "k2": 5})
    found = shown(NOW)
    assert found["opened stage"] == [None, None, 8, 20, 0, 43]
    assert set(found["opened concern"]) == {None, 5, 0, 43}
    assert found["closed outcome"] == [0, 0, 0, 0]


def test_a_quarter_that_still_runs_is_not_shown() -> None:
    quarter(Quarter.of(NOW), {"m1": 30}, {})
    assert figures(NOW) == []
    assert len(figures(NOW + dt.timedelta(days=92))) == 1


def test_what_was_published_stays_as_it_was() -> None:
    quarter(BEFORE, {"m0": 3, "m1": 12, "m2": 8}, {"k1": 9})
    before = figures(NOW)
    quarter(Quarter.of(NOW), {"m0": 6, "m1": 2}, {"k1": 3})
    assert [each for each in figures(NOW + dt.timedelta(days=92)) if each.quarter == BEFORE] == before


def test_all_tables_of_a_quarter_are_protected_together() -> None:
    counts = {
        ("closed", "all", ""): 30, ("closed", "stage", "m1"): 3, ("closed", "stage", "m2"): 27,
        ("closed", "outcome", "found"): 26, ("closed", "outcome", "none"): 4,
    }  # fmt: skip
    tables = tables_of(counts)
    assert holds(tables, protect(tables)) is True
    naive: dict[Any, int | None] = {cell: None if 0 < count < 5 else count for cell, count in counts.items()}
    assert holds(tables, naive) is False


def test_the_page_and_the_file(login: Any) -> None:
    quarter(Quarter.of(dates.now() - dt.timedelta(days=100)), {"m0": 3, "m1": 12, "m2": 8}, {"k1": 9})
    client, user = login("member", organization=make_organization())
    page = client.get("/members/cases/figures/").content.decode()
    assert ("伏せています" in page, "12" in page) == (True, True)
    assert Access.objects.filter(how=Eye.EXPORT).count() == 0
    answer = client.post("/members/cases/figures.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"].startswith("attachment")
    assert [line.rsplit(",", 1)[1] for line in lines if "年代" in line][:6] == ["", "", "8", "0", "0", "23"]
    assert [(row.user, row.how) for row in Access.objects.filter(how=Eye.EXPORT)] == [(user.pk, Eye.EXPORT)]
