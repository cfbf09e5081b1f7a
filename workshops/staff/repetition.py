"""The controls by which an event repeats. They only ever add rows to look at: saving is another step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.dates import jst
from directory.fields import LinesFormField
from workshops.actions.events import Plan
from workshops.actions.repeating import MOST_DATES, Every, Rule, read

CHOICES = [
    ("", _("It does not repeat, or I write each date myself")),
    (Every.WEEK.value, _("Every week, on the weekday of the first date")),
    (Every.TWO_WEEKS.value, _("Every two weeks")),
    (Every.MONTH.value, _("Every month, on the same weekday of the month (such as the third Saturday)")),
    (Every.MONTH_END.value, _("Every month, on the last such weekday")),
]


class DayInput(forms.DateInput):
    """The browser's own picker of a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RepetitionForm(forms.Form):
    """How often, until when, without which days."""

    every = forms.ChoiceField(label=_("how often"), required=False, choices=CHOICES, widget=forms.RadioSelect)
    until = forms.DateField(label=_("until"), required=False, widget=DayInput)
    count = forms.IntegerField(
        label=_("or so many times in all"),
        required=False,
        min_value=2,
        max_value=MOST_DATES,
    )
    without = LinesFormField(
        label=_("except on"), required=False, help_text=_("One day a line, for example 2026-12-31.")
    )

    def __init__(self, data: Any = None, *, stored: str = "", **kwargs: Any) -> None:
        rule = read(stored)
        initial = {
            "every": rule.every.value if rule else "",
            "until": rule.until if rule else None,
            "count": rule.count if rule else None,
            "without": [day.isoformat() for day in rule.without] if rule else [],
        }
        super().__init__(data, prefix="repeat", initial=initial, **kwargs)

    def clean_without(self) -> list[dt.date]:
        """The days. Raises ValidationError for a line that is none."""
        try:
            return [dt.date.fromisoformat(line) for line in self.cleaned_data["without"]]
        except ValueError as error:
            raise forms.ValidationError(_("Please write one day a line, for example 2026-12-31.")) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("every") and not data.get("until") and not data.get("count") and not self.errors:
            self.add_error("until", _("Please write until when, or how many times."))
        return data

    def text(self, plans: Sequence[Plan]) -> str:
        """The rule for these dates; "" without one."""
        data = self.cleaned_data
        standing = [plan.starts_at for plan in plans if not plan.remove]
        if not data.get("every") or not standing:
            return ""
        rule = Rule(
            every=Every(data["every"]),
            until=data["until"],
            count=None if data["until"] else data["count"],
            without=data["without"],
        )
        return rule.text(jst(min(standing)).date())


@dataclass(frozen=True)
class Looked:
    """What the screen says about a rule that was laid out and is not saved yet."""

    rule: str
    added: list[dt.date]
    dropped: list[dt.date]
    kept: list[dt.date]
    is_cut: bool
