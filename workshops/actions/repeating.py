"""A rule of repetition and the dates it gives. The rule is a text beside the dates; the dates are rows of their own.

RFC 5545 (RRULE, EXDATE), in Japanese wall-clock time. Nothing here writes to the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from dateutil.rrule import rruleset, rrulestr

from cms.dates import JST, jst
from workshops.actions.events import Plan
from workshops.models import Occurrence

#: So many dates at once; more would be a slip of the keyboard.
MOST_DATES = 60
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = "%Y%m%d"


class Every(StrEnum):
    """How often, with the weekday of the first date."""

    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"  # the same weekday of the month: every third Saturday
    MONTH_END = "month_end"  # the last such weekday of the month


@dataclass(frozen=True)
class Rule:
    """How an event repeats: until a day, or so many times in all, or (neither) as many as `MOST_DATES`."""

    every: Every
    until: dt.date | None = None
    count: int | None = None
    without: Sequence[dt.date] = field(default_factory=tuple)

    def text(self, first: dt.date) -> str:
        """The rule as RFC 5545 writes it; the weekday is that of the first date."""
        day, nth = DAYS[first.weekday()], (first.day - 1) // 7 + 1
        parts = {
            Every.WEEK: f"FREQ=WEEKLY;BYDAY={day}",
            Every.TWO_WEEKS: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
            Every.MONTH: f"FREQ=MONTHLY;BYDAY={nth}{day}",
            Every.MONTH_END: f"FREQ=MONTHLY;BYDAY=-1{day}",
        }[self.every]
        if self.until:
            parts += f";UNTIL={self.until:{DAY}}"
        elif self.count:
            parts += f";COUNT={self.count}"
        lines = [f"RRULE:{parts}", *(f"EXDATE:{each:{DAY}}" for each in sorted(set(self.without)))]
        return "\n".join(lines)


def read(text: str) -> Rule | None:
    """The rule a stored text holds; None for none, or for one that these controls cannot show."""
    lines = text.split()
    if not lines or not lines[0].startswith("RRULE:"):
        return None
    parts = dict(part.split("=", 1) for part in lines[0].removeprefix("RRULE:").split(";") if "=" in part)
    monthly = Every.MONTH_END if parts.get("BYDAY", "").startswith("-1") else Every.MONTH
    weekly = Every.TWO_WEEKS if parts.get("INTERVAL") == "2" else Every.WEEK
    return Rule(
        every=monthly if parts.get("FREQ") == "MONTHLY" else weekly,
        until=dt.datetime.strptime(parts["UNTIL"], DAY).replace(tzinfo=JST).date() if "UNTIL" in parts else None,
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        without=[_day(line.removeprefix("EXDATE:")) for line in lines[1:] if line.startswith("EXDATE:")],
    )


def _day(text: str) -> dt.date:
    return dt.datetime.strptime(text, DAY).replace(tzinfo=JST).date()


def days_of(text: str, first: dt.date) -> list[dt.date]:
    """The days a rule gives from the first one on, exceptions left out; at most `MOST_DATES`."""
    rule, *exceptions = text.split() or [""]
    if not rule:
        return [first]
    midnight = dt.datetime.combine(first, dt.time())
    dates = rruleset()
    dates.rrule(rrulestr(rule, dtstart=midnight))  # type: ignore[arg-type]
    for each in exceptions:
        dates.exdate(dt.datetime.combine(_day(each.removeprefix("EXDATE:")), dt.time()))
    return [moment.date() for moment in islice(dates, MOST_DATES)]


def like(pattern: Plan, day: dt.date) -> Plan:
    """The same hours and seats on another day."""
    start = jst(pattern.starts_at)
    moved = dt.datetime.combine(day, start.time(), JST)
    ends = moved + (pattern.ends_at - pattern.starts_at) if pattern.ends_at else None
    return Plan(starts_at=moved, ends_at=ends, all_day=pattern.all_day, **pattern.counters())


@dataclass(frozen=True)
class Laid:
    """What a rule makes of the dates: `plans` for saving, `kept` the days it no longer gives but people hold seats."""

    plans: list[Plan]
    added: list[dt.date]
    dropped: list[dt.date]
    kept: list[dt.date]


def lay(*, plans: Iterable[Plan], rule: str, before: Sequence[str], occupied: set[int]) -> Laid:
    """Add the dates the rule lacks and mark those it gave before and gives no more to be taken away.

    `before`: the rule in force until now, and one that was only looked at. A date set by hand is never touched, nor one whose pk is in `occupied`
    (somebody is registered): it comes back in `kept`, to be told to whoever changes the rule.
    """
    rows = sorted(plans, key=lambda plan: plan.starts_at)
    standing = [plan for plan in rows if not plan.remove]
    pattern = standing[0]
    first = jst(pattern.starts_at).date()
    wanted = days_of(rule, first)
    given_before = {day for text in before if text for day in days_of(text, first)}
    laid, dropped, kept = [], [], []
    for plan in rows:
        day = jst(plan.starts_at).date()
        goes = not plan.remove and day in given_before and day not in wanted
        if goes and plan.pk in occupied:
            kept.append(day)
        elif goes:
            dropped.append(day)
            if plan.pk is None:
                continue
            plan = _removed(plan)
        laid.append(plan)
    there = {jst(plan.starts_at).date() for plan in rows}
    added = [day for day in wanted if day not in there]
    laid += [like(pattern, day) for day in added]
    return Laid(sorted(laid, key=lambda plan: plan.starts_at), added, dropped, kept)


def _removed(plan: Plan) -> Plan:
    return Plan(
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        all_day=plan.all_day,
        pk=plan.pk,
        remove=True,
        **plan.counters(),
    )


def occupied_dates(occurrences: Iterable[Occurrence]) -> set[int]:
    """The dates at which somebody is registered, or was: their rows stay."""
    rows = {occurrence.pk for occurrence in occurrences}
    return set(
        Occurrence.objects.filter(pk__in=rows, registrations__isnull=False).values_list("pk", flat=True).distinct()
    )
