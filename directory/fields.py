"""Model fields of the room."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_LINES = 40
FUZZY_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def fuzzy_date(value: str) -> None:
    """Refuse what is no year, month or day of the calendar (ValidationError)."""
    found = FUZZY_DATE.fullmatch(value)
    try:
        dt.date(*(int(part or 1) for part in found.groups())) if found else dt.date(0, 1, 1)
    except ValueError as error:
        raise ValidationError(_("Write 2021, 2021-05 or 2021-05-01.")) from error


class LinesWidget(forms.Textarea):
    """A box with one entry a line."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 4, **(attrs or {})})

    def format_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else (value or "")


class LinesFormField(forms.CharField):
    """Text with one entry a line ↔ list of texts; empty lines fall away, the order stays."""

    widget = LinesWidget

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()][:MAX_LINES]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or []) != self.to_python(data)


class HoursColumn(models.CharField):
    """Opening hours as one OpenStreetMap string. A class of its own, so that the Wagtail admin gives it the week's table.

    In migrations it is the CharField it is in the database.
    """

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class LinesField(models.JSONField):
    """An ordered list of short texts, edited one a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:  # type: ignore[override]
        form_class = kwargs.pop("form_class", None) or LinesFormField
        return models.Field.formfield(self, form_class=form_class, **kwargs)


class FuzzyDateField(models.CharField):
    """A date as exactly as it is known: "2021", "2021-05", "2021-05-01"; "" when unknown. Sorts as text."""

    default_validators = [fuzzy_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("help_text", _("As exactly as it is known: 2021, 2021-05 or 2021-05-01."))
        super().__init__(*args, **kwargs)
