"""A week as staff think of it: times for each weekday, what holds on holidays, days off. The grid edits this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from cms.dates import WEEKDAYS

Span = tuple[int, int]  # minutes from midnight; an end beyond 24 h is the next morning
Spans = tuple[Span, ...]
MonthDay = tuple[int, int]

DAY = 24 * 60
ALL_DAY: Spans = ((0, DAY),)
HOLIDAY = 7  # its place behind Monday (0) to Sunday (6)
MOST_SPANS = 3
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Yearly:
    """Days off that come every year, both included; they may run over the end of the year."""

    first: MonthDay
    last: MonthDay

    @property
    def is_winter(self) -> bool:
        """It runs over the end of the year, or lies in December or the first days of January."""
        return self.first > self.last or self.first[0] == 12 or self.last <= (1, 15)


NEW_YEAR = Yearly((12, 29), (1, 3))
OBON = Yearly((8, 13), (8, 15))


@dataclass(frozen=True)
class Closure:
    """臨時休業: days off of one year, both included, and why if it may be told."""

    first: dt.date
    last: dt.date
    reason: str = ""


@dataclass(frozen=True)
class Week:
    """What the grid holds. `holidays`: None = as on weekdays, () = closed, else times of their own."""

    days: tuple[Spans, ...] = field(default=((),) * 7)
    holidays: Spans | None = None
    new_year: Yearly | None = None
    obon: Yearly | None = None
    closures: tuple[Closure, ...] = ()

    @property
    def spans(self) -> list[Span]:
        """All times."""
        return [span for spans in (*self.days, self.holidays or ()) for span in spans]

    @property
    def has_exceptions(self) -> bool:
        """Something is not as in other weeks."""
        return self.holidays is not None or bool(self.new_year or self.obon or self.closures)

    @property
    def is_blank(self) -> bool:
        """Nothing is said: the hours are unknown."""
        return not self.spans and not self.has_exceptions

    @property
    def turn(self) -> int:
        """The minute at which the last night of a day is over; 0 without nights.

        A night belongs to the day on which it begins: a day off is closed from this minute to the same minute of the
        next day, so that the night before it goes on to its end and its own night does not begin.
        """
        return max((end - DAY for _begin, end in self.spans if end > DAY), default=0)


@dataclass(frozen=True)
class Fault:
    """Times that cannot hold together. `day` 0–7 and `place` from 0 name the cell; day None: the whole week."""

    day: int | None
    place: int
    sentence: str


def _overlaps(day: int, spans: Spans) -> Iterator[Fault]:
    for place, (one, other) in enumerate(pairwise(spans)):
        if other[0] < one[1]:
            yield Fault(day, place + 1, _("It overlaps with the time before it."))


def _nights_into(days: tuple[Spans, ...]) -> Iterator[Fault]:
    for day in range(7):
        before, own = days[day - 1], days[day]
        if before and own and before[-1][1] - DAY > own[0][0]:
            sentence = _("The night of %(day)s goes on into this time.") % {"day": f"{WEEKDAYS[day - 1]}曜"}
            yield Fault(day, 0, sentence)


def _too_early(week: Week) -> Iterator[Fault]:
    for day, spans in enumerate((*week.days, week.holidays or ())):
        for place, (begin, _end) in enumerate(spans):
            if begin < week.turn:
                yield Fault(
                    day,
                    place,
                    _(
                        "Another day's night ends later than this begins. Then days off cannot be said in this table; "
                        "choose “write in signs”."
                    ),
                )


def faults(week: Week) -> Iterator[Fault]:
    """What cannot be meant, with the cell. The spans of each day stand in their order."""
    for day, spans in enumerate((*week.days, week.holidays or ())):
        yield from _overlaps(day, spans)
    yield from _nights_into(week.days)
    if week.has_exceptions:
        yield from _too_early(week)
    if week.has_exceptions and not week.spans:
        yield Fault(None, 0, _("It says only when it is closed. Write also when it is open."))
