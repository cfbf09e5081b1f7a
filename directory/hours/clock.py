"""Times and days as people type them: 「9」「9時半」「９：００」「午後1時」「12/29」."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.hours.week import DAY, LONGEST_MONTHS, MonthDay

CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d)|時(?:(\d{1,2})分?|(半))?)?")
DIGITS = re.compile(r"(\d{1,2})(\d\d)")
HALVES = {"午前": 0, "午後": 12 * 60}
WORDS = {"正午": "12:00", "深夜0時": "24:00"}
MONTH_DAY = re.compile(r"(\d{1,2})(?:/|-|\.|月)(\d{1,2})日?")
DATE = re.compile(r"(\d{4})(?:/|-|\.|年)(\d{1,2})(?:/|-|\.|月)(\d{1,2})日?")
LATEST_END = 30 * 60


def plain(typed: str) -> str:
    """Full-width signs as plain ones, without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", typed)).replace("：", ":")


def minutes_of(text: str) -> int | None:
    """Minutes from midnight; None when it is no time at all."""
    half = next((minutes for word, minutes in HALVES.items() if text.startswith(word)), None)
    text = WORDS.get(text, text if half is None else text[2:])
    found = DIGITS.fullmatch(text) or CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute, *rest = found.groups()
    past = 30 if rest and rest[1] else int(minute or (rest[0] if rest and rest[0] else 0))
    if past > 59:
        return None
    minutes = int(hour) * 60 + past
    if half is not None and int(hour) > 12:
        return None
    return minutes % (12 * 60) + half if half and int(hour) == 12 else minutes + (half or 0)


def read_clock(typed: str, *, closing: bool) -> int:
    """Minutes from midnight. A closing may be said as 25:00.

    Raises:
        ValidationError: a sentence for the person who typed it.
    """
    minutes = minutes_of(plain(typed))
    if minutes is None:
        raise ValidationError(_("Write a time like 9:00 or 17:30."))
    if minutes >= DAY and not (closing and minutes <= LATEST_END):
        raise ValidationError(_("There is no such time. Until after midnight is written 22:00 to 2:00."))
    return minutes


def shown_clock(minutes: int) -> str:
    """「9:00」「24:00」, a time of the next morning as 「2:00」."""
    shown = minutes - DAY if minutes > DAY else minutes
    return f"{shown // 60}:{shown % 60:02d}"


def read_month_day(typed: str) -> MonthDay:
    """「12/29」「12月29日」; raises ValidationError."""
    found = MONTH_DAY.fullmatch(plain(typed))
    if not found:
        raise ValidationError(_("Write a day like 12/29."))
    month, day = int(found[1]), int(found[2])
    if not (1 <= month <= 12 and 1 <= day <= LONGEST_MONTHS[month - 1]):
        raise ValidationError(_("There is no such date."))
    return month, day


def read_date(typed: str) -> dt.date:
    """「2027-02-10」「2027/2/10」「2027年2月10日」; raises ValidationError."""
    found = DATE.fullmatch(plain(typed))
    if not found:
        raise ValidationError(_("Write a day like 2027/2/10."))
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ValidationError(_("There is no such date.")) from error
