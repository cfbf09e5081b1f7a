"""From the week of the grid to one OpenStreetMap string that says the same to every reader of the grammar."""

from __future__ import annotations

import datetime as dt

from directory.hours.grammar import DAYS, MONTHS
from directory.hours.week import ALL_DAY, DAY, MonthDay, Span, Spans, Week, Yearly


def clock(minutes: int) -> str:
    """「08:30」, 「24:00」, 「30:00」."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def span_text(span: Span) -> str:
    """「22:00-06:00」: a night ends with the time of the morning."""
    begin, end = span
    return f"{clock(begin)}-{clock(end - DAY if end > DAY and end - DAY < begin else end)}"


def times_text(spans: Spans) -> str:
    """「09:00-12:00,13:00-17:00」."""
    return ",".join(span_text(span) for span in spans)


def days_text(days: list[int]) -> str:
    """「Mo-Fr」, 「Sa,Su」, 「Mo,We-Fr」."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = [
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[each] for each in run) for run in runs
    ]
    return ",".join(parts)


def month_day(day: MonthDay) -> str:
    """「Dec 29」."""
    return f"{MONTHS[day[0] - 1]} {day[1]:02d}"


def yearly_text(yearly: Yearly) -> str:
    """「Dec 29-Jan 03」."""
    first, last = month_day(yearly.first), month_day(yearly.last)
    return first if first == last else f"{first}-{last}"


def date_text(day: dt.date) -> str:
    """「2027 Feb 10」."""
    return f"{day.year} {month_day((day.month, day.day))}"


def weekly(week: Week, groups: dict[Spans, list[int]]) -> list[str]:
    """The rules of the ordinary week; holidays with the times of some weekday stand with it, last."""
    if not week.turn and week.holidays in groups:
        last = {week.holidays: groups[week.holidays]}
        return [
            *(f"{days_text(days)} {times_text(spans)}" for spans, days in groups.items() if spans != week.holidays),
            *(f"{days_text(days)},PH {times_text(spans)}" for spans, days in last.items()),
        ]
    return [f"{days_text(days)} {times_text(spans)}" for spans, days in groups.items()]


def holidays_text(week: Week, off: str) -> str:
    """What holds on holidays, or nothing when it is said already."""
    if week.holidays is None:
        return ""
    if not week.holidays:
        return f"PH {off}"
    if week.turn:
        return f"PH {off}, PH {times_text(week.holidays)}"
    return "" if week.holidays in week.days else f"PH {times_text(week.holidays)}"


def compose(week: Week) -> str:
    """The string; blank for a blank week.

    A night belongs to the day on which it begins (`Week.turn`): with nights, days off are written `06:00-30:00 off`, and
    weekdays are joined by commas, because a later rule would cut the night of the day before.
    """
    if all(spans == ALL_DAY for spans in week.days) and week.holidays is None:
        ordinary = ["24/7"]
    else:
        groups: dict[Spans, list[int]] = {}
        for day, spans in enumerate(week.days):
            if spans:
                groups.setdefault(spans, []).append(day)
        ordinary = weekly(week, groups)
    off = f"{clock(week.turn)}-{clock(week.turn + DAY)} off" if week.turn else "off"
    rules = [(", " if week.turn else "; ").join(ordinary), holidays_text(week, off)]
    rules += [f"{yearly_text(yearly)} {off}" for yearly in (week.new_year, week.obon) if yearly]
    for closure in week.closures:
        days = date_text(closure.first)
        days += f"-{date_text(closure.last)}" if closure.last != closure.first else ""
        rules.append(f"{days} {off}" + (f' "{closure.reason}"' if closure.reason else ""))
    return "; ".join(rule for rule in rules if rule)
