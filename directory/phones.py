"""Telephone numbers that ring, and samples that must not.

A number has a kind: E.164 (stored as +81865638515), short (#9999, 189) or sample (0000-00-000x, only with DEMO=1).
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

REGION = "JP"
JAPAN = 81
DASHES = re.compile(r"[‐-―−ー－ｰ~〜]")
ALLOWED = re.compile(r"[0-9+()\-. #]+")
SHORT = re.compile(r"#\d{3,5}|1\d{2}")
SAMPLE = re.compile(r"0000-?00-?00(0\d)")


class PhoneKind(StrEnum):
    """How a number is dialled."""

    E164 = "e164"
    SHORT = "short"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Phone:
    """A number: what is stored, what is read, what a tap dials (nothing for a sample)."""

    kind: PhoneKind
    value: str
    display: str
    href: str

    @property
    def is_sample(self) -> bool:
        """It belongs to the demo and rings nowhere."""
        return self.kind is PhoneKind.SAMPLE


def _tidy(raw: str) -> str:
    text = unicodedata.normalize("NFKC", DASHES.sub("-", raw)).replace("♯", "#")
    return re.sub(r"\s+", " ", DASHES.sub("-", text)).strip()


def _of_stored(value: str) -> Phone:
    """The number of a canonical value."""
    if SHORT.fullmatch(value):
        return Phone(PhoneKind.SHORT, value, value, "tel:" + value.replace("#", "%23"))
    if SAMPLE.fullmatch(value):
        return Phone(PhoneKind.SAMPLE, value, value, "")
    number = phonenumbers.parse(value, REGION)
    national = number.country_code == JAPAN
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return Phone(PhoneKind.E164, value, phonenumbers.format_number(number, style), f"tel:{value}")


def phone(value: str) -> Phone:
    """A stored number, to show it. What cannot be read is shown as it is and dials nothing."""
    try:
        return _of_stored(value)
    except phonenumbers.NumberParseException:
        return Phone(PhoneKind.SAMPLE, value, value, "")


def refuse_numbers(text: str) -> None:
    """Raise ValidationError for a telephone number inside a sentence: there no second person would check it."""
    tidy = unicodedata.normalize("NFKC", DASHES.sub("-", text))
    if SAMPLE.search(tidy) or any(phonenumbers.PhoneNumberMatcher(tidy, REGION)):
        raise ValidationError(
            _("Telephone numbers belong to the ways to reach the desk: only there a second person checks them."),
            code="number_in_words",
        )


def clean_phone(raw: str) -> str:
    """The canonical form of a number as people write it: 全角, (0436)50-2312, +81 …, #9999, 189.

    Raises:
        ValidationError: letters, an impossible number, or a sample outside the demo; the sentence is for the person.
    """
    text = _tidy(raw)
    if sample := SAMPLE.fullmatch(text):
        if not settings.DEMO:
            raise ValidationError(_("This is a sample number. Enter the real one."), code="sample")
        return f"0000-00-00{sample[1]}"
    if not ALLOWED.fullmatch(text):
        raise ValidationError(
            _(
                "A telephone number has only digits and hyphens, for example 0865-63-8515. Write the rest into the note."
            ),
            code="letters",
        )
    if SHORT.fullmatch(text.replace(" ", "").replace("-", "")):
        return text.replace(" ", "").replace("-", "")
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_("This cannot be dialled. Please check the digits."), code="impossible") from error
    if "#" in text or not phonenumbers.is_valid_number(number):
        raise ValidationError(_("There is no such telephone number. Please check the digits."), code="impossible")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
