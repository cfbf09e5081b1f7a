"""One cell → one value. Each reader raises `Unreadable` with a sentence for the person who owns the file."""

import datetime as dt
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator, validate_email
from django.utils.translation import gettext as _

from cms.municipality import check_digit

#: Words that say "nothing is set here" in a cell for a date, a time or a number.
UNSET_WORDS = frozenset({"-", "―", "ー", "‐", "なし", "無し", "無", "未定", "特になし", "n/a"})
#: Years a table of today can speak of; outside them a digit was lost.
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
_WEB_ADDRESS = URLValidator(schemes=["http", "https"])
_FITS_URL, _FITS_EMAIL = MaxLengthValidator(2_000), MaxLengthValidator(254)


class Unreadable(ValueError):
    """The cell cannot be taken as what its column promises; the text is shown to the owner of the file."""


class Impossible(Unreadable):
    """The cell is a date or a time, but one that no calendar and no clock has."""


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


def clip(text: str, length: int = 24) -> str:
    """A cell as it may be quoted in a message: one short printable line."""
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    return line if len(line) <= length else line[:length] + "…"
