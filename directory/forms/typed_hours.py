"""What stands in the boxes of the hours editor, exactly as typed, and the week it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.dates import WEEKDAYS
from directory.hours.clock import read_clock, read_date, read_month_day, shown_clock
from directory.hours.composing import compose
from directory.hours.decomposing import decompose
from directory.hours.week import (
    ALL_DAY,
    DAY,
    HOLIDAY,
    MOST_SPANS,
    NEW_YEAR,
    OBON,
    Closure,
    MonthDay,
    Spans,
    Week,
    Yearly,
    faults,
)  # fmt: skip

ROWS = range(8)  # Monday to Sunday, then holidays
MOST_CLOSURES = 30
EMPTY_CLOSURES = 2  # rows that wait for a new one
QUOTES = re.compile('["“”＂]')  # the grammar ends a note with them
T = TypeVar("T")


class Mode(StrEnum):
    """How the hours are written."""

    WEEK = "week"
    ALWAYS = "always"
    RESTING = "resting"
    UNKNOWN = "unknown"
    SIGNS = "signs"


class Holidays(StrEnum):
    """What holds on holidays. Nothing is chosen for anybody: a guess would show as a fact."""

    CLOSED = "closed"
    SAME = "same"
    OWN = "own"


Pair = tuple[str, str]
ALWAYS, RESTING = "24/7", "off"


@dataclass
class Mistakes:
    """Sentences by row; the names of the boxes they are about. Rows: d0–d7, new_year, obon, c0 …, week."""

    sentences: dict[str, list[str]] = field(default_factory=dict)
    boxes: set[str] = field(default_factory=set)

    def add(self, row: str, sentence: str, *boxes: str) -> None:
        """One mistake more; said once a row."""
        said = self.sentences.setdefault(row, [])
        if sentence not in said:
            said.append(sentence)
        self.boxes.update(boxes)

    def reading(self, row: str, box: str, read: Callable[[], T]) -> T | None:
        """What `read` answers, or None and a mistake."""
        try:
            return read()
        except ValidationError as error:
            self.add(row, error.messages[0], box)
            return None


def row_name(row: str) -> str:
    """What a row is called: 「月曜」「祝日」."""
    if row.startswith("d"):
        day = int(row[1:])
        return _("holidays") if day == HOLIDAY else f"{WEEKDAYS[day]}曜"
    names = {"new_year": _("days around New Year"), "obon": _("days of Obon"), "week": ""}
    return names.get(row, _("extra days off"))


@dataclass
class TypedHours:
    """The boxes. `was` is the text that stood there before: kept letter by letter when the week means the same."""

    mode: str = Mode.WEEK
    signs: str = ""
    was: str = ""
    days: list[list[Pair]] = field(default_factory=lambda: [[("", "")] * MOST_SPANS for _row in ROWS])
    all_day: list[bool] = field(default_factory=lambda: [False for _row in ROWS])
    holidays: str = ""
    new_year: bool = False
    new_year_days: Pair = ("12/29", "1/3")
    obon: bool = False
    obon_days: Pair = ("8/13", "8/15")
    closures: list[tuple[str, str, str]] = field(default_factory=list)

    @classmethod
    def of_text(cls, text: str) -> TypedHours:
        """The boxes for a stored text; what the table cannot say stands in signs."""
        if not text:
            return cls()
        fixed = {ALWAYS: Mode.ALWAYS, RESTING: Mode.RESTING}.get(text)
        week = None if fixed else decompose(text)
        if week:
            return cls.of_week(week, was=text)
        return cls(mode=fixed or Mode.SIGNS, signs="" if fixed else text, was=text)

    @classmethod
    def of_week(cls, week: Week, was: str = "") -> TypedHours:
        """The boxes for a week."""
        rows = [*week.days, week.holidays or ()]
        own = Holidays.OWN if week.holidays else Holidays.CLOSED
        return cls(
            was=was,
            days=[boxes_of(spans) for spans in rows],
            all_day=[spans == ALL_DAY for spans in rows],
            holidays=Holidays.SAME if week.holidays is None else own,
            new_year=week.new_year is not None,
            new_year_days=yearly_boxes(week.new_year or NEW_YEAR),
            obon=week.obon is not None,
            obon_days=yearly_boxes(week.obon or OBON),
            closures=[closure_boxes(closure) for closure in week.closures],
        )

    @classmethod
    def of_data(cls, data: Mapping[str, Any], name: str) -> TypedHours | None:
        """What a form sent; None when it sent nothing of this field. The text alone (imports, tests) is enough."""
        mode = data.get(f"{name}-mode")
        if mode is None and name not in data:
            return None

        def box(rest: str) -> str:
            return str(data.get(f"{name}-{rest}", "")).strip()

        def pair(rest: str) -> Pair:
            return box(f"{rest}-from"), box(f"{rest}-to")

        return cls(
            mode=mode if mode in set(Mode) else Mode.SIGNS,
            signs=str(data.get(name, "")),
            was=box("was"),
            days=[[pair(f"d{row}-{place}") for place in range(MOST_SPANS)] for row in ROWS],
            all_day=[bool(box(f"d{row}-all")) for row in ROWS],
            holidays=box("holidays") if box("holidays") in set(Holidays) else "",
            new_year=bool(box("new_year")),
            new_year_days=pair("new_year"),
            obon=bool(box("obon")),
            obon_days=pair("obon"),
            closures=[
                (box(f"c{row}-from"), box(f"c{row}-to"), box(f"c{row}-why"))
                for row in range(MOST_CLOSURES)
                if f"{name}-c{row}-from" in data
            ],
        )

    def text(self) -> tuple[str, Mistakes]:
        """The text that is meant, before it is tidied, and what is wrong. Blank = unknown."""
        if self.mode == Mode.WEEK:
            week, mistakes = self.week()
            if mistakes.sentences or week.is_blank:
                return "", mistakes
            known = decompose(self.was) if self.was else None
            return (self.was if known == week else compose(week)), mistakes
        fixed = {Mode.ALWAYS: ALWAYS, Mode.RESTING: RESTING, Mode.UNKNOWN: ""}
        return fixed.get(Mode(self.mode), self.signs), Mistakes()

    def week(self) -> tuple[Week, Mistakes]:
        """The week of the table and what is wrong with it."""
        mistakes = Mistakes()
        rows = [self._row(row, mistakes) for row in ROWS]
        if not self.holidays and any(rows):
            mistakes.add("d7", _("Choose what holds on holidays."), "holidays")
        if self.holidays == Holidays.OWN and not rows[HOLIDAY] and "d7" not in mistakes.sentences:
            mistakes.add("d7", _("Write the times of holidays."), "d7-0-from")
        own: dict[str, Spans | None] = {Holidays.CLOSED: (), Holidays.OWN: rows[HOLIDAY]}
        week = Week(
            days=tuple(rows[:HOLIDAY]),
            holidays=own.get(self.holidays),
            new_year=self._yearly("new_year", self.new_year, self.new_year_days, mistakes),
            obon=self._yearly("obon", self.obon, self.obon_days, mistakes),
            closures=tuple(self._closures(mistakes)),
        )
        wrong = set(mistakes.sentences)
        for fault in faults(week):
            row = "week" if fault.day is None else f"d{fault.day}"
            if row not in wrong and not (wrong and row == "week"):  # else it may only follow from that mistake
                mistakes.add(row, fault.sentence, f"{row}-{fault.place}-from")
        return week, mistakes

    def _row(self, row: int, mistakes: Mistakes) -> Spans:
        """The times of a day in their order."""
        if row == HOLIDAY and self.holidays in (Holidays.CLOSED, Holidays.SAME):
            return ()  # the boxes are out of sight
        typed = [(place, pair) for place, pair in enumerate(self.days[row]) if any(pair)]
        if self.all_day[row]:
            if typed:
                mistakes.add(f"d{row}", _("Either times or “24 hours”, not both."), f"d{row}-all", f"d{row}-0-from")
            return ALL_DAY
        spans = [span for place, pair in typed if (span := self._span(row, place, pair, mistakes))]
        return tuple(sorted(spans))

    def _span(self, row: int, place: int, pair: Pair, mistakes: Mistakes) -> tuple[int, int] | None:
        key, box = f"d{row}", f"d{row}-{place}"
        if not all(pair):
            sentence = _("Write also until when.") if pair[0] else _("Write also from when.")
            mistakes.add(key, sentence, f"{box}-to" if pair[0] else f"{box}-from")
        begin = mistakes.reading(key, f"{box}-from", partial(read_clock, pair[0], closing=False)) if pair[0] else None
        end = mistakes.reading(key, f"{box}-to", partial(read_clock, pair[1], closing=True)) if pair[1] else None
        if begin is None or end is None:
            return None
        if begin == end:
            mistakes.add(key, _("It opens and closes at the same time. For all day, tick “24 hours”."), f"{box}-to")
            return None
        end = end if end > begin else end + DAY
        if end - begin > DAY:
            mistakes.add(key, _("This is longer than a day."), f"{box}-to")
            return None
        return begin, end

    def _yearly(self, row: str, ticked: bool, days: Pair, mistakes: Mistakes) -> Yearly | None:
        if not ticked:
            return None
        read: list[MonthDay | None] = [
            mistakes.reading(row, f"{row}-{end}", partial(read_month_day, typed))
            for end, typed in zip(("from", "to"), days, strict=True)
        ]
        if read[0] is None or read[1] is None:
            return None
        yearly = Yearly(read[0], read[1])
        fits = (
            yearly.is_winter
            if row == "new_year"
            else not yearly.is_winter and {yearly.first[0], yearly.last[0]} <= {7, 8}
        )
        if not fits:
            sentence = _("These days lie elsewhere in the year. Write them under “extra days off” or in signs.")
            mistakes.add(row, sentence, f"{row}-from", f"{row}-to")
        return yearly

    def _closures(self, mistakes: Mistakes) -> Iterable[Closure]:
        found = []
        for place, (first, last, why) in enumerate(self.closures):
            row = f"c{place}"
            if not (first or last or why):
                continue
            if not first:
                mistakes.add(row, _("Write the day."), f"{row}-from")
                continue
            begin = mistakes.reading(row, f"{row}-from", partial(read_date, first))
            end = mistakes.reading(row, f"{row}-to", partial(read_date, last)) if last else begin
            if begin and end and end < begin:
                mistakes.add(row, _("The last day is before the first."), f"{row}-to")
            elif begin and end:
                found.append(Closure(begin, end, QUOTES.sub("'", why)))
        return sorted(found, key=lambda closure: (closure.first, closure.last))


def boxes_of(spans: Spans) -> list[Pair]:
    """Times as they stand in the boxes; all day is a tick."""
    shown = [] if spans == ALL_DAY else [(shown_clock(begin), shown_clock(end)) for begin, end in spans]
    return [*shown, *[("", "")] * (MOST_SPANS - len(shown))]


def yearly_boxes(yearly: Yearly) -> Pair:
    """「12/29」 and 「1/3」."""
    return f"{yearly.first[0]}/{yearly.first[1]}", f"{yearly.last[0]}/{yearly.last[1]}"


def closure_boxes(closure: Closure) -> tuple[str, str, str]:
    """First day, last day (blank for one day), why."""
    last = "" if closure.last == closure.first else closure.last.isoformat()
    return closure.first.isoformat(), last, closure.reason
