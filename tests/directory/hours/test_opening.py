"""The table of moments: weekday, weekend, holidays of every kind, turn of the year, overnight, UTC input."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import jpholiday
import pytest

from cms.dates import JST
from directory.hours import Light, OpeningHours, UnreadableHours

WORK = "Mo-Fr 08:30-16:30; PH off"
LUNCH = "Mo-Fr 09:00-12:00,13:00-17:00; PH off"
YEAR_END = "Mo-Fr 08:30-17:15; PH off; Dec 29-Jan 03 off"
NIGHT = "Mo-Su 22:00-06:00"
LATE = "Mo-Th 16:00-22:00; Fr 16:00-24:00; Sa,Su,PH 13:00-24:00"

# (hours, moment in Japan, open?, next change in Japan or None)
MOMENTS = [
    # weekday
    (WORK, "2026-12-03T08:29", False, "2026-12-03T08:30"),
    (WORK, "2026-12-03T08:30", True, "2026-12-03T16:30"),
    (WORK, "2026-12-03T16:29:59", True, "2026-12-03T16:30"),
    (WORK, "2026-12-03T16:30", False, "2026-12-04T08:30"),
    (WORK, "2026-12-03T23:00", False, "2026-12-04T08:30"),
    # weekend
    (WORK, "2026-12-04T18:00", False, "2026-12-07T08:30"),
    (WORK, "2026-12-05T10:00", False, "2026-12-07T08:30"),
    (WORK, "2026-12-06T10:00", False, "2026-12-07T08:30"),
    # holidays: on a Sunday with its substitute, between two others, substitute on a Monday
    ("Mo-Su 10:00-12:00; PH off", "2026-05-03T11:00", False, "2026-05-07T10:00"),
    (WORK, "2026-05-04T10:00", False, "2026-05-07T08:30"),
    (WORK, "2026-05-06T10:00", False, "2026-05-07T08:30"),
    (WORK, "2026-05-07T10:00", True, "2026-05-07T16:30"),
    (WORK, "2026-09-21T10:00", False, "2026-09-24T08:30"),
    (WORK, "2026-09-22T10:00", False, "2026-09-24T08:30"),
    (WORK, "2026-09-23T10:00", False, "2026-09-24T08:30"),
    (WORK, "2027-03-21T10:00", False, "2027-03-23T08:30"),
    (WORK, "2027-03-22T10:00", False, "2027-03-23T08:30"),
    (WORK, "2027-03-23T10:00", True, "2027-03-23T16:30"),
    # open on holidays
    (LATE, "2026-05-03T13:00", True, "2026-05-04T00:00"),
    (LATE, "2026-05-04T12:59", False, "2026-05-04T13:00"),
    (LATE, "2026-05-04T23:59", True, "2026-05-05T00:00"),
    (LATE, "2026-05-07T13:00", False, "2026-05-07T16:00"),
    ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-09-22T11:00", True, "2026-09-22T12:00"),
    ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-09-22T13:00", False, "2026-09-23T10:00"),
    ("Mo-Fr 09:00-17:00, PH 18:00-20:00", "2026-09-22T10:00", True, "2026-09-22T17:00"),
    ("Mo-Fr 09:00-17:00, PH 18:00-20:00", "2026-09-22T19:00", True, "2026-09-22T20:00"),
    ("PH Mo-Fr 10:00-12:00", "2026-05-03T11:00", False, "2026-05-04T10:00"),
    ("PH Mo-Fr 10:00-12:00", "2026-05-04T11:00", True, "2026-05-04T12:00"),
    # turn of the year
    (YEAR_END, "2026-12-28T17:00", True, "2026-12-28T17:15"),
    (YEAR_END, "2026-12-28T17:30", False, "2027-01-04T08:30"),
    (YEAR_END, "2026-12-31T10:00", False, "2027-01-04T08:30"),
    (YEAR_END, "2027-01-01T10:00", False, "2027-01-04T08:30"),
    (WORK, "2026-12-31T10:00", True, "2026-12-31T16:30"),
    (WORK, "2026-12-31T17:00", False, "2027-01-04T08:30"),
    ("24/7; Dec 31-Jan 01 off", "2026-12-31T00:00", False, "2027-01-02T00:00"),
    ("24/7; Dec 31-Jan 01 off", "2026-07-01T00:00", True, "2026-12-31T00:00"),
    # overnight
    (NIGHT, "2026-12-03T21:59", False, "2026-12-03T22:00"),
    (NIGHT, "2026-12-03T22:00", True, "2026-12-04T06:00"),
    (NIGHT, "2026-12-04T02:00", True, "2026-12-04T06:00"),
    (NIGHT, "2026-12-04T06:00", False, "2026-12-04T22:00"),
    (NIGHT, "2026-12-31T23:30", True, "2027-01-01T06:00"),
    ("Fr 22:00-26:00", "2026-12-05T01:59", True, "2026-12-05T02:00"),
    ("Fr 22:00-26:00", "2026-12-05T02:00", False, "2026-12-11T22:00"),
    ("Sa,Su,PH 22:00-06:00", "2026-09-21T02:00", True, "2026-09-21T06:00"),
    # day and night
    ("24/7", "2026-01-01T00:00", True, None),
    ("00:00-24:00", "2026-05-03T23:59", True, None),
    ("Mo-Su,PH 00:00-24:00", "2026-05-03T12:00", True, None),
    # lunch break
    (LUNCH, "2026-12-03T11:59", True, "2026-12-03T12:00"),
    (LUNCH, "2026-12-03T12:30", False, "2026-12-03T13:00"),
    (LUNCH, "2026-12-03T13:00", True, "2026-12-03T17:00"),
    # leap day
    (WORK, "2028-02-29T10:00", True, "2028-02-29T16:30"),
    ("Feb 29 10:00-12:00", "2026-12-03T10:00", False, "2028-02-29T10:00"),
    ("Feb 29 10:00-12:00", "2028-02-29T11:00", True, "2028-02-29T12:00"),
    # nth weekday, several rules, dates
    ("Mo[1,3] 10:00-12:00", "2026-12-07T11:00", True, "2026-12-07T12:00"),
    ("Mo[1,3] 10:00-12:00", "2026-12-14T11:00", False, "2026-12-21T10:00"),
    ("We[-1] 10:00-12:00", "2026-12-30T10:00", True, "2026-12-30T12:00"),
    ("We,Fr 10:00-15:00", "2026-12-03T18:40", False, "2026-12-04T10:00"),
    ("Mo-Fr 09:00-17:00; Aug 13-15 off", "2026-08-13T10:00", False, "2026-08-17T09:00"),
    ("2027 Jan 12 10:00-12:00", "2027-01-13T10:00", False, None),
    # a night on both sides of a holiday (docs/staff/desks.md)
    ("22:00-06:00; PH off; PH +1 day 00:00-06:00 off", "2026-05-06T23:00", False, "2026-05-07T22:00"),
    ("22:00-06:00; PH off; PH +1 day 00:00-06:00 off", "2026-05-07T02:00", False, "2026-05-07T22:00"),
    ("22:00-06:00; PH off; PH +1 day 00:00-06:00 off", "2026-05-07T23:00", True, "2026-05-08T06:00"),
    # closed for good, or nobody promises anything
    ("off", "2026-12-03T10:00", False, None),
    ('"予約制"', "2026-12-03T10:00", False, None),
    ('Mo-Fr 08:30-16:30 || "電話で確かめて"', "2026-12-03T18:00", False, "2026-12-04T08:30"),
    ('Mo-Fr 10:00-16:00 "予約制; PH off, x"', "2026-09-22T11:00", True, "2026-09-22T16:00"),
]


def japan(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=JST)


@pytest.mark.parametrize(("hours", "at", "is_open", "change"), MOMENTS)
def test_open_and_next_change(hours: str, at: str, is_open: bool, change: str | None) -> None:
    said = OpeningHours(hours)
    assert (said.is_open(japan(at)), said.next_change(japan(at))) == (is_open, japan(change) if change else None)


@pytest.mark.parametrize(
    "zone", [dt.UTC, ZoneInfo("UTC"), ZoneInfo("America/New_York"), dt.timezone(dt.timedelta(hours=9))]
)
@pytest.mark.parametrize(("hours", "at", "is_open", "change"), MOMENTS[:20:3])
def test_any_aware_moment_will_do(zone: dt.tzinfo, hours: str, at: str, is_open: bool, change: str | None) -> None:
    moment = japan(at).astimezone(zone)
    said = OpeningHours(hours)
    assert (said.is_open(moment), said.next_change(moment)) == (is_open, japan(change) if change else None)
    assert said.next_change(moment) is None or said.next_change(moment).utcoffset() == dt.timedelta(hours=9)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        OpeningHours(WORK).is_open(dt.datetime(2026, 12, 3, 10))


def test_every_holiday_of_thirty_years_is_closed_and_every_other_weekday_open() -> None:
    said, day, wrong = OpeningHours(WORK), dt.date(2025, 1, 1), []
    while day.year < 2056:
        expected = day.weekday() < 5 and not jpholiday.is_holiday(day)
        if said.is_open(dt.datetime.combine(day, dt.time(10), JST)) != expected:
            wrong.append(day)
        day += dt.timedelta(days=1)
    assert wrong == []


def test_states() -> None:
    said = OpeningHours(WORK)
    open_, soon, closed = (
        said.state(japan("2026-12-03T10:00")),
        said.state(japan("2026-12-03T16:00")),
        said.state(japan("2026-12-03T16:30")),
    )
    assert (open_.light, open_.until, open_.opens) == (Light.OPEN, japan("2026-12-03T16:30"), None)
    assert (soon.light, soon.until, soon.is_open) == (Light.SOON, japan("2026-12-03T16:30"), True)
    assert (closed.light, closed.until, closed.opens) == (Light.CLOSED, None, japan("2026-12-04T08:30"))
    assert said.state(japan("2026-12-03T15:59")).light is Light.OPEN
    always = OpeningHours("24/7").state(japan("2026-12-03T23:00"))
    assert (always.light, always.until) == (Light.ALWAYS, None)
    assert OpeningHours('Mo-Fr 10:00-16:00 "予約制"').state(japan("2026-12-03T11:00")).comment == "予約制"


def test_equality_is_that_of_the_meaning_written() -> None:
    assert OpeningHours("Mo-Fr 8:30-16:30;PH off") == OpeningHours(WORK)
    assert hash(OpeningHours("Mo-Fr 8:30-16:30;PH off")) == hash(OpeningHours(WORK))
    assert OpeningHours(WORK) != OpeningHours(LUNCH)
    assert OpeningHours(WORK) != WORK


@pytest.mark.parametrize(
    ("text", "column"), [("月-金 9:00-17:00", 1), ("9-17", 1), ("9:00-", 6), ("", 1), ("by appointment", 1)]
)
def test_what_is_not_the_grammar_says_where(text: str, column: int) -> None:
    with pytest.raises(UnreadableHours) as caught:
        OpeningHours(text)
    assert caught.value.column == column


def test_stretches_between_two_moments() -> None:
    found = OpeningHours(LUNCH).between(japan("2026-12-03T10:00"), japan("2026-12-04T10:00"))
    assert [(each.start, each.end) for each in found] == [
        (japan("2026-12-03T10:00"), japan("2026-12-03T12:00")),
        (japan("2026-12-03T13:00"), japan("2026-12-03T17:00")),
        (japan("2026-12-04T09:00"), japan("2026-12-04T10:00")),
    ]
