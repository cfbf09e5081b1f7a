"""The part of opening hours that repeats every week or month, for formats that know no holidays and no exceptions.

Asked of the same evaluation as badge and filter: rules about holidays and dates are set aside, the rest is opened for
one ordinary week.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from cms.dates import JST
from directory.hours import grammar
from directory.hours.opening import Opened, OpeningHours, normal

#: A Monday whose weeks before and after hold no holiday; none counts here anyway.
MONDAY = dt.datetime(2026, 6, 1, tzinfo=JST)
DAY = dt.timedelta(days=1)
SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
NTH = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su)\[([-0-9,]+)\]")


class HolidayRule(StrEnum):
    """What opening hours say about public holidays."""

    CLOSED = "closed"
    OWN_HOURS = "own_hours"
    AS_WEEKDAY = "as_weekday"  # holidays are not named: the weekday counts


@dataclass(frozen=True)
class Repeating:
    """Days of a week ("MO") or of a month ("1MO", "-1FR") with one opening and one closing time.

    A closing time that is not after the opening time is on the next day: 22:00 to 02:00, 00:00 to 00:00 (all day).
    """

    freq: str  # WEEKLY or MONTHLY
    days: tuple[str, ...]
    opens: dt.time
    closes: dt.time


def holiday_rule(text: str) -> HolidayRule:
    """What the hours say about holidays. Raises UnreadableHours."""
    rules = grammar.rules_of(normal(text))
    if all(rule.is_off for rule in rules):
        return HolidayRule.CLOSED
    naming = [rule for rule in rules if rule.names_holidays]
    if not naming:
        return HolidayRule.AS_WEEKDAY
    return HolidayRule.CLOSED if all(rule.is_off for rule in naming) else HolidayRule.OWN_HOURS


def repeating(text: str) -> list[Repeating]:
    """What of the hours repeats, days with equal times together, in the order of the week. Raises UnreadableHours."""
    rules = [rule for rule in grammar.rules_of(normal(text)) if not rule.before and rule.separator != " || "]
    return [*_weekly(rules), *(each for rule in rules if not rule.is_off for each in _monthly(rule))]


def says_everything(text: str) -> bool:
    """Nothing is lost in `repeating`: no holidays, dates, exceptions of a month or fallbacks. Raises UnreadableHours."""
    rules = grammar.rules_of(normal(text))
    lost = (rule.before or rule.names_holidays or rule.separator == " || " or rule.comment for rule in rules)
    return not any(lost) and not any(rule.is_off and any("[" in item for item in rule.days) for rule in rules)


def _weekly(rules: list[grammar.Rule]) -> list[Repeating]:
    """One ordinary week, through the evaluation that also says whether a desk is open."""
    parts: list[str] = []
    for rule in rules:
        days = [item for item in rule.days if not item.startswith("PH") and "[" not in item]
        if days or not rule.days:
            parts.append((rule.separator if parts else "") + (rule.with_days(days) if days else rule.text))
    if not parts:
        return []
    found: dict[tuple[dt.time, dt.time], list[str]] = {}
    for opened in OpeningHours("".join(parts)).between(MONDAY - DAY, MONDAY + 9 * DAY):
        for piece in _pieces(opened):
            if MONDAY <= piece.start < MONDAY + 7 * DAY:
                day = grammar.DAYS[piece.start.weekday()].upper()
                times = (piece.start.time(), piece.end.time())
                if day not in found.setdefault(times, []):
                    found[times].append(day)
    return [Repeating("WEEKLY", tuple(days), opens, closes) for (opens, closes), days in found.items()]


def _pieces(opened: Opened) -> list[Opened]:
    """A stretch longer than a day, cut at its midnights."""
    if opened.end - opened.start <= DAY:
        return [opened]
    pieces, begin = [], opened.start
    while begin < opened.end:
        midnight = dt.datetime.combine(begin.date() + DAY, dt.time(), JST)
        pieces.append(Opened(begin, min(midnight, opened.end)))
        begin = midnight
    return pieces


def _monthly(rule: grammar.Rule) -> list[Repeating]:
    """「Mo[1,3] 10:00-12:00」 as days of a month."""
    days = tuple(
        f"{number}{found[1].upper()}"
        for item in rule.days
        if (found := NTH.fullmatch(item))
        for number in found[2].split(",")
        if re.fullmatch(r"-?\d", number)
    )
    if not days:
        return []
    spans = [SPAN.fullmatch(part) for part in rule.times.split(",")]
    return [Repeating("MONTHLY", days, _time(span[1], span[2]), _time(span[3], span[4])) for span in spans if span]


def _time(hour: str, minute: str) -> dt.time:
    return dt.time(int(hour) % 24, int(minute))
