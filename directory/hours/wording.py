"""How opening hours are said in Japanese: 「平日8時30分～16時30分」「24時間・365日」. Language rules, not messages."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from cms.dates import JST, WEEKDAYS, japanese_date, japanese_time, jst
from cms.dates import today as today_in_japan
from directory.hours import grammar
from directory.hours.decomposing import is_whole_day
from directory.hours.holidays import is_holiday
from directory.hours.opening import Opened, OpeningHours, UnreadableHours, normal

ALWAYS = "24時間・365日"
ALL_DAY = "24時間"
WORK_DAYS = "Mo-Fr"
TIME_SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
NTH_DAY = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su)\[([-0-9,]+)\]")
DATE = re.compile(rf"(?:(\d{{4}}) )?({'|'.join(grammar.MONTHS)})(?: (\d\d?))?")
MINUTES_OF_A_DAY = 24 * 60


class NoWords(ValueError):
    """The rule is right, but this module has no sentence for it: the person writes one."""


def clock(minutes: int) -> str:
    """Minutes from midnight as 「8時30分」「24時」."""
    return f"{minutes // 60}時" + (f"{minutes % 60}分" if minutes % 60 else "")


def span_words(begin: int, end: int) -> str:
    """「22時～翌6時」; minutes from midnight, an end before the beginning is the next morning."""
    end = end if end > begin else end + MINUTES_OF_A_DAY
    if (begin, end) == (0, MINUTES_OF_A_DAY):
        return ALL_DAY
    late = end > MINUTES_OF_A_DAY
    return f"{clock(begin)}～{'翌' if late else ''}{clock(end - MINUTES_OF_A_DAY if late else end)}"


def times_words(times: str) -> str:
    """「9時～12時・13時～17時」."""
    if times in ("", "24/7"):
        return ALL_DAY
    spans = []
    for part in times.split(","):
        found = TIME_SPAN.fullmatch(part)
        if not found:
            raise NoWords(times)
        spans.append(span_words(int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])))
    return "・".join(spans)


def day_kanji(day: str) -> str:
    """「月」."""
    return WEEKDAYS[grammar.DAYS.index(day)]


def nth_words(item: str) -> str:
    """「第1・第3月曜」「最後の水曜」."""
    found = NTH_DAY.fullmatch(item)
    if not found:
        raise NoWords(item)
    numbers = found[2].split(",")
    order = "最後の" if numbers == ["-1"] else "・".join(f"第{number}" for number in numbers)
    if any(number.startswith("-") for number in numbers) and numbers != ["-1"]:
        raise NoWords(item)
    return f"{order}{day_kanji(found[1])}曜"


def item_words(item: str) -> str:
    """「月～木」「土」「祝日」「第2火曜」."""
    if item == "PH":
        return "祝日"
    if "[" in item:
        return nth_words(item)
    first, dash, last = item.partition("-")
    if first not in grammar.DAYS or (dash and last not in grammar.DAYS):
        raise NoWords(item)
    if item == "Mo-Su":
        return "毎日"
    return f"{day_kanji(first)}～{day_kanji(last)}" if dash else day_kanji(first)


def dates_words(before: str) -> str:
    """「12月29日～1月3日」「8月13日」「4月～9月」."""

    def said(match: re.Match[str]) -> str:
        year, month, day = match[1], grammar.MONTHS.index(match[2]) + 1, match[3]
        return (f"{year}年" if year else "") + f"{month}月" + (f"{day}日" if day else "")

    words = DATE.sub(said, before).replace("-", "～").replace(",", "・")
    if re.search(r"[A-Za-z]", words) or not words.strip():
        raise NoWords(before)
    words = re.sub(r"(\d+年)(\d+月\d+日)～\1", r"\1\2～", words)
    return re.sub(r"(\d+月)(\d+日)～\1", r"\1\2～", words)


@dataclass
class Said:
    """Days and times of one sentence part."""

    days: list[str]
    times: str


def day_words(rule: grammar.Rule) -> list[str]:
    """What the rule speaks of."""
    dates = [dates_words(rule.before)] if rule.before else []
    return [*dates, *(item_words(item) for item in rule.days)]


def closed_words(days: list[str]) -> str:
    """「（祝日と12月29日～1月3日は休み）」."""
    return f"（{'と'.join(days)}は休み）" if days else ""


def is_past(rule: grammar.Rule, day: dt.date | None) -> bool:
    """Days off of a year that is over: of no use to anybody who reads today."""
    ranges = grammar.date_ranges(rule.before) if rule.is_off else None
    if day is None or not ranges:
        return False
    return all(year and (year, month, last) < (day.year, day.month, day.day) for _first, (year, month, last) in ranges)


def reception_words(text: str, last_reception: int | None) -> str:
    """「受付は16時30分まで」, 「受付は終わる30分前まで」 where days end at different times; nothing without one."""
    rules = [rule for rule in grammar.rules_of(normal(text)) if not rule.is_off]
    spans = [TIME_SPAN.fullmatch(part) for rule in rules for part in rule.times.split(",")]
    if not last_reception or all(rule.times in ("", "24/7", "00:00-24:00") for rule in rules):
        return ""
    ends = {int(found[3]) * 60 + int(found[4]) for found in spans if found}
    last = [(end - last_reception) % MINUTES_OF_A_DAY for end in sorted(ends)]
    if all(spans) and (len(last) == 1 or (len(last) == 2 and len(rules) == 1)):  # one closing, or a lunch break
        return f"受付は{'と'.join(clock(end) for end in last)}まで"
    return f"受付は終わる{last_reception}分前まで"


@lru_cache(maxsize=4096)
def describe(text: str, last_reception: int | None = None, day: dt.date | None = None) -> str:
    """The hours in Japanese. Days off that were over before `day` are left out.

    Raises:
        UnreadableHours: not in the grammar.
        NoWords: in the grammar, but without a sentence here (weeks of the year, fallback rules …).
    """
    words, reception = sentence(text, day), reception_words(text, last_reception)
    if not reception or words == "休止中":
        return words
    return f"{words[:-1]}。{reception}）" if words.endswith("は休み）") else f"{words}（{reception}）"


def sentence(text: str, day: dt.date | None) -> str:
    """The hours without the last reception; raises as `describe`."""
    rules = [rule for rule in grammar.rules_of(normal(text)) if not is_past(rule, day)]
    again = {words for rule in rules if rule.separator == ", " and not rule.is_off for words in day_words(rule)}
    closed = [words for rule in rules if rule.is_off for words in day_words(rule) if words not in again]
    holidays_off = "祝日" in closed
    said: list[Said] = []
    for rule in rules:
        timed_off = rule.is_off and not is_whole_day(rule.times)  # closed for some hours of a day: not "closed on"
        if rule.separator == " || " or timed_off or (rule.modifier and not rule.is_off):
            raise NoWords(text)
        if rule.is_off:
            if not rule.days and not rule.before:
                return "休止中"
            continue
        days, times = day_words(rule) or ["毎日"], times_words(rule.times)
        note = f"（{rule.comment[1:-1]}）" if rule.comment else ""
        if said and said[-1].times == times + note:
            said[-1].days += days
        else:
            said.append(Said(days, times + note))
    if len(said) == 1 and said[0].days == ["毎日"] and said[0].times == ALL_DAY:
        return ALWAYS + closed_words(closed)
    if holidays_off and any("月～金" in part.days for part in said):
        closed.remove("祝日")
        for part in said:
            part.days = ["平日" if day == "月～金" else day for day in part.days]
    return "、".join("・".join(part.days) + part.times for part in said) + closed_words(closed)


def words_or_blank(text: str, last_reception: int | None = None) -> str:
    """The hours in Japanese as of today, or nothing where no sentence is known: blank means unknown."""
    try:
        return describe(text, last_reception, today_in_japan()) if text else ""
    except (NoWords, UnreadableHours):
        return ""


@dataclass(frozen=True)
class DayHours:
    """One row of the table of the coming week."""

    day: dt.date
    label: str
    is_today: bool
    is_holiday: bool
    words: str  # blank = closed
    why: str = ""  # why it is closed, if staff said it


def _minutes(moment: dt.datetime, day: dt.date) -> int:
    midnight = dt.datetime.combine(day, dt.time(), JST)
    return int((moment - midnight).total_seconds() // 60)


def _split_long(opened: Opened) -> list[Opened]:
    """A stretch longer than a day, cut at its midnights."""
    if opened.end - opened.start <= dt.timedelta(days=1):
        return [opened]
    parts, begin = [], opened.start
    while begin < opened.end:
        midnight = dt.datetime.combine(begin.date() + dt.timedelta(days=1), dt.time(), JST)
        parts.append(Opened(begin, min(midnight, opened.end), opened.comment))
        begin = midnight
    return parts


def _taken_until(opened: Opened, last_reception: int) -> str:
    """「（受付は16時30分まで）」; nothing without a last reception."""
    end = opened.end - dt.timedelta(minutes=last_reception)
    return f"（受付は{japanese_time(end)}まで）" if last_reception and end > opened.start else ""


def coming_week(hours: OpeningHours, today: dt.date, days: int = 7) -> list[DayHours]:
    """The table of the coming days with real dates, so that holidays and days off are told as they will be.

    It tells when the doors stand open, with the last reception.
    """
    first = dt.datetime.combine(today, dt.time(), JST)
    stretches = hours.doors.between(first - dt.timedelta(days=1), first + dt.timedelta(days=days + 1))
    rows = []
    for offset in range(days):
        day = today + dt.timedelta(days=offset)
        own = [(part, long) for long in stretches for part in _split_long(long) if part.start.date() == day]
        words = "・".join(
            span_words(_minutes(part.start, day), _minutes(part.end, day))
            + (_taken_until(part, hours.last_reception) if part.end == long.end else "")
            for part, long in own
        )
        why = "" if words else hours.comment(dt.datetime.combine(day, dt.time(12), JST))
        rows.append(DayHours(day, japanese_date(day), offset == 0, is_holiday(day), words, why))
    return rows


def day_word(day: dt.date, today: dt.date) -> str:
    """「きょう」「あす（金）」「12月9日（水）」."""
    if day == today:
        return "きょう"
    if day == today + dt.timedelta(days=1):
        return f"あす（{WEEKDAYS[day.weekday()]}）"
    return (f"{day.year}年" if day.year != today.year and (day - today).days > 300 else "") + japanese_date(day)


def opens_words(opens: dt.datetime, at: dt.datetime) -> str:
    """「あす（金）8時30分」: when it opens, as said at a moment."""
    return f"{day_word(jst(opens).date(), jst(at).date())}{japanese_time(opens)}"


def closes_words(until: dt.datetime, at: dt.datetime) -> str:
    """「きょう 22時」「きょう 24時」「あす（金）6時」: when it closes, as said at a moment."""
    end, today = jst(until), jst(at).date()
    if end.time() == dt.time() and end.date() > today:
        day = end.date() - dt.timedelta(days=1)
        return f"{day_word(day, today)} 24時"
    return f"{day_word(end.date(), today)} {japanese_time(end)}"
