"""Working days of an office in Japan: no weekends, no holidays, not from 29 December to 3 January."""

from __future__ import annotations

import datetime as dt

from cms.dates import JST, jst
from directory.hours.holidays import holidays_of

END_OF_DAY = dt.time(17)


def is_working_day(day: dt.date) -> bool:
    """Whether an office works on that day."""
    year_end = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not year_end and day not in holidays_of(day.year)


def end_of_working_day(since: dt.datetime, days: int) -> dt.datetime:
    """Five in the afternoon of the n-th working day after that moment's day (JST)."""
    day = jst(since).date()
    while days:
        day += dt.timedelta(days=1)
        days -= is_working_day(day)
    return dt.datetime.combine(day, END_OF_DAY, JST)
