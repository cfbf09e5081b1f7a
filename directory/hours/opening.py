"""Is somebody there at this moment, until when, and when next: the one truth for badge, filter, list, print and API."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import opening_hours

from cms.dates import JST, jst
from directory.hours import grammar

SOON = dt.timedelta(minutes=30)
A_YEAR = dt.timedelta(days=400)
TRIES = 60  # openings shorter than the last reception, one after the other
AHEAD = (dt.timedelta(days=8), A_YEAR, dt.timedelta(days=3_300))  # nine years: 29 February comes back
DATED = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|week|easter)\b|\b\d{4}\b", re.IGNORECASE)
COLUMN = re.compile(r"--> (\d+):(\d+)")


class UnreadableHours(ValueError):
    """The text is not in the grammar. `column` counts from 1."""

    def __init__(self, text: str, column: int) -> None:
        super().__init__(f"unreadable opening hours at column {column}")
        self.text, self.column = text, column


class Light(StrEnum):
    """What the window shows. Values are the states of `components/window`."""

    OPEN = "on"
    ALWAYS = "all"
    SOON = "soon"  # closes within 30 minutes
    CLOSED = "off"


@dataclass(frozen=True)
class HoursState:
    """How it stands at a moment (all moments in Asia/Tokyo).

    until: until when somebody new is taken (None while open: always). closes: when the doors close, later than `until`
    where there is a last reception. opens: when it opens next (None while closed: no more). reception_over: the doors
    are still open, but nobody new is taken.
    """

    light: Light
    until: dt.datetime | None = None
    opens: dt.datetime | None = None
    comment: str = ""
    closes: dt.datetime | None = None
    reception_over: bool = False

    @property
    def is_open(self) -> bool:
        """Somebody is there."""
        return self.light is not Light.CLOSED

    @property
    def is_reception(self) -> bool:
        """`until` is the last reception, not the closing."""
        return self.until is not None and self.until != self.closes


def parse(text: str) -> opening_hours.OpeningHours:
    """The library's object, in Japanese time.

    Raises:
        UnreadableHours: the text is not in the grammar.
    """
    try:
        return opening_hours.OpeningHours(text, timezone=JST)
    except UnicodeEncodeError as error:  # half a character: browsers cannot send it, files can
        raise UnreadableHours(text.encode(errors="replace").decode(), error.start + 1) from error
    except opening_hours.ParserError as error:  # type: ignore[attr-defined]  # missing in its stubs
        found = COLUMN.search(str(error))
        raise UnreadableHours(text, int(found[2]) if found else 1) from error


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """The text as the library writes it; raises UnreadableHours."""
    return str(parse(text))


def _falls_in(months: str, day: dt.date) -> bool:
    return bool(parse(months).is_open(dt.datetime.combine(day, dt.time(12), JST)))


@lru_cache(maxsize=8192)
def compiled(text: str, year: int) -> opening_hours.OpeningHours:
    """The hours with the holidays around that year put in for PH. Not picklable: lives in this process only."""
    # "PH Mo-Fr" means holidays that fall on a weekday; the library would read it as either of them.
    dates = grammar.written(grammar.holidays.around(year))
    bare = grammar.outside_comments(text, lambda part: grammar.HOLIDAY_AND_DAY.sub(dates + " ", part))
    # A comment without hours promises nothing: "by appointment" is not "open".
    bare = grammar.COMMENT_ALONE.sub(r"\1unknown \2", bare)
    parts = []
    for rule in grammar.rules_of(normal(bare)):
        if rule.separator == " || " and rule.modifier in grammar.NOT_OPEN:
            continue  # opens nothing, and the library then says that nothing changes any more
        said = grammar.with_real_holidays(rule, year, falls_in=_falls_in) if rule.names_holidays else rule.text
        parts.append(rule.separator + said)
    return parse("".join(parts))


@dataclass(frozen=True)
class Opened:
    """A stretch of time in which it is open."""

    start: dt.datetime
    end: dt.datetime
    comment: str = ""


class OpeningHours:
    """Opening hours as one OpenStreetMap string, e.g. `Mo-Fr 08:30-16:30; PH off`, and the last reception.

    PH means Japan's public holidays. `last_reception`: so many minutes before each closing nobody new is taken any more;
    open means that somebody new is taken. `doors` are the same hours without it.
    Equal when text and last reception are equal; cheap to make; safe to compare, not to cache outside.

    Raises:
        UnreadableHours: the text is not in the grammar.
    """

    def __init__(self, text: str, last_reception: int | None = None) -> None:
        self.text = text.strip()
        self.last_reception = last_reception or 0
        normal(self.text)

    def __repr__(self) -> str:
        return f"OpeningHours({self.text!r}" + (f", {self.last_reception})" if self.last_reception else ")")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OpeningHours) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[str, int]:
        return normal(self.text), self.last_reception

    @property
    def doors(self) -> OpeningHours:
        """When the doors stand open, whether or not somebody new is still taken."""
        return OpeningHours(self.text) if self.last_reception else self

    @property
    def _early(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.last_reception)

    def is_open(self, at: dt.datetime) -> bool:
        """Whether somebody is there for a newcomer at an aware moment of any zone. The closing minute is closed."""
        moment = jst(at)
        doors_open = bool(compiled(self.text, moment.year).is_open(moment))
        if not doors_open or not self.last_reception:
            return doors_open
        closes = self._doors_change(moment)
        return closes is None or moment < closes - self._early

    def next_change(self, at: dt.datetime) -> dt.datetime | None:
        """The first moment after `at`, in JST, when open turns to closed or back; None when that never happens."""
        moment = jst(at)
        if not self.last_reception:
            return self._doors_change(moment)
        if self.is_open(moment):
            closes = self._doors_change(moment)
            return closes - self._early if closes else None
        return self._next_opening(moment)

    def _next_opening(self, moment: dt.datetime) -> dt.datetime | None:
        """The next opening that is longer than the last reception."""
        doors_open = bool(compiled(self.text, moment.year).is_open(moment))
        opens = self._doors_change(moment)
        if doors_open and opens:
            opens = self._doors_change(opens)
        for _try in range(TRIES):
            closes = self._doors_change(opens) if opens else None
            if opens is None or closes is None or closes - opens > self._early:
                return opens
            opens = self._doors_change(closes)
        return None

    def _doors_change(self, moment: dt.datetime) -> dt.datetime | None:
        """When the doors open or close next.

        Looks ahead in bounded stretches: asked without an end, the library walks day by day to the year 9999, which
        takes a minute for hours that never change but name holidays.
        """
        hours = compiled(self.text, moment.year)
        before = bool(hours.is_open(moment))
        for days in AHEAD:
            for begin, _end, state, _comment in hours.intervals(moment, moment + days):
                if (state == opening_hours.State.OPEN) != before:
                    return begin.astimezone(JST)
            if days >= A_YEAR and not DATED.search(self.text):
                return None  # the week and the holidays repeat: what did not change in a year never will
        return None

    def state(self, at: dt.datetime) -> HoursState:
        """Open, closing within 30 minutes, closed, or always open; until when, and when next."""
        moment = jst(at)
        change = self.next_change(moment)
        hours = compiled(self.text, moment.year)
        comment = self.comment(moment)
        if not self.is_open(moment):
            return HoursState(Light.CLOSED, opens=change, comment=comment, reception_over=bool(hours.is_open(moment)))
        if change is None:
            return HoursState(Light.ALWAYS, comment=comment)
        light = Light.SOON if change - moment <= SOON else Light.OPEN
        return HoursState(light, until=change, comment=comment, closes=change + self._early)

    def leaves_time(self, at: dt.datetime) -> bool:
        """The last reception leaves something of the openings in the 400 days from a moment (true when there are none)."""
        opened, span = self.doors.between(at, at + A_YEAR), self._early
        return not opened or any(each.end - each.start > span for each in opened)

    def comment(self, at: dt.datetime) -> str:
        """The note in the text that holds at a moment: 「予約制」, 「職員研修」; blank without one."""
        moment = jst(at)
        return compiled(self.text, moment.year).state(moment)[1]

    def between(self, start: dt.datetime, end: dt.datetime) -> list[Opened]:
        """The stretches in which a newcomer is taken that touch [start, end), cut to it, in order."""
        first, last = jst(start), jst(end)
        found: list[Opened] = []
        for begin, finish, state, comment in compiled(self.text, first.year).intervals(first, last + self._early):
            if state != opening_hours.State.OPEN:
                continue
            if found and found[-1].end == begin and (self.last_reception or found[-1].comment == comment):
                found[-1] = Opened(found[-1].start, finish, found[-1].comment)
            else:
                found.append(Opened(begin, finish, comment))
        return [shorter for each in found if (shorter := self._taken(each, last))]

    def _taken(self, opened: Opened, last: dt.datetime) -> Opened | None:
        """A stretch of open doors without the minutes after the last reception; the end of the question is no closing."""
        if not self.last_reception:
            return opened
        asked = last + self._early
        end = min(last, opened.end if opened.end >= asked else opened.end - self._early)
        return Opened(opened.start, end, opened.comment) if end > opened.start else None
