"""Model fields of the room."""

from typing import Any

from django import forms
from django.db import models

MAX_LINES = 40


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


class LinesField(models.JSONField):
    """An ordered list of short texts, edited one a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:  # type: ignore[override]
        form_class = kwargs.pop("form_class", None) or LinesFormField
        return models.Field.formfield(self, form_class=form_class, **kwargs)
