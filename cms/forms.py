"""Form fields that residents write in: any script, nothing invisible, mistakes answered with a sentence."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from django import forms
from django.core.files.base import File
from django.core.validators import EmailValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms.uploads import cleaned_document, cleaned_picture, harmless_name

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


# --- files ------------------------------------------------------------------------------------------

MEGABYTE = 1024 * 1024
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
}
PICTURES = {"jpg", "jpeg", "png", "gif", "webp", "heic", "heif"}


@dataclass(frozen=True)
class CheckedUpload:
    """A file whose content was judged; `content` is what may be stored, `name` what people see."""

    content: File[Any]
    name: str
    media_type: str
    size: int
    sha256: str


class UploadField(forms.FileField):
    """A file that members share: judged by its content, pictures drawn anew, named harmlessly.

    Cleans to a CheckedUpload, or None where nothing was sent and nothing is required.
    """

    def __init__(self, *, megabytes: int = 20, **kwargs: Any) -> None:
        self.megabytes = megabytes
        kwargs.setdefault("help_text", _("PDF, Word, Excel, PowerPoint, pictures, text. Up to 20 MB."))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return checked_upload(file, megabytes=self.megabytes) if file else None


@dataclass(frozen=True)
class RefusedUpload:
    """A file that is not taken, and why."""

    name: str
    sentences: list[str]


class ManyFiles(forms.FileInput):
    """One control, several files."""

    allow_multiple_selected = True


class ManyUploadsField(forms.FileField):
    """Several files in one control; cleans to (taken, refused): one bad file does not cost the person the good ones.

    The form says what is refused (`refused_sentences`), and keeps what was taken.
    """

    def __init__(self, *, megabytes: int = 20, most: int = 10, **kwargs: Any) -> None:
        self.megabytes, self.most = megabytes, most
        super().__init__(widget=ManyFiles, required=kwargs.pop("required", False), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        taken: list[CheckedUpload] = []
        refused: list[RefusedUpload] = []
        for number, file in enumerate(data or []):
            try:
                if number >= self.most:
                    raise forms.ValidationError(_("At most %(most)s files at once."), params={"most": self.most})
                taken.append(checked_upload(file, megabytes=self.megabytes))
            except forms.ValidationError as error:
                refused.append(RefusedUpload(harmless_name(file.name or ""), error.messages))
        return taken, refused


def refused_sentences(refused: Iterable[RefusedUpload]) -> list[str]:
    """「名前：理由」, one a file, for the place beside the field."""
    return [
        str(_("%(name)s: %(why)s")) % {"name": each.name, "why": " ".join(each.sentences)} for each in refused
    ]  # fmt: skip


def checked_upload(file: Any, *, megabytes: int) -> CheckedUpload:
    """Judge one upload. Raises ValidationError with a sentence for the person."""
    if file.size > megabytes * MEGABYTE or getattr(file, "was_cut", False):
        raise forms.ValidationError(_("This file is larger than %(megabytes)s MB."), params={"megabytes": megabytes})
    name = harmless_name(file.name or "")
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    content: File[Any] = file
    if ending in PICTURES:
        content = cleaned_picture(file)
        name = str(PurePosixPath(name).with_suffix(PurePosixPath(content.name or "").suffix))
        ending = PurePosixPath(name).suffix.lower().lstrip(".")
    elif ending in MEDIA_TYPES:
        content = cleaned_document(file, name)
    else:
        raise forms.ValidationError(_("Please use PDF, Word, Excel, PowerPoint, a picture, or text."), code="ending")
    return CheckedUpload(content, name, MEDIA_TYPES[ending], content.size, digest(content))


def digest(file: IO[bytes] | Any) -> str:
    """SHA-256 of the content, in hexadecimal."""
    sums = hashlib.sha256()
    file.seek(0)
    for piece in iter(lambda: file.read(MEGABYTE), b""):
        sums.update(piece)
    file.seek(0)
    return sums.hexdigest()
