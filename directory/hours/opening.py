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

    until: when it closes (None while open: never). opens: when it opens next (None while closed: no more).
    """

    light: Light
    until: dt.datetime | None = None
    opens: dt.datetime | None = None
    comment: str = ""

    @property
    def is_open(self) -> bool:
        """Somebody is there."""
        return self.light is not Light.CLOSED


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
    """Opening hours as one OpenStreetMap string, e.g. `Mo-Fr 08:30-16:30; PH off`.

    PH means Japan's public holidays. Equal when the text is equal; cheap to make; safe to compare, not to cache outside.

    Raises:
        UnreadableHours: the text is not in the grammar.
    """

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        normal(self.text)

    def __repr__(self) -> str:
        return f"OpeningHours({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OpeningHours) and normal(self.text) == normal(other.text)

    def __hash__(self) -> int:
        return hash(normal(self.text))

    def is_open(self, at: dt.datetime) -> bool:
        """Whether somebody is there at an aware moment of any zone. The closing minute itself is closed."""
        moment = jst(at)
        return bool(compiled(self.text, moment.year).is_open(moment))

    def next_change(self, at: dt.datetime) -> dt.datetime | None:
        """The first moment after `at`, in JST, when open turns to closed or back; None when that never happens.

        Looks ahead in bounded stretches: asked without an end, the library walks day by day to the year 9999, which
        takes a minute for hours that never change but name holidays.
        """
        moment = jst(at)
        before = self.is_open(moment)
        for days in AHEAD:
            for begin, _end, state, _comment in self.compiled_at(moment).intervals(moment, moment + days):
                if (state == opening_hours.State.OPEN) != before:
                    return begin.astimezone(JST)
            if days >= A_YEAR and not DATED.search(self.text):
                return None  # the week and the holidays repeat: what did not change in a year never will
        return None

    def compiled_at(self, moment: dt.datetime) -> opening_hours.OpeningHours:
        """The hours as they are around a moment of JST."""
        return compiled(self.text, moment.year)

    def state(self, at: dt.datetime) -> HoursState:
        """Open, closing within 30 minutes, closed, or always open; until when, and when next."""
        moment = jst(at)
        change = self.next_change(moment)
        comment = compiled(self.text, moment.year).state(moment)[1]
        if not self.is_open(moment):
            return HoursState(Light.CLOSED, opens=change, comment=comment)
        if change is None:
            return HoursState(Light.ALWAYS, comment=comment)
        return HoursState(Light.SOON if change - moment <= SOON else Light.OPEN, until=change, comment=comment)

    def between(self, start: dt.datetime, end: dt.datetime) -> list[Opened]:
        """The open stretches that touch [start, end), cut to it, in order."""
        first, last = jst(start), jst(end)
        found: list[Opened] = []
        for begin, finish, state, comment in compiled(self.text, first.year).intervals(first, last):
            if state != opening_hours.State.OPEN:
                continue
            if found and found[-1].end == begin and found[-1].comment == comment:
                found[-1] = Opened(found[-1].start, finish, comment)
            else:
                found.append(Opened(begin, finish, comment))
        return found
