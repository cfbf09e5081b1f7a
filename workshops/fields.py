"""Model fields of the room."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedJSONField


class CodesField(models.JSONField):
    """A set of codes of one list, kept in the list's order. `choices` is the enumeration of the codes."""

    def __init__(self, verbose_name: Any = None, codes: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.codes = codes
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(verbose_name, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def clean(self, value: Any, model_instance: Any) -> Any:
        """The codes in their order. Raises ValidationError for one that is not in the list."""
        known = self.codes.values if self.codes else []
        if not isinstance(value, list) or any(code not in known for code in value):
            raise ValidationError(_("Please choose from the list."), code="invalid_choice")
        return [code for code in known if code in value]

    def formfield(self, **kwargs: Any) -> forms.Field:  # type: ignore[override]
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            choices=self.codes.choices if self.codes else [],
            required=False,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


class AnswerColumn(EncryptedJSONField):
    """What somebody answered: a text, a number, a list of choices, true or false; the database holds a token only.

    In migrations it is the EncryptedJSONField it is in the database.
    """

    def to_text(self, value: Any) -> str:
        return json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":"))

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "cms.encryption.EncryptedJSONField", args, kwargs
