"""From an OpenStreetMap string to the week of the grid, when the grid can say exactly the same; otherwise nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from cms.dates import JST
from directory.hours import grammar
from directory.hours.composing import compose
from directory.hours.opening import OpeningHours, UnreadableHours, normal
from directory.hours.week import ALL_DAY, DAY, MOST_SPANS, Closure, Spans, Week, Yearly, faults

SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
SAMPLE = (dt.date(2027, 1, 1), dt.date(2029, 1, 1))  # two years with a leap day, a 国民の休日 apart


class Beyond(ValueError):
    """The string says more than the grid can."""


def spans_of(times: str) -> Spans:
    """「09:00-12:00,22:00-06:00」 as minutes.

    Raises:
        Beyond: times of the sun, open ends …
    """
    if times in ("", "24/7"):
        return ALL_DAY
    spans = []
    for part in times.split(","):
        found = SPAN.fullmatch(part)
        if not found:
            raise Beyond(times)
        begin, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        spans.append((begin, end if end > begin else end + DAY))
    return tuple(sorted(spans))


def is_whole_day(times: str) -> bool:
    """The times of an `off` rule leave nothing of the day: none, or from some minute to the same of the next day."""
    try:
        spans = spans_of(times)
    except Beyond:
        return False
    return len(spans) == 1 and spans[0][1] - spans[0][0] == DAY


def weekdays_of(item: str) -> list[int]:
    """「Fr-Su」 as 4, 5, 6."""
    first, dash, last = item.partition("-")
    if first not in grammar.DAYS or (dash and last not in grammar.DAYS):
        raise Beyond(item)
    begin, end = grammar.DAYS.index(first), grammar.DAYS.index(last or first)
    return [day % 7 for day in range(begin, (end if end >= begin else end + 7) + 1)]


class Reading:
    """Takes rules one after the other; what is known so far."""

    def __init__(self) -> None:
        self.days: list[Spans] = [()] * 7
        self.holidays: Spans | None = None
        self.yearly: list[Yearly] = []
        self.closures: list[Closure] = []

    def take(self, rule: grammar.Rule) -> None:
        """One rule more; raises Beyond."""
        if rule.separator == " || " or rule.modifier == "unknown":
            raise Beyond(rule.text)
        if rule.is_off and not is_whole_day(rule.times):
            raise Beyond(rule.text)
        if rule.before:
            self.take_dates(rule)
        elif rule.comment or (self.yearly or self.closures):
            raise Beyond(rule.text)
        else:
            self.take_days(rule)

    def take_days(self, rule: grammar.Rule) -> None:
        """Weekdays and holidays."""
        spans = () if rule.is_off else spans_of(rule.times)
        adds = rule.separator == ", " and not rule.is_off
        for item in rule.days or ("Mo-Su",):
            if item == "PH":
                self.holidays = tuple(sorted((*(self.holidays or ()), *spans))) if adds else spans
                continue
            for day in weekdays_of(item):
                self.days[day] = tuple(sorted((*self.days[day], *spans))) if adds else spans

    def take_dates(self, rule: grammar.Rule) -> None:
        """Days off with a date."""
        ranges = grammar.date_ranges(rule.before)
        if not rule.is_off or rule.days or not ranges:
            raise Beyond(rule.text)
        for (first_year, *first), (last_year, *last) in ranges:
            if first_year and last_year:
                begin, end = dt.date(first_year, *first), dt.date(last_year, *last)
                self.closures.append(Closure(begin, end, rule.comment[1:-1]))
            elif first_year or last_year or rule.comment:
                raise Beyond(rule.text)
            else:
                self.yearly.append(Yearly((first[0], first[1]), (last[0], last[1])))

    def week(self) -> Week:
        """What was read; raises Beyond."""
        winter = [yearly for yearly in self.yearly if yearly.is_winter]
        summer = [
            yearly for yearly in self.yearly if not yearly.is_winter and {yearly.first[0], yearly.last[0]} <= {7, 8}
        ]
        if len(winter) > 1 or len(summer) > 1 or len(winter) + len(summer) != len(self.yearly):
            raise Beyond("dates")
        if any(len(spans) > MOST_SPANS for spans in (*self.days, self.holidays or ())):
            raise Beyond("times")
        return Week(
            tuple(self.days),
            self.holidays,
            winter[0] if winter else None,
            summer[0] if summer else None,
            tuple(sorted(self.closures, key=lambda closure: (closure.first, closure.last))),
        )


def stretches(text: str, begin: dt.date, end: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
    """When it is open between two days, comments apart."""
    first, last = (dt.datetime.combine(day, dt.time(), JST) for day in (begin, end))
    found: list[tuple[dt.datetime, dt.datetime]] = []
    for opened in OpeningHours(text).between(first, last):
        if found and found[-1][1] == opened.start:
            found[-1] = (found[-1][0], opened.end)
        else:
            found.append((opened.start, opened.end))
    return found


def windows(closures: tuple[Closure, ...]) -> Iterator[tuple[dt.date, dt.date]]:
    """Where two strings are compared: two whole years, and around each date."""
    yield SAMPLE
    for closure in closures:
        yield closure.first - dt.timedelta(days=8), closure.last + dt.timedelta(days=9)


def same_meaning(one: str, other: str, closures: tuple[Closure, ...] = ()) -> bool:
    """Both are open at the same moments."""
    if normal(one) == normal(other):
        return True
    return all(stretches(one, *window) == stretches(other, *window) for window in windows(closures))


@lru_cache(maxsize=1024)
def decompose(text: str) -> Week | None:
    """The week of the grid that says exactly this; None when the grid cannot say it (or the text is unreadable)."""
    try:
        rules = grammar.rules_of(normal(text))
        reading = Reading()
        for rule in rules:
            reading.take(rule)
        week = reading.week()
    except (UnreadableHours, ValueError):
        return None
    if any(faults(week)) or not week.spans:
        return None
    return week if same_meaning(text, compose(week), week.closures) else None
