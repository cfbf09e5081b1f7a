"""The week of the grid and its string: both say the same, and nothing is lost on the way there and back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.dates import JST
from directory.hours import OpeningHours, clean_hours, describe
from directory.hours.composing import compose
from directory.hours.decomposing import decompose, same_meaning
from directory.hours.holidays import is_holiday
from directory.hours.week import ALL_DAY, DAY, NEW_YEAR, OBON, Closure, Week, Yearly, faults

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
FIRST = dt.date(2026, 12, 1)

# (string, the same said by the grid)
SAID = [
    ("Mo-Fr 08:30-16:30; PH off", "Mo-Fr 08:30-16:30; PH off"),
    ("24/7", "24/7"),
    ("Mo-Su 00:00-24:00", "24/7"),
    ("Mo-Su,PH 00:00-24:00", "Mo-Su,PH 00:00-24:00"),
    ("24/7; Dec 31-Jan 01 off", "24/7; Dec 31-Jan 01 off"),
    (
        "Mo-Th 16:00-22:00; Fr 16:00-24:00; Sa,Su,PH 13:00-24:00",
        "Mo-Th 16:00-22:00; Fr 16:00-24:00; Sa,Su,PH 13:00-24:00",
    ),
    ("22:00-06:00", "Mo-Su 22:00-06:00"),
    ("Fr 22:00-26:00", "Fr 22:00-02:00"),
    ("Su-Th 18:00-22:00", "Mo-Th,Su 18:00-22:00"),
    ("Mo 09:00-12:00, Mo 13:00-17:00", "Mo 09:00-12:00,13:00-17:00"),
    ("Mo-Sa 09:00-17:00; Sa off", "Mo-Fr 09:00-17:00"),
    ("Mo-Fr 09:00-17:00; PH 10:00-12:00; Aug 13-15 off", "Mo-Fr 09:00-17:00; PH 10:00-12:00; Aug 13-Aug 15 off"),
    (
        'Mo-Fr 09:00-17:00; PH off; 2027 Feb 10-14 off "研修"',
        'Mo-Fr 09:00-17:00; PH off; 2027 Feb 10-2027 Feb 14 off "研修"',
    ),
    ("Mo-Su 22:00-06:00; PH 06:00-30:00 off", "Mo-Su 22:00-06:00; PH 06:00-30:00 off"),
]
BEYOND = [
    "Mo[1,3] 10:00-12:00", "Apr-Sep Mo 10:00-12:00", 'Mo-Fr 10:00-16:00 "予約制"', "Mo-Fr 09:00-17:00; We 12:00-13:00 off",
    "week 1-53/2 Mo 10:00-12:00", 'Mo-Fr 08:30-16:30 || "電話で確かめて"', "off", "", "月-金", "Mo-Fr 09:00-17:00; Apr 01 off",
    "Mo-Fr 09:00-17:00, PH 18:00-20:00",  # besides the weekday's times
    "22:00-06:00; PH off",  # the grammar cuts the night at the holiday's midnight; the grid lets it end
    "Mo 09:00-10:00,11:00-12:00,13:00-14:00,15:00-16:00",
]  # fmt: skip


@pytest.mark.parametrize(("text", "written"), SAID)
def test_what_the_grid_can_say(text: str, written: str) -> None:
    week = decompose(text)
    assert week is not None
    assert compose(week) == written
    assert decompose(compose(week)) == week
    assert same_meaning(text, compose(week), week.closures)


@pytest.mark.parametrize("text", BEYOND)
def test_what_it_cannot_say_is_left_as_it_is(text: str) -> None:
    assert decompose(text) is None


TIMES = st.integers(0, 47).map(lambda half: half * 30)


@st.composite
def day(draw: Any, nights: bool) -> tuple[tuple[int, int], ...]:
    """Times of one day, possibly into the night."""
    if not nights and draw(st.integers(0, 9)) == 0:
        return ALL_DAY
    earliest = 360 if nights else 0
    marks = sorted(draw(st.sets(TIMES.filter(lambda time: time >= earliest), min_size=0, max_size=6)))
    spans = list(zip(marks[::2], marks[1::2], strict=False))
    if spans and draw(st.integers(0, 1 if nights else 5)) == 0:
        begin, _end = spans[-1]
        spans[-1] = (begin, DAY + draw(st.sampled_from([0, 60, 120, 360])))
    return tuple((begin, end) for begin, end in spans if end - begin < DAY)


@st.composite
def closure(draw: Any) -> Closure:
    first = dt.date(2026, 12, 1) + dt.timedelta(days=draw(st.integers(0, 90)))
    return Closure(
        first, first + dt.timedelta(days=draw(st.integers(0, 6))), draw(st.sampled_from(["", "職員研修", "A; B"]))
    )


@st.composite
def weeks(draw: Any) -> Week:
    times = day(draw(st.booleans()))
    some = draw(st.lists(times, min_size=1, max_size=3))
    closures = draw(st.lists(closure(), max_size=2, unique=True))
    return Week(
        days=tuple(draw(st.lists(st.sampled_from([*some, ()]), min_size=7, max_size=7))),
        holidays=draw(st.one_of(st.none(), st.just(()), times)),
        new_year=draw(st.sampled_from([None, NEW_YEAR, Yearly((12, 30), (1, 4)), Yearly((1, 1), (1, 3))])),
        obon=draw(st.sampled_from([None, OBON])),
        closures=tuple(sorted(closures, key=lambda each: (each.first, each.last))),
    )


def possible(week: Week) -> bool:
    return bool(week.spans) and not list(faults(week))


def off(week: Week, date: dt.date) -> bool:
    """The day is among those on which nothing begins."""
    in_year = (date.month, date.day)
    for yearly in filter(None, (week.new_year, week.obon)):
        inside = (in_year >= yearly.first, in_year <= yearly.last)
        if any(inside) if yearly.first > yearly.last else all(inside):
            return True
    return any(each.first <= date <= each.last for each in week.closures)


def begun_on(week: Week, date: dt.date) -> tuple[tuple[int, int], ...]:
    """The times that begin on a day, by the words of the grid alone."""
    if off(week, date):
        return ()
    if is_holiday(date) and week.holidays is not None:
        return week.holidays
    return week.days[date.weekday()]


def open_by_the_grid(week: Week, at: dt.datetime) -> bool:
    minute = at.hour * 60 + at.minute
    eve = begun_on(week, at.date() - dt.timedelta(days=1))
    return any(b <= minute < e for b, e in begun_on(week, at.date())) or any(b <= minute + DAY < e for b, e in eve)


@QUICK
@given(weeks().filter(possible), st.lists(st.tuples(st.integers(0, 120), TIMES), min_size=30, max_size=30))
def test_the_string_says_what_the_grid_says(week: Week, moments: list[tuple[int, int]]) -> None:
    """A night belongs to the day it begins: against a reading of the grid that knows nothing of the grammar."""
    said = OpeningHours(clean_hours(compose(week)))
    for days, minutes in moments:
        at = dt.datetime.combine(FIRST + dt.timedelta(days=days), dt.time(), JST) + dt.timedelta(minutes=minutes)
        assert said.is_open(at) == open_by_the_grid(week, at), (compose(week), at)


@QUICK
@given(weeks().filter(possible))
def test_from_grid_to_string_to_grid(week: Week) -> None:
    assert decompose(compose(week)) == week
    assert decompose(clean_hours(compose(week))) == week  # as it is stored


@QUICK
@given(weeks().filter(possible))
def test_there_is_a_sentence_for_every_grid(week: Week) -> None:
    assert describe(compose(week))


RULES = st.sampled_from([
    "Mo-Fr 09:00-17:00", "Mo-Fr 08:30-12:00,13:00-17:15", "Sa 09:00-12:00", "Su-Th 18:00-22:00", "Fr,Sa 20:00-02:00",
    "22:00-06:00", "24/7", "Mo[1] 10:00-12:00", "Jul-Aug Mo-Fr 09:00-15:00", "PH 10:00-12:00", "PH off", "Sa,PH off",
    "Dec 29-Jan 03 off", "Aug 13-15 off", "2027 Feb 10 off", '2027 Mar 01-2027 Mar 05 off "研修"', "PH 06:00-30:00 off",
    "We 12:00-13:00 off", 'Mo-Fr 10:00-16:00 "予約制"', "week 2-53/2 Tu 10:00-12:00",
])  # fmt: skip


@QUICK
@given(st.lists(RULES, min_size=1, max_size=4), st.sampled_from(["; ", ", "]))
def test_any_string_the_grid_takes_means_the_same_afterwards(rules: list[str], separator: str) -> None:
    text = separator.join(rules)
    week = decompose(text)
    if week is None:
        return
    first, last = dt.datetime(2026, 11, 1, tzinfo=JST), dt.datetime(2028, 4, 1, tzinfo=JST)
    one, other = (
        [(each.start, each.end) for each in joined(OpeningHours(said).between(first, last))]
        for said in (text, compose(week))
    )
    assert one == other, (text, compose(week))


def joined(stretches: list[Any]) -> list[Any]:
    """Without cuts that only a note makes."""
    found: list[Any] = []
    for each in stretches:
        if found and found[-1].end == each.start:
            found[-1] = type(each)(found[-1].start, each.end)
        else:
            found.append(each)
    return found
