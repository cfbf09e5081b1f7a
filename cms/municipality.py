"""全国地方公共団体コード: six digits as text, the last one a check digit (JIS X 0401 and 0402)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WEIGHTS = (6, 5, 4, 3, 2)
PREFECTURES = range(1, 48)


def check_digit(five: str) -> str:
    """Last digit of a code: weights 6, 5, 4, 3, 2 modulo 11."""
    return str((11 - sum(int(digit) * weight for digit, weight in zip(five, WEIGHTS, strict=True)) % 11) % 10)


def is_municipality_code(text: str) -> bool:
    """Six digits of one of the 47 prefectures whose check digit is right."""
    return bool(re.fullmatch(r"[0-9]{6}", text) and int(text[:2]) in PREFECTURES and check_digit(text[:5]) == text[5])


def validate_municipality_code(text: str) -> None:
    """Raises ValidationError with a sentence for whoever typed it."""
    if not is_municipality_code(text):
        raise ValidationError(
            _("This is not a municipality code: six digits, the last one is a check digit, for example 122190."),
            code="municipality",
        )
