"""Form fields that residents write in: any script, nothing invisible, mistakes answered with a sentence."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.validators import EmailValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

PHONE = re.compile(r"\+?[0-9]{9,13}|0000[0-9]{6,7}")
INVISIBLE = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
LONGEST_ADDRESS = 254  # RFC 5321


class PlainText(forms.CharField):
    """Any letters people have names in. Control signs that nobody typed on purpose are taken out."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        messages = {
            "max_length": ngettext_lazy(
                "Please write at most %(limit_value)d character (now %(show_value)d).",
                "Please write at most %(limit_value)d characters (now %(show_value)d).",
                "limit_value",
            ),
            **kwargs.pop("error_messages", {}),
        }
        super().__init__(max_length=max_length, error_messages=messages, **kwargs)
        self.validators = [
            ProhibitNullCharactersValidator(_("There is a character in it that cannot be kept. Please write it again."))
            if isinstance(validator, ProhibitNullCharactersValidator)
            else validator
            for validator in self.validators
        ]

    def to_python(self, value: Any) -> str:
        return INVISIBLE.sub("", super().to_python(value) or "")


def tidy_email(raw: str) -> str:
    """The address in half-width letters; "" stays "". Raises ValidationError with a sentence for the person."""
    email = unicodedata.normalize("NFKC", raw).strip()
    if email:
        EmailValidator(_("There seems to be something missing around the @. For example: nagi@example.jp"))(email)
        if len(email) > LONGEST_ADDRESS:
            raise forms.ValidationError(_("This is longer than an e-mail address can be."))
    return email


def tidy_phone(raw: str) -> str:
    """The number as it was written, in half-width digits; "" stays "". Raises ValidationError."""
    phone = unicodedata.normalize("NFKC", raw).strip()
    digits = re.sub(r"[\s()‐-―−ー-]", "", phone)
    if digits and not PHONE.fullmatch(digits):
        raise forms.ValidationError(_("Please write the number with its area code, for example 0000-00-0001."))
    return phone
