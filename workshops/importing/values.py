"""One cell → one value. Each reader raises `Unreadable` with a sentence for the person who owns the file."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator, validate_email
from django.utils.translation import gettext as _

from workshops.importing.layouts import ALL_DAY_WORDS, UNSET_WORDS

#: No hall in Japan holds more; a larger figure is a slip of the keyboard (people).
MAX_CAPACITY = 100_000
#: No public event costs more (yen).
MAX_FEE = 10_000_000
#: Years an event table of today can speak of; outside them a digit was lost.
YEARS = range(1990, 2101)

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
_WEEKDAY = r"(?:\s*\([日月火水木金土](?:曜日?)?(?:[・,]?[祝休]日?)?\))?"
_DATES = (
    re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})" + _WEEKDAY),
    re.compile(r"(?P<y>\d{4})年\s*(?P<m>\d{1,2})月\s*(?P<d>\d{1,2})日" + _WEEKDAY),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<era>令和|平成|昭和)\s*(?P<y>\d{1,2}|元)年\s*(?P<m>\d{1,2})月\s*(?P<d>\d{1,2})日" + _WEEKDAY),
    re.compile(
        r"(?P<era>[RHS])(?P<y>\d{1,2})([-/.])(?P<m>\d{1,2})\3(?P<d>\d{1,2})" + _WEEKDAY,
        re.IGNORECASE,
    ),
)
_MIDNIGHT = re.compile(r"[\sT]+0{1,2}:00(:00)?$")
_HALF = r"(?P<half>午前|午後|AM|PM|A\.M\.|P\.M\.)"
_CLOCK = r"(?P<h>\d{1,2})(?::(?P<m>\d{2})(?::(?P<s>\d{2}))?|時(?:(?P<half_hour>半)|(?P<km>\d{1,2})分?)?)"
_TIMES = (
    re.compile(rf"(?:{_HALF})?\s*{_CLOCK}\s*(?:[~〜～\-]|から)?", re.IGNORECASE),
    re.compile(rf"{_CLOCK}\s*{_HALF}", re.IGNORECASE),
)
_COMPACT = re.compile(r"(?P<h>\d{2})(?P<m>\d{2})")
_WEB_ADDRESS = URLValidator(schemes=["http", "https"])
_FITS_URL, _FITS_EMAIL = MaxLengthValidator(2_000), MaxLengthValidator(254)
_COUNT = re.compile(r"\d[\d,]*")
_MINUS = re.compile(r"^[\s]*[-−‐▲△]\s*\d")
_UNITS = (
    ("組", "party"),
    ("世帯", "household"),
    ("団体", "organization"),
    ("人", "person"),
    ("名", "person"),
)


class Unreadable(ValueError):
    """The cell cannot be taken as what its column promises; the text is shown to the owner of the file."""


class Impossible(Unreadable):
    """The cell is a date or a time, but one that no calendar and no clock has."""


@dataclass(frozen=True)
class Count:
    """A number with its unit (人, 組 …) as far as the cell says them, and the words it was read from."""

    number: int | None
    unit: str
    text: str


def fold(text: str) -> str:
    """Full-width digits and signs as plain ones: for reading, never for showing."""
    return unicodedata.normalize("NFKC", text).strip()


def tidy(text: str) -> str:
    """The words as published, without characters that nobody sees and nobody typed on purpose.

    Raises `Unreadable` for NUL and for bytes that were no characters.
    """
    if "\0" in text:
        raise Unreadable(_("contains a NUL character"))
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Unreadable(_("contains broken characters; the file is not entirely in one encoding"))
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    shown = "".join(sign for sign in plain if sign == "\n" or not _invisible(sign))
    return "\n".join(line.rstrip() for line in shown.strip().split("\n"))


def _invisible(sign: str) -> bool:
    return unicodedata.category(sign) == "Cc" or "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"


def one_line(text: str) -> str:
    """Line breaks inside a name become single spaces."""
    return re.sub(r"\s*\n\s*", " ", text)


def read_date(cell: str) -> dt.date | None:
    """2022-01-24, 2022/1/24, 20220124, 2022年1月24日, 令和4年1月24日, R4.1.24; None when nothing is set."""
    text = _MIDNIGHT.sub("", fold(cell))
    if not text or text.casefold() in UNSET_WORDS:
        return None
    for shape in _DATES:
        if found := shape.fullmatch(text):
            return _calendar_day(found, text)
    raise Unreadable(_("“%(text)s” cannot be read as a date; write it like 2022-01-24") % {"text": clip(text)})


def _calendar_day(found: re.Match[str], text: str) -> dt.date:
    parts = found.groupdict()
    year = 1 if parts["y"] == "元" else int(parts["y"])
    if era := parts.get("era"):
        year += _ERAS[era.upper()]
    if year not in YEARS:
        raise Impossible(_("“%(text)s” has an impossible year") % {"text": clip(text)})
    try:
        return dt.date(year, int(parts["m"]), int(parts["d"]))
    except ValueError:
        raise Impossible(_("“%(text)s” is not a day of the calendar") % {"text": clip(text)}) from None


@dataclass(frozen=True)
class Clock:
    """A time of day in minutes since midnight; 24:00 (1440) is the end of the day."""

    minutes: int

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


def read_municipality(cell: str) -> str:
    """A code of six digits, as text; five get back the zero that spreadsheets drop, or the check digit."""
    text = fold(cell).removesuffix(".0")
    if not text or text in UNSET_WORDS:
        return ""
    if not re.fullmatch(r"[0-9]{2}|[0-9]{5,6}", text, re.ASCII):
        raise Unreadable(_("“%(text)s” is not a municipality code of six digits") % {"text": clip(text)})
    if len(text) == 2:
        text += "000"
    if len(text) == 6:
        return text
    restored = "0" + text
    return restored if check_digit(restored[:5]) == restored[5] else text + check_digit(text)


def check_digit(five: str) -> str:
    """Last digit of a municipality code (JIS X 0402): weights 6,5,4,3,2 modulo 11."""
    return str((11 - sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True)) % 11) % 10)


def read_url(cell: str) -> str:
    """A web address that may become a link: http or https, as a form of ours would take it."""
    text = tidy(cell)
    if not text:
        return ""
    try:
        _WEB_ADDRESS(text)
        _FITS_URL(text)
    except ValidationError:
        raise Unreadable(_("“%(text)s” is not a web address") % {"text": clip(text)}) from None
    return text


def read_email(cell: str) -> str:
    """A mail address, or nothing."""
    text = fold(cell)
    try:
        if text:
            validate_email(text)
            _FITS_EMAIL(text)
    except ValidationError:
        raise Unreadable(_("“%(text)s” is not a mail address") % {"text": clip(text)}) from None
    return text


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


def clip(text: str, length: int = 24) -> str:
    """A cell as it may be quoted in a message: one short printable line."""
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    return line if len(line) <= length else line[:length] + "…"
