"""Public holidays of Japan, from jpholiday: the grammar library's own list misses Sundays and substitute days."""

import datetime as dt
from functools import lru_cache

import jpholiday

FIRST_YEAR, LAST_YEAR = 1948, 2099  # the law began in 1948; the formula of the equinoxes ends in 2099


@lru_cache(maxsize=256)
def holidays_of(year: int) -> tuple[dt.date, ...]:
    """Holidays of a year, with substitute days (振替休日) and days between two holidays (国民の休日)."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ()
    return tuple(sorted(day for day, _name in jpholiday.year_holidays(year)))


def is_holiday(day: dt.date) -> bool:
    """Whether the day is a public holiday."""
    return day in holidays_of(day.year)


def around(year: int) -> list[dt.date]:
    """Holidays from the year before to two years after: enough for every next change, as holidays come each year."""
    return [day for each in range(year - 1, year + 3) for day in holidays_of(each)]
