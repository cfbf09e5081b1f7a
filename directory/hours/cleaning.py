"""What staff type as opening hours: made tidy, or refused with a sentence and the column."""

import re
import unicodedata
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.hours import grammar
from directory.hours.opening import UnreadableHours, normal

MAX_LENGTH = 1000
DASHES = re.compile(r"\s*[~〜–—−‐‑ー]\s*")
SPACED_DASH = re.compile(r"(?<=\w)\s+-\s+(?=\w)")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]+")
TIMES = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")
OPEN_END = re.compile(r"\d\d?:\d\d\+")
SUN = re.compile(r"\b(sunrise|sunset|dawn|dusk)\b", re.IGNORECASE)
SCHOOL = re.compile(r"\bSH\b", re.IGNORECASE)
EASTER = re.compile(r"\beaster\b", re.IGNORECASE)
UNKNOWN = re.compile(r"\bunknown\b", re.IGNORECASE)
SHIFT = re.compile(r"(PH|\]) (\d+) day(s?)\b")  # the library forgets the sign
MONTH_DAY = re.compile(rf"\b({'|'.join(grammar.MONTHS)}) (\d\d?)\b")
LONGEST = dict(zip(grammar.MONTHS, (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))

HOLIDAYS_APART = gettext_lazy("Holidays stand in a rule of their own: Mo-Fr 09:00-17:00; PH off")
REFUSED = (
    (
        JAPANESE,
        gettext_lazy(
            "Write days as Mo Tu We Th Fr Sa Su, holidays as PH, closed as off. Notes go between double quotes."
        ),
    ),
    (SCHOOL, gettext_lazy("SH (school holidays) cannot be used. Write the dates, for example Jul 21-Aug 31.")),
    (SUN, gettext_lazy("Write times of the clock, not of the sun.")),
    (EASTER, gettext_lazy("easter cannot be used. Write the date.")),
    (OPEN_END, gettext_lazy("Write until when, for example 10:00-16:00.")),
    (UNKNOWN, gettext_lazy("unknown cannot be used. Write a note between double quotes behind the times.")),
    (grammar.HOLIDAY_AND_DAY, HOLIDAYS_APART),
)


class HoursError(ValidationError):
    """A sentence for the person who typed it. `column` counts from 1 in the tidied text."""

    def __init__(self, sentence: str, text: str, column: int) -> None:
        self.column = column
        place = _("Character %(column)s: %(sentence)s") % {"column": column, "sentence": sentence}
        super().__init__(f"{place} 「{text[: column - 1][-12:]}▲{text[column - 1 :][:12]}」" if text else place)


def tidy(raw: str) -> str:
    """Full-width letters, waves and new lines as the grammar wants them; comments are left alone."""

    def change(part: str) -> str:
        part = unicodedata.normalize("NFKC", part).replace("、", ",").replace("。", ";").replace("・", ",")
        part = DASHES.sub("-", re.sub(r"\s*\n+\s*", "; ", part))
        return re.sub(r"[ \t]+", " ", SPACED_DASH.sub("-", part))

    plain = raw.strip().replace("“", '"').replace("”", '"').replace("＂", '"')
    return re.sub(r"(;\s*)+$", "", grammar.outside_comments(plain, change)).strip()


def refused_words(bare: str) -> Iterator[tuple[int, str]]:
    """What the grammar knows, but a resident cannot rely on. `bare` has its comments blanked out."""
    for pattern, sentence in REFUSED:
        if found := pattern.search(bare):
            yield found.start() + 1, str(sentence)


def impossible_times(bare: str) -> Iterator[tuple[int, str]]:
    """Times and dates that do not exist."""
    for found in TIMES.finditer(bare):
        begin, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        if begin == end:
            yield found.start() + 1, _("It opens and closes at the same time. All day is 00:00-24:00.")
        is_turn = end - begin == 24 * 60  # 09:00-33:00 off: a day off of somebody who works at night (Week.turn)
        if begin >= 24 * 60 or (end > 30 * 60 and not is_turn) or int(found[2]) > 59 or int(found[4]) > 59:
            yield found.start() + 1, _("There is no such time. After midnight is 22:00-06:00 or 22:00-26:00.")
    for found in MONTH_DAY.finditer(bare):
        if not 1 <= int(found[2]) <= LONGEST[found[1]]:
            yield found.start() + 1, _("There is no such date.")


def weekdays_of(rule: grammar.Rule) -> set[str]:
    """The weekdays an every-week rule speaks of; none for rules of dates or of the nth week."""
    if rule.before or any("[" in item for item in rule.days):
        return set()
    if not rule.days:
        return set(grammar.DAYS)
    named: set[str] = set()
    for item in rule.days:
        if not item.startswith("PH"):
            first, _dash, last = item.partition("-")
            begin, end = grammar.DAYS.index(first), grammar.DAYS.index(last or first)
            named |= {grammar.DAYS[day % 7] for day in range(begin, (end if end >= begin else end + 7) + 1)}
    return named


def contradictions(rules: list[grammar.Rule]) -> Iterator[str]:
    """What was surely meant otherwise: a later rule wipes out an earlier one in silence."""
    spoken: set[str] = set()
    exception_said = False
    for rule in rules:
        days = weekdays_of(rule)
        if "PH" in rule.days and not rule.before and rule.separator in ("", "; "):
            if "PH" in spoken:
                yield _("Holidays (PH) are named twice, and only the last one would count.")
            spoken.add("PH")
        if rule.separator in ("", "; ") and not rule.is_off:
            if days & spoken:
                yield _(
                    "The same day is named twice, and only the last one would count. Write both times together: "
                    "Mo 09:00-12:00,13:00-17:00"
                )
            if exception_said and days:
                yield _("Put the rules for holidays (PH) and for dates last: what comes later counts.")
            spoken |= days
        exception_said |= rule.names_holidays or bool(rule.before and rule.is_off)
    if not any(not rule.is_off for rule in rules) and any(rule.days or rule.before for rule in rules):
        yield _("It says only when it is closed. Write also when it is open.")


def as_stored(normal_text: str) -> str:
    """The library's form, with `off` as staff know it, and days after a day as the grammar has them (PH +1 day)."""

    def change(part: str) -> str:
        return SHIFT.sub(r"\1 +\2 day\3", re.sub(r"(24/7 )?\bclosed\b", "off", part))

    return grammar.outside_comments(normal_text, change)


def clean_hours(raw: str) -> str:
    """The text to store: tidy and normal. Blank stays blank (unknown).

    Raises:
        HoursError: with a Japanese sentence and the column.
    """
    text = tidy(raw)
    if not text:
        return ""
    if len(text) > MAX_LENGTH:
        raise HoursError(_("This is too long for opening hours."), "", MAX_LENGTH + 1)
    if text.count('"') % 2:
        raise HoursError(_("A note needs a double quote at both ends."), text, text.rindex('"') + 1)
    bare = grammar.without_comments(text)
    for column, sentence in (*refused_words(bare), *impossible_times(bare)):
        raise HoursError(sentence, text, column)
    if found := grammar.COMMENT_ALONE.search(text):
        raise HoursError(
            _("A note needs times before it. Write what holds without times into the note field."),
            text,
            found.start(2) + 1,
        )
    try:
        written = normal(text)
    except UnreadableHours as error:
        raise HoursError(
            _("This cannot be read as hours. For example: Mo-Fr 08:30-17:15; PH off"), text, error.column
        ) from error
    rules = grammar.rules_of(written)
    for sentence in contradictions(rules):
        raise HoursError(sentence, "", 1)
    if any(rule.names_holidays and rule.before for rule in rules):
        raise HoursError(str(HOLIDAYS_APART), text, bare.index("PH") + 1)
    return as_stored(written)
