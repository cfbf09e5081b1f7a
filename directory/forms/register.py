"""The register of members: days as people write them, and the form “as of”."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms import dates
from directory.enums import OrganizationKind

SEPARATORS = re.compile(r"[年月./]")
FIRST_YEAR = 1900


class DayField(forms.DateField):
    """A day as people write it: 2025-04-01, 2025/4/1, ２０２５年４月１日."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ("%Y-%m-%d",)
    default_error_messages = {"invalid": _("Write a day like 2025-04-01.")}

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, str):
            value = SEPARATORS.sub("-", unicodedata.normalize("NFKC", value).strip().removesuffix("日"))
        day = super().to_python(value)
        if day is not None and day.year < FIRST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class AsOfForm(forms.Form):
    """Which day, which kind. A day that is none falls back to today, and the form says so."""

    on = DayField(label=_("As of"), required=False)
    kind = forms.ChoiceField(label=_("Kind of organisation"), required=False)

    def __init__(self, query: QueryDict, kinds: Iterable[tuple[str, str]]) -> None:
        asked = query.dict() if query else {}
        if asked and not asked.get("on"):
            asked["on"] = f"{dates.today():%Y-%m-%d}"
        super().__init__(asked or None, auto_id="f_%s", initial={"on": dates.today})
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]  # type: ignore[attr-defined]

    @property
    def day(self) -> dt.date:
        """The chosen day, else today (JST)."""
        return self._given("on") or dates.today()

    @property
    def chosen_kind(self) -> str:
        """The chosen kind, else ""."""
        return self._given("kind") or ""

    def _given(self, name: str) -> Any:
        """A valid value that was asked for, whatever the other fields say."""
        return self.cleaned_data.get(name) if self.is_bound and self.errors is not None else None


def plain_kinds() -> list[tuple[str, str]]:
    """Kinds by their own names."""
    return [(kind.value, str(kind.label)) for kind in OrganizationKind]
