"""Cells that only tables of desks have. Each reader raises `Unreadable` with a sentence for the owner of the file."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.importing.cells import Unreadable, clip, fold, one_line, read_date, read_municipality, tidy
from cms.municipality import is_municipality_code
from directory.enums import ChannelKind, OrganizationKind
from directory.hours import clean_hours
from directory.phones import clean_phone

YES = frozenset({"1", "○", "◯", "〇", "有", "あり", "はい", "true", "yes"})
NO = frozenset({"0", "×", "✕", "無", "なし", "いいえ", "false", "no"})
OLDEST = 150  # years
A_DAY = 24 * 60  # minutes
OPENED = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
KATAKANA = range(ord("ァ"), ord("ヶ") + 1)


def sentence_of(error: ValidationError) -> str:
    """The words of a refusal of the model's own rules."""
    return " ".join(str(message) for message in error.messages)


def checked(clean: Callable[[str], str]) -> Callable[[str], str]:
    """A cleaner of ours as a reader of cells: blank stays blank."""

    def read(cell: str) -> str:
        if not cell.strip():
            return ""
        try:
            return clean(cell)
        except ValidationError as error:
            raise Unreadable(sentence_of(error)) from None

    return read


read_phone = checked(clean_phone)
read_hours = checked(clean_hours)


def read_flag(cell: str) -> bool | None:
    """1 or 0, ○ or ×, 有 or 無; None when the cell is blank."""
    text = fold(cell).casefold()
    if not text:
        return None
    if text in YES or cell.strip() in YES:
        return True
    if text in NO or cell.strip() in NO:
        return False
    raise Unreadable(_("“%(text)s” is neither 1 nor 0") % {"text": clip(cell)})


def read_whole(unit: str, most: int) -> Callable[[str], int | None]:
    """A whole number from 0 to `most`, with or without its unit; None when the cell is blank."""

    def read(cell: str) -> int | None:
        text = fold(cell)
        if not text:
            return None
        found = re.fullmatch(rf"(\d{{1,6}})\s*(?:{unit})?", text, re.ASCII)
        if not found or int(found[1]) > most:
            raise Unreadable(
                _("“%(text)s” is not a whole number from 0 to %(most)d") % {"text": clip(cell), "most": most}
            )
        return int(found[1])

    return read


read_age = read_whole("歳|才", OLDEST)
read_minutes = read_whole("分前?", A_DAY)


def read_kana(cell: str) -> str:
    """カタカナ, also half-width, as the hiragana we keep."""
    text = fold(one_line(tidy(cell)))
    return "".join(chr(ord(sign) - 96) if ord(sign) in KATAKANA else sign for sign in text)


def read_opened(cell: str) -> str:
    """2021, 2021-05 or 2021-05-01; 2021年5月 too."""
    text = fold(cell)
    if not text or OPENED.fullmatch(text):
        return text
    if found := re.fullmatch(r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*月?", text):
        text = f"{found[1]}-{int(found[2]):02}"
        if OPENED.fullmatch(text):
            return text
    day = read_date(text)
    return day.isoformat() if day else ""


def read_code(cell: str) -> str:
    """A municipality code whose check digit is right; blank stays blank."""
    code = read_municipality(cell)
    if code and not is_municipality_code(code):
        raise Unreadable(
            _("there is no municipality with the code “%(text)s” (the last digit is a check digit)")
            % {"text": clip(cell)}
        )
    return code


def choice_reader(choices: Any, message: str) -> Callable[[str], str]:
    """A code of a list, or its word."""

    def read(cell: str) -> str:
        text = fold(cell)
        if not text:
            return ""
        for code, word in choices.choices:
            if text.casefold() == code or text == fold(str(word)):
                return str(code)
        raise Unreadable(message % {"text": clip(cell), "known": "、".join(choices.values)})

    return read


def read_channel_kind(cell: str) -> str:
    """A kind of channel by its code or its word."""
    return choice_reader(ChannelKind, _("“%(text)s” is no way to reach a desk; known are: %(known)s"))(cell)


def read_organization_kind(cell: str) -> str:
    """A kind of organisation by its code or its word."""
    words = _("“%(text)s” is no kind of organisation; known are: %(known)s")
    return choice_reader(OrganizationKind, words)(cell)


def read_text(limit: int) -> Callable[[str], str]:
    """Words in one line, not longer than the field."""

    def read(cell: str) -> str:
        text = one_line(tidy(cell))
        if len(text) > limit:
            raise Unreadable(_("longer than %(limit)d characters (%(length)d)") % {"limit": limit, "length": len(text)})
        return text

    return read
