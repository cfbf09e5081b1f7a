"""Japanese time."""

import datetime as dt

import pytest

from cms import dates


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (dt.date(2026, 12, 19), "2026年（令和8年）12月19日（土）"),
        (dt.date(2019, 5, 1), "2019年（令和元年）5月1日（水）"),
        (dt.date(2019, 4, 30), "2019年（平成31年）4月30日（火）"),
        (dt.date(1989, 1, 7), "1989年（昭和64年）1月7日（土）"),
        (dt.date(1989, 1, 8), "1989年（平成元年）1月8日（日）"),
        (dt.date(1926, 12, 24), "1926年（1926年）12月24日（金）"),
        (dt.date(2028, 2, 29), "2028年（令和10年）2月29日（火）"),
    ],
)
def test_a_date_is_said_with_its_era(day: dt.date, said: str) -> None:
    assert dates.japanese_date_long(day) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (dt.time(9), "9時"),
        (dt.time(8, 30), "8時30分"),
        (dt.time(0), "0時"),
        (dt.datetime(2026, 12, 31, 15, 0, tzinfo=dt.UTC), "0時"),
        (dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC), "8時30分"),
    ],
)
def test_a_time_is_said_on_a_japanese_clock(moment: dt.time | dt.datetime, said: str) -> None:
    assert dates.japanese_time(moment) == said


@pytest.mark.parametrize(
    ("day", "year"), [(dt.date(2027, 3, 31), 2026), (dt.date(2027, 4, 1), 2027), (dt.date(2026, 12, 31), 2026)]
)
def test_the_fiscal_year_begins_in_april(day: dt.date, year: int) -> None:
    assert dates.fiscal_year(day) == year


@pytest.mark.parametrize(
    ("at", "day"),
    [("2026-12-31T14:59:59+00:00", dt.date(2026, 12, 31)), ("2026-12-31T15:00:00+00:00", dt.date(2027, 1, 1))],
)
def test_today_is_the_day_in_japan(frozen, at: str, day: dt.date) -> None:  # type: ignore[no-untyped-def]
    frozen(at)
    assert dates.today() == day
