"""Trends: published once, for ever the same, and no small number follows from them, for members and for insiders."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.dates import JST
from cms.models import AuditEvent
from cms.suppression import SMALL, SPAN, Tables, holds, protect
from directory.actions import register
from directory.actions.consultations import tallies, trends
from directory.enums import HandoverState
from directory.models import ConsultationCount, Handover, HeardOfCount, Organization, TallySheet, Trend
from directory.queries.consultations import trends as query
from directory.queries.consultations.tallies import Line, after
from directory.queries.consultations.trends import WHOLE, Counts
from tests.factories.desks import make_desk
from tests.factories.people import make_organization, make_user

OCTOBER, SEPTEMBER = dt.date(2026, 10, 1), dt.date(2026, 9, 1)
NOW = "2026-11-10T10:00+09:00"
CONCERNS = ("k1", "k2", "k3")

# --- without a database: what may be shown ---

people = st.tuples(
    st.sampled_from(["k1", "k2", "k3", ""]), st.sampled_from(["m1", "m3", ""]), st.sampled_from(["r1", "r2"]),
    st.sampled_from(["phone", "visit"]), st.sampled_from(["o1", "o2", ""]),
)  # fmt: skip
organizations = st.lists(st.dictionaries(people, st.integers(1, 12), max_size=5), min_size=1, max_size=5)


def given_by(rows: list[dict[Any, int]]) -> dict[int, Counts]:
    """What each organisation gave, as queries.trends.shares reads it."""
    made = {}
    for number, lines in enumerate(rows):
        counts: Counter[Any] = Counter()
        for codes, count in lines.items():
            counts[WHOLE] += count
            for cell in zip(query.CODES, codes, strict=True):
                counts[cell] += count
        if counts:
            made[number] = dict(counts)
    return made


@settings(max_examples=60, deadline=None)
@given(organizations)
def test_no_small_number_follows_for_members_or_for_one_who_knows_the_own_figures(rows: Any) -> None:
    parts = given_by(rows)
    tables, shown = query.tables_of(parts, CONCERNS), query.shown(parts, CONCERNS)
    if len(parts) < 3:  # nothing at all is published, so nothing follows
        assert set(shown.values()) == {None}
        return
    assert holds(tables, shown, insiders=parts.values())
    assert all(count in (None, tables.counts[cell]) for cell, count in shown.items())


def test_protection_that_forgets_insiders_lets_them_subtract() -> None:
    rows = [{("k1", "m1", "r1", "phone", "o1"): 30}, {("k1", "m1", "r1", "phone", "o1"): 2}, {("k2", "m1", "r1", "phone", "o1"): 40}]  # fmt: skip
    parts = given_by(rows)
    tables = query.tables_of(parts, CONCERNS)
    forgetful = protect(tables)
    assert forgetful["concern", "k1"] == 32  # the first organisation knows that the others have two
    assert holds(tables, forgetful) is True
    assert holds(tables, forgetful, insiders=parts.values()) is False
    assert query.shown(parts, CONCERNS)["concern", "k1"] is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=3, max_size=4))
def test_every_table_there_could_be_leaves_an_insider_in_doubt(parts: list[list[int]]) -> None:
    """Independent of the proof: all tables that agree with what is shown and with the own part are tried."""
    own = [Tables.line(dict(enumerate(part)), "all").counts for part in parts]
    tables = Tables.line({place: sum(part[place] for part in parts) for place in range(4)}, "all")
    try:
        shown = protect(tables, insiders=own)
    except Exception:  # noqa: BLE001  then nothing at all is published
        return
    hidden = [place for place in range(4) if shown[place] is None]
    for known in [dict.fromkeys(tables.counts, 0), *own]:
        left = {cell: tables.counts[cell] - known[cell] for cell in tables.counts}
        reach = range(max([*(left[place] for place in hidden), 0]) + SPAN + 1)
        guesses = [
            values
            for values in product(reach, repeat=len(hidden))
            if all(value + known[place] > 0 for value, place in zip(values, hidden, strict=True))
            and (shown["all"] is None or sum(values) == sum(left[place] for place in hidden))
        ]
        for at, place in enumerate(hidden):
            if left[place]:
                found = {values[at] for values in guesses}
                assert max(found) - min(found) >= SPAN
        assert all(shown[cell] is None for cell, count in left.items() if 0 < count < SMALL)


# --- publishing ---

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(frozen: Any) -> list[Organization]:
    """October at four organisations that are asked and have handed in."""
    frozen(NOW)
    found = []
    for number in range(4):
        organization = make_organization(name=f"数える会{number}")
        register.admit(organization=organization, tier="core", since=dt.date(2026, 4, 1), by=None)
        make_desk(organization=organization)
        TallySheet.objects.create(organization=organization, month=OCTOBER)
        found.append(organization)
    count(found, OCTOBER)
    return found


def count(found: list[Organization], of: dt.date) -> None:
    """Some thirty each; one concern is rare, another comes to one organisation nearly alone."""
    for number, organization in enumerate(found):
        rows = [("k2", "l4", "r1", "phone", 14 + number), ("k5", "m3", "r2", "visit", 11), ("k4", "m0", "r4", "web", 20 if number == 1 else number == 3)]  # fmt: skip
        for concern, stage, route, method, number_of in rows:
            if number_of:
                ConsultationCount.objects.create(
                    organization=organization, month=of, concern=concern, life_stage=stage, route=route, method=method,
                    outcome="o1", count=number_of,
                )  # fmt: skip
        HeardOfCount.objects.create(organization=organization, month=of, heard_of="h1", count=6)
    HeardOfCount.objects.create(organization=found[0], month=of, heard_of="h2", count=3)


def test_published_once_also_twice_at_once_and_never_changed(month: list[Organization]) -> None:
    office, stranger = make_user("secretariat"), make_user("orgadmin", organization=month[0])
    with pytest.raises(PermissionDenied):
        trends.publish(by=stranger, month=OCTOBER)
    with pytest.raises(tallies.NotOverYet):
        trends.publish(by=office, month=after(OCTOBER))
    TallySheet.objects.filter(organization=month[3]).delete()
    with pytest.raises(trends.StillMissing):
        trends.publish(by=office, month=OCTOBER)
    TallySheet.objects.create(organization=month[3], month=OCTOBER)
    first = trends.publish(by=office, month=OCTOBER)
    before = Trend.objects.get().figures
    ConsultationCount.objects.update(count=99)
    assert trends.publish(by=office, month=OCTOBER) == first
    assert trends.publish_due(dt.datetime(2026, 11, 20, tzinfo=JST)) == 0
    assert Trend.objects.get().figures == before
    assert before["organizations"] == {"handed_in": 4, "asked": 4}
    assert AuditEvent.objects.filter(action="trend.published").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clocks_and_a_late_hand_at_one_moment(frozen: Any) -> None:
    """One publication; what comes in is in it, or is refused."""
    frozen(NOW)
    organization = make_organization()
    user, office = make_user("orgadmin", organization=organization), make_user("secretariat")
    TallySheet.objects.create(organization=organization, month=OCTOBER)
    line = Line(("", "", "r1", "phone", ""), 7)

    def late() -> str:
        try:
            tallies.enter(by=user, organization=organization, month=OCTOBER, lines=[line], heard={})
        except tallies.MonthIsClosed:
            return "refused"
        return "entered"

    gate = threading.Barrier(3)

    def one(deed: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return deed()
        finally:
            connections.close_all()

    deeds = [lambda: trends.publish(by=office, month=OCTOBER), lambda: trends.publish(by=office, month=OCTOBER), late]
    with ThreadPoolExecutor(3) as pool:
        first, second, said = pool.map(one, deeds)
    assert (first, Trend.objects.get(), AuditEvent.objects.filter(action="trend.published").count()) == (
        second,
        first,
        1,
    )
    assert ConsultationCount.objects.exists() is (said == "entered")


def test_by_itself_in_the_night_after_the_fifteenth(month: list[Organization]) -> None:
    count(month, SEPTEMBER)
    moments = ("2026-11-15T23:59+09:00", "2026-11-16T00:00+09:00", "2026-11-16T00:01+09:00")
    done = []
    for moment in moments:
        done.append(trends.publish_due(dt.datetime.fromisoformat(moment)))
    assert done == [1, 1, 0]  # September, whose night was missed; October
    assert list(Trend.objects.order_by("month").values_list("month", flat=True)) == [SEPTEMBER, OCTOBER]


def test_of_two_organisations_nothing_is_shown(month: list[Organization]) -> None:
    ConsultationCount.objects.exclude(organization__in=month[:2]).delete()
    HeardOfCount.objects.all().delete()
    trends.publish_due(dt.datetime(2026, 11, 16, tzinfo=JST))
    (found,) = query.published()
    assert {line.count for table in found.tables for line in table.lines} == {None}


def test_hand_overs_are_told_only_where_they_are_many(month: list[Organization]) -> None:
    user = make_user("member", organization=month[0])
    of = {"kind": "consultation", "from_organization": month[1], "to_organization": month[0], "proposed_by": user, "answer_by": OCTOBER}  # fmt: skip

    def answered(number: int, **changes: Any) -> None:
        for each in range(number):
            at = dt.datetime(2026, 10, 3 + each, 9, tzinfo=JST)
            Handover.objects.create(
                **of, subject=f"00000000-0000-4000-8000-{each:04d}{len(changes):08d}", proposed_at=at,
                answered_at=at + dt.timedelta(hours=20), answered_by=user, **changes,
            )  # fmt: skip

    ended = dt.datetime(2026, 11, 1, tzinfo=JST)
    answered(8, state=HandoverState.DONE, ended_at=ended)
    answered(1, state=HandoverState.DECLINED, reason="full", ended_at=ended)
    assert query.handing_on(OCTOBER, dt.date(2026, 11, 10)) == {"of_ten": None, "hours": None}
    answered(1, state=HandoverState.ACCEPTED)
    assert query.handing_on(OCTOBER, dt.date(2026, 11, 10)) == {"of_ten": 9, "hours": 20}


# --- what is on the pages, all of them together ---


def figures_of(page: str) -> list[str]:
    """The cells of the tables of a page, in their order."""
    cells = re.findall(r'<td[^>]*>\s*<span class="(?:num|few)">([^<]*)</span>', page)
    return [cell.strip() for cell in cells]


def test_page_and_file_say_the_same_and_all_that_is_public_gives_no_small_number_away(
    month: list[Organization], login: Any
) -> None:
    count(month, SEPTEMBER)
    ConsultationCount.objects.filter(month=SEPTEMBER, concern="k5").update(count=13)  # one month is nearly the other
    trends.publish_due(dt.datetime(2026, 11, 16, tzinfo=JST))
    client, _user = login("colleague", organization=make_organization())
    public: dict[Any, Any] = {}
    truth, known = [], Counter[Any]()
    for of in (SEPTEMBER, OCTOBER):
        page = client.get(f"/members/trends/{of:%Y-%m}/").content.decode()
        file = client.get(f"/members/trends/{of:%Y-%m}/csv/").content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(file)))[1:]
        assert figures_of(page) == [row[-1] for row in rows]
        assert {row[-1] for row in rows} & {"1", "2", "3", "4"} == set()
        parts = query.shares(of)
        tables = query.tables_of(parts, query.concern_names())
        kept = {(name, code): n for name, codes in Trend.objects.get(month=of).figures.items() for code, n in codes.items() if name not in ("organizations", "handovers")}  # fmt: skip
        assert holds(tables, kept, insiders=parts.values())
        public |= {(of, *cell): n for cell, n in kept.items()}
        truth.append(Tables({(of, *c): n for c, n in tables.counts.items()}, tuple(type(s)((of, *s.whole), tuple((of, *p) for p in s.parts)) for s in tables.sums)))  # fmt: skip
        known.update({(of, *cell): n for cell, n in parts[month[1].pk].items()})
    assert holds(Tables.together(truth), public, insiders=[known])  # both months, seen by the one with its own of both
    whole = client.get("/members/trends/csv/").content.decode("utf-8-sig").splitlines()[1:]
    each = [client.get(f"/members/trends/{of:%Y-%m}/csv/").content.decode("utf-8-sig").splitlines()[1:] for of in (SEPTEMBER, OCTOBER)]  # fmt: skip
    assert whole == [*each[0], *each[1]]
    concerns = figures_of(client.get("/members/trends/").content.decode())[2:]  # behind the two totals
    by_page = [figures_of(client.get(f"/members/trends/{of:%Y-%m}/").content.decode()) for of in (SEPTEMBER, OCTOBER)]  # fmt: skip
    number = len(concerns) // 2
    assert concerns == [cell for pair in zip(by_page[0][:number], by_page[1][:number], strict=True) for cell in pair]


def test_the_words_say_nothing_that_the_tables_hide(month: list[Organization]) -> None:
    count(month, SEPTEMBER)
    ConsultationCount.objects.filter(month=SEPTEMBER, concern="k5").update(count=13)
    trends.publish_due(dt.datetime(2026, 11, 16, tzinfo=JST))
    now, before = query.published()
    said = [(change.label, change.count, change.by, change.less) for change in query.commonest(now, before)]
    assert now.count(("concern", "k4")) is None  # twenty came to one organisation, one to another
    assert now.count(("concern", "k2")) is None  # sixty-two, from which the other could be calculated
    assert said == [(query.concern_names()["k5"], 44, -8, 8)]


def test_pages_cost_the_same_with_one_month_and_with_twelve(
    month: list[Organization], login: Any, django_assert_max_num_queries: Any
) -> None:
    client, _user = login("member", organization=month[0])
    trends.publish_due(dt.datetime(2026, 11, 16, tzinfo=JST))
    figures, costs = Trend.objects.get().figures, []
    for back in (0, 11):
        Trend.objects.bulk_create(Trend(month=after(OCTOBER, -each), figures=figures) for each in range(1, back + 1))
        with django_assert_max_num_queries(40) as queries:
            assert [client.get(f"/members/trends/{page}").status_code for page in ("", "2026-10/", "csv/")] == [200] * 3
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert len(query.published()) == 12
