"""The text of opening hours (OpenStreetMap's grammar): comments set aside, rules apart, PH replaced by real dates."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from directory.hours import holidays

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

COMMENT = re.compile(r'"[^"]*"')
SEPARATOR = re.compile(r"(; | \|\| |, )")  # as the library writes them
DAY = rf"(?:{'|'.join(DAYS)})"
NTH = r"(?:\[[-0-9,]+\](?: [+-]?\d+ days?)?)?"
HOLIDAY = r"(?:PH|SH)(?: [+-]?\d+ days?)?"
ITEM = rf"(?:{HOLIDAY}|{DAY}(?:-{DAY})?{NTH})"
DAY_LIST = re.compile(rf"(?<![\w,-]){ITEM}(?:,{ITEM})*(?![\w,-])")
SHIFTED = re.compile(r"PH(?: ([+-]?\d+) days?)?")
HOLIDAY_AND_DAY = re.compile(rf"\bPH (?={DAY})", re.IGNORECASE)
DATE = rf"(?:(\d{{4}}) )?({'|'.join(MONTHS)}) (\d\d?)"
DATE_RANGE = re.compile(rf"{DATE}(?:-{DATE})?")
TIMES = re.compile(r"(?:^| )(24/7|\S*\d\d:\d\d\S*)$")
MODIFIER = re.compile(r" ?\b(open|closed|off|unknown)$")
COMMENT_ALONE = re.compile(r'(^\s*|;\s*|\|\|\s*)("[^"]*")(?=\s*(?:$|;|\|\|))')
NOT_OPEN = ("off", "closed", "unknown")
NEVER = "1900 Jan 01 off"


def outside_comments(text: str, change: Callable[[str], str]) -> str:
    """The text with everything that is not a quoted comment changed."""
    parts, end = [], 0
    for comment in COMMENT.finditer(text):
        parts += [change(text[end : comment.start()]), comment[0]]
        end = comment.end()
    return "".join([*parts, change(text[end:])])


def without_comments(text: str) -> str:
    """The text with comments blanked out, so that every column stays where it was."""
    return COMMENT.sub(lambda comment: '"' + "_" * (len(comment[0]) - 2) + '"', text)


@dataclass(frozen=True)
class Rule:
    """One rule: which dates, which weekdays or holidays, which times, open or off, and its comment."""

    text: str
    separator: str  # what stands before it: "", "; ", ", " or " || "
    before: str  # months, weeks, years
    days: tuple[str, ...]
    times: str
    modifier: str
    comment: str

    @property
    def is_off(self) -> bool:
        """The rule closes."""
        return self.modifier in ("off", "closed")

    @property
    def names_holidays(self) -> bool:
        """PH stands among its days."""
        return any(item.startswith("PH") for item in self.days)

    def with_days(self, days: Iterable[str]) -> str:
        """The rule for other weekdays."""
        head = " ".join(part for part in (self.before, ",".join(days), self.times, self.modifier) if part)
        return f"{head} {self.comment}".strip()

    def with_dates(self, dates: str) -> str:
        """The rule for dates in place of months and weekdays."""
        head = " ".join(part for part in (dates, self.times, self.modifier) if part)
        return f"{head} {self.comment}".strip()


Date = tuple[int | None, int, int]  # year (None: every year), month, day


def date_ranges(before: str) -> list[tuple[Date, Date]] | None:
    """「Dec 29-Jan 3」, 「2027 Feb 10,2027 Mar 3」 as first and last days; None when it is anything else."""
    ranges = []
    for part in before.split(","):
        found = DATE_RANGE.fullmatch(part.strip())
        if not found:
            return None
        year, month, day, last_year, last_month, last_day = found.groups()
        first = (int(year) if year else None, MONTHS.index(month) + 1, int(day))
        last = (
            (int(last_year) if last_year else None, MONTHS.index(last_month) + 1, int(last_day)) if last_day else first
        )
        ranges.append((first, last))
    return ranges


def rule_of(text: str, separator: str) -> Rule:
    """Takes a normalised rule apart."""
    found = COMMENT.search(text)
    comment = found[0] if found else ""
    bare = COMMENT.sub("", text).strip()
    modifier = MODIFIER.search(bare)
    if modifier:
        bare = bare[: modifier.start()].rstrip()
    times = TIMES.search(bare)
    if times:
        bare = bare[: times.start()].rstrip()
    days = DAY_LIST.search(bare)
    before = bare[: days.start()] if days else bare
    return Rule(
        text=text,
        separator=separator,
        before=before.strip(),
        days=split_days(days[0]) if days else (),
        times=times[1] if times else "",
        modifier=modifier[1] if modifier else "",
        comment=comment,
    )


def split_days(days: str) -> tuple[str, ...]:
    """「Mo-We,Mo[1,3],PH」 at its commas; those in brackets do not count."""
    return tuple(re.split(r",(?![-0-9,]*\])", days))


def rules_of(normal: str) -> list[Rule]:
    """The rules of a text the library has normalised."""
    rules, separator, begin = [], "", 0
    for found in SEPARATOR.finditer(without_comments(normal)):
        rules.append(rule_of(normal[begin : found.start()], separator))
        separator, begin = found[0], found.end()
    return [*rules, rule_of(normal[begin:], separator)]


def written(days: Iterable[dt.date]) -> str:
    """Dates as the grammar lists them."""
    return ",".join(f"{day.year} {MONTHS[day.month - 1]} {day.day:02d}" for day in days)


def shifted(days: Iterable[dt.date], item: str) -> list[dt.date]:
    """「PH」 as it is, 「PH 1 days」 a day later."""
    found = SHIFTED.fullmatch(item)
    offset = dt.timedelta(days=int(found[1] or 0)) if found else dt.timedelta()
    return [day + offset for day in days]


def with_real_holidays(rule: Rule, year: int, *, falls_in: Callable[[str, dt.date], bool]) -> str:
    """A rule whose PH became dates; its weekdays, if any, stand in a rule beside it.

    `falls_in(months, day)` says whether a day lies in the rule's months, weeks or years.
    """
    weekdays = [item for item in rule.days if not item.startswith("PH")]
    parts = [rule.with_days(weekdays)] if weekdays else []
    for item in (item for item in rule.days if item.startswith("PH")):
        days = [day for day in shifted(holidays.around(year), item) if not rule.before or falls_in(rule.before, day)]
        parts.append(rule.with_dates(written(days)) if days else NEVER)
    if rule.separator in (", ", " || ") or len(parts) < 2 or rule.is_off:
        return (rule.separator or "; ").join(parts)
    # Each rule wipes out what was said for its days, also the night that began the day before: say that again.
    return "; ".join(parts) + ", " + ", ".join(parts[:-1])
