"""A month as a table: seven columns from Sunday, each day with what begins on it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import jpholiday
from django.utils.translation import gettext as _

from cms.dates import WEEKDAYS, today
from workshops.models import Occurrence
from workshops.queries.events import Brief, Seats, seats_of

#: So many titles stand in a day; the rest are counted and lie behind one link.
SHOWN = 3
#: Something of so many days stands in each of them; something longer only in the day it begins.
SHORT = 3
#: 日月火水木金土: the columns of the table.
COLUMNS = WEEKDAYS[-1] + WEEKDAYS[:-1]


@dataclass(frozen=True)
class Entry:
    """An occurrence in a day of the table."""

    occurrence: Occurrence
    seats: Seats

    @property
    def href(self) -> str:
        """The page of the event, which Wagtail serves under the event's own slug."""
        return f"/events/{self.occurrence.event.slug}/"

    @property
    def is_off(self) -> bool:
        """It does not take place on this day."""
        return self.occurrence.is_cancelled or self.occurrence.is_postponed

    @property
    def words(self) -> str:
        """Only what somebody must know before going is said in the small space."""
        if self.seats.window == "full":
            return _("Full")
        return self.seats.words if self.is_off or self.seats.window == "soon" else ""


@dataclass(frozen=True)
class Day:
    """A day of the table. `entries` are those to show, `more` counts the others.

    `anchor` is the day at which the first of them begins in this month: its card carries that anchor.
    `list_href` leads to all of them.
    """

    date: dt.date
    is_outside: bool
    is_today: bool
    holiday: str
    entries: tuple[Entry, ...]
    more: int
    anchor: int
    list_href: str

    @property
    def count(self) -> int:
        """All that is on this day."""
        return len(self.entries) + self.more

    @property
    def css(self) -> str:
        """out for days of other months; today; sun for Sundays and holidays, sat for Saturdays."""
        if self.is_outside:
            return "out"
        colour = "sat" if self.date.weekday() == calendar.SATURDAY else ""
        if self.date.weekday() == calendar.SUNDAY or self.holiday:
            colour = "sun"
        return f"{colour} today".strip() if self.is_today else colour


def weeks(
    first: dt.date, rows: Sequence[Brief], found: Mapping[int, Occurrence], list_of: Callable[[dt.date], str]
) -> list[list[Day]]:
    """The weeks of the month of `first`, from Sunday; days of other months are there and empty.

    `found` holds at least those of `shown_in`; what was deleted meanwhile is left out. `list_of` a day is the address
    of all that is on then.
    """
    on = _by_day(rows)
    return [[_day(day, first, on[day], found, list_of) for day in week] for week in _days_of(first)]


def shown_in(first: dt.date, rows: Sequence[Brief]) -> set[int]:
    """Those whose titles stand in the table."""
    on = _by_day(rows)
    return {key for week in _days_of(first) for day in week if day.month == first.month for key in on[day][:SHOWN]}


def _days_of(first: dt.date) -> list[list[dt.date]]:
    return calendar.Calendar(calendar.SUNDAY).monthdatescalendar(first.year, first.month)


def _by_day(rows: Sequence[Brief]) -> defaultdict[dt.date, list[int]]:
    on: defaultdict[dt.date, list[int]] = defaultdict(list)
    for key, starts_on, ends_on in rows:
        days = (ends_on - starts_on).days + 1
        for number in range(days if days <= SHORT else 1):
            on[starts_on + dt.timedelta(days=number)].append(key)
    return on


def _day(
    day: dt.date,
    first: dt.date,
    keys: list[int],
    found: Mapping[int, Occurrence],
    list_of: Callable[[dt.date], str],
) -> Day:
    outside = day.month != first.month
    shown = [] if outside else [found[key] for key in keys[:SHOWN] if key in found]
    return Day(
        date=day,
        is_outside=outside,
        is_today=day == today(),
        holiday="" if outside else jpholiday.is_holiday_name(day) or "",
        entries=tuple(Entry(occurrence, seats_of(occurrence)) for occurrence in shown),
        more=0 if outside else max(len(keys) - SHOWN, 0),
        anchor=max(shown[0].starts_on, first).day if shown else day.day,
        list_href=list_of(day) if shown else "",
    )
