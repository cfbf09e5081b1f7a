"""One cell of an event table → one value; what any table has is in `cms.importing.cells`. Each reader raises `Unreadable` with a sentence for the person who owns the file."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.importing.cells import UNSET_WORDS, Impossible, Unreadable, clip, fold, tidy
from workshops.importing.layouts import ALL_DAY_WORDS

#: No hall in Japan holds more; a larger figure is a slip of the keyboard (people).
MAX_CAPACITY = 100_000
#: No public event costs more (yen).
MAX_FEE = 10_000_000
_HALF = r"(?P<half>午前|午後|AM|PM|A\.M\.|P\.M\.)"
_CLOCK = r"(?P<h>\d{1,2})(?::(?P<m>\d{2})(?::(?P<s>\d{2}))?|時(?:(?P<half_hour>半)|(?P<km>\d{1,2})分?)?)"
_TIMES = (
    re.compile(rf"(?:{_HALF})?\s*{_CLOCK}\s*(?:[~〜～\-]|から)?", re.IGNORECASE),
    re.compile(rf"{_CLOCK}\s*{_HALF}", re.IGNORECASE),
)
_COMPACT = re.compile(r"(?P<h>\d{2})(?P<m>\d{2})")
_COUNT = re.compile(r"\d[\d,]*")
_MINUS = re.compile(r"^[\s]*[-−‐▲△]\s*\d")
_UNITS = (
    ("組", "party"),
    ("世帯", "household"),
    ("団体", "organization"),
    ("人", "person"),
    ("名", "person"),
)


@dataclass(frozen=True)
class Count:
    """A number with its unit (人, 組 …) as far as the cell says them, and the words it was read from."""

    number: int | None
    unit: str
    text: str


@dataclass(frozen=True)
class Clock:
    """A time of day in minutes since midnight; 24:00 (1440) is the end of the day."""

    minutes: int

    @property
    def said(self) -> str:
        """「09:30」."""
        return f"{self.minutes // 60:02}:{self.minutes % 60:02}"

    def on(self, day: dt.date) -> dt.datetime:
        """The naive local moment of this time on a day; 24:00 is the next midnight."""
        return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=self.minutes)


def read_time(cell: str) -> Clock | None:
    """10:00, 10時, 10時半, 午後1時30分, PM1:30, 1000, 正午, 13:00～; None when nothing is set or all day."""
    text = fold(cell)
    if not text or text.casefold() in UNSET_WORDS or text in ALL_DAY_WORDS:
        return None
    if text == "正午":
        return Clock(12 * 60)
    if compact := _COMPACT.fullmatch(text):
        return _clock(int(compact["h"]), int(compact["m"]), text)
    for shape in _TIMES:
        if found := shape.fullmatch(text):
            return _clock(_hour(found, text), _minute(found), text)
    raise Unreadable(_("“%(text)s” cannot be read as a time; write it like 13:30") % {"text": clip(text)})


def _hour(found: re.Match[str], text: str) -> int:
    hour, half = int(found["h"]), (found["half"] or "").upper().replace(".", "")
    if half and hour > 12:
        raise Impossible(_("“%(text)s” is not a time of day") % {"text": clip(text)})
    if half in {"午後", "PM"}:
        return hour % 12 + 12
    return hour % 12 if half == "AM" else hour


def _minute(found: re.Match[str]) -> int:
    return 30 if found["half_hour"] else int(found["m"] or found["km"] or 0)


def _clock(hour: int, minute: int, text: str) -> Clock:
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise Impossible(_("“%(text)s” is not a time of day") % {"text": clip(text)})
    return Clock(hour * 60 + minute)


def read_capacity(cell: str) -> Count:
    """20, 20人, 先着20名, 10組. Words with no number or with several keep their text and no number."""
    text = fold(cell)
    if _MINUS.match(text):
        raise Unreadable(_("“%(text)s” is below zero") % {"text": clip(text)})
    numbers = [int(found.replace(",", "")) for found in _COUNT.findall(text[:LONGEST_NUMBER])]
    if any(number > MAX_CAPACITY for number in numbers):
        raise Unreadable(_("“%(text)s” is too large for a number of seats") % {"text": clip(text)})
    if len(numbers) != 1 or numbers[0] == 0:
        return Count(None, "", tidy(cell))
    return Count(numbers[0], _unit(text), tidy(cell))


def _unit(text: str) -> str:
    after = re.split(r"\d[\d,]*", text, maxsplit=1)[1].strip()
    return next((unit for word, unit in _UNITS if after.startswith(word)), "person")


def read_fee(cell: str) -> Count:
    """0, 500, 500円, ¥1,000, 無料. Several amounts keep their text and no number (yen)."""
    text = fold(cell)
    if _MINUS.match(text):
        raise Unreadable(_("“%(text)s” is below zero") % {"text": clip(text)})
    if text in {"無料", "なし", "無し", "無"}:
        return Count(0, "yen", tidy(cell))
    amount = re.fullmatch(r"[¥\\]?\s*(\d[\d,]*)\s*円?", text[:LONGEST_NUMBER])
    if not amount:
        return Count(None, "", tidy(cell))
    yen = int(amount[1].replace(",", ""))
    if yen > MAX_FEE:
        raise Unreadable(_("“%(text)s” is too large for a fee") % {"text": clip(text)})
    return Count(yen, "yen", tidy(cell))


#: Digits beyond this are no number anybody counts to (and int() is slow on thousands of them).
LONGEST_NUMBER = 200


def read_position(latitude: str, longitude: str) -> tuple[float, float] | None:
    """A point in Japan (degrees), None when neither cell is filled."""
    if not fold(latitude) and not fold(longitude):
        return None
    try:
        point = float(fold(latitude)), float(fold(longitude))
    except ValueError:
        raise Unreadable(_("latitude and longitude do not make a point")) from None
    if not (20 <= point[0] <= 46 and 122 <= point[1] <= 154):
        raise Unreadable(_("latitude and longitude do not make a point in Japan"))
    return point
