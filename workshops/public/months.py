"""A month as a table: seven columns from Sunday, each day with what begins on it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import jpholiday

from cms.dates import WEEKDAYS, today
from workshops.models import Occurrence
from workshops.queries import Seats, seats_of

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
    def says_seats(self) -> bool:
        """Only what somebody must know before going is said in the small space."""
        return self.occurrence.is_cancelled or self.seats.window in {"soon", "full"}


@dataclass(frozen=True)
class Day:
    """A day of the table. `entries` are those to show, `more` counts the others.

    `anchor` is the day at which the first of them begins in this month: its card carries that anchor.
    """

    date: dt.date
    is_outside: bool
    is_today: bool
    holiday: str
    entries: tuple[Entry, ...]
    more: int
    anchor: int

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


def weeks(first: dt.date, occurrences: Sequence[Occurrence]) -> list[list[Day]]:
    """The weeks of the month of `first`, from Sunday; days of other months are there and empty."""
    on = _by_day(occurrences)
    table = calendar.Calendar(calendar.SUNDAY).monthdatescalendar(first.year, first.month)
    return [[_day(day, first, on[day]) for day in week] for week in table]


def _by_day(occurrences: Sequence[Occurrence]) -> defaultdict[dt.date, list[Occurrence]]:
    on: defaultdict[dt.date, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        days = (occurrence.ends_on - occurrence.starts_on).days + 1
        for number in range(days if days <= SHORT else 1):
            on[occurrence.starts_on + dt.timedelta(days=number)].append(occurrence)
    return on


def _day(day: dt.date, first: dt.date, occurrences: list[Occurrence]) -> Day:
    outside = day.month != first.month
    shown = [] if outside else occurrences[:SHOWN]
    return Day(
        date=day,
        is_outside=outside,
        is_today=day == today(),
        holiday="" if outside else jpholiday.is_holiday_name(day) or "",
        entries=tuple(Entry(occurrence, seats_of(occurrence)) for occurrence in shown),
        more=0 if outside else len(occurrences) - len(shown),
        anchor=max(shown[0].starts_on, first).day if shown else day.day,
    )
