"""Wishes for 居場所, read from the address. Codes are short and neutral; unknown ones are ignored, never an error."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.dates import WEEKDAYS
from directory.enums import PLACE_FACT_CODES, PLACE_KIND_CODES
from directory.public.forms import AGE_CHOICES, AGES, chosen
from directory.queries.places import PlaceFilters

MAX_PAGE = 1_000
DAYS = {str(number + 1): number for number in range(len(WEEKDAYS))}
DAY_CHOICES = [("", _("Any day")), *((code, f"{WEEKDAYS[number]}曜日") for code, number in DAYS.items())]
ON = ("1", "on")


class PlacesForm(forms.Form):
    """Draws the wishes. Reading them is `filters()`, which forgives everything."""

    k = forms.MultipleChoiceField(
        label=_("What kind of place"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, kind.label) for code, kind in PLACE_KIND_CODES.items()],
    )  # fmt: skip
    f = forms.MultipleChoiceField(
        label=_("What makes coming easier"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, fact.label) for code, fact in PLACE_FACT_CODES.items()],
    )  # fmt: skip
    d = forms.ChoiceField(label=_("Day of the week"), required=False, choices=DAY_CHOICES, widget=forms.Select)
    a = forms.ChoiceField(label=_("Your age"), required=False, choices=AGE_CHOICES, widget=forms.Select)
    t = forms.BooleanField(label=_("Open today"), required=False)
    o = forms.BooleanField(label=pgettext_lazy("place", "Online"), required=False)
    y = forms.BooleanField(label=_("Costs nothing"), required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, auto_id="w_%s")
        self.query = query

    @property
    def ticks(self) -> list[Any]:
        """Single wishes, before the groups."""
        return [self[name] for name in "toy"]

    @property
    def groups(self) -> list[Any]:
        """The groups of ticks, in the order of the panel."""
        return [self["f"], self["k"]]

    @property
    def choices(self) -> list[Any]:
        """The wishes of which one has a single one."""
        return [self["d"], self["a"]]

    def filters(self) -> PlaceFilters:
        """The wishes."""
        query = self.query
        return PlaceFilters(
            kinds=chosen(query.getlist("k"), PLACE_KIND_CODES),
            facts=chosen(query.getlist("f"), PLACE_FACT_CODES),
            age=AGES.get(query.get("a", "")),
            weekday=DAYS.get(query.get("d", "")),
            today=query.get("t") in ON,
            online=query.get("o") in ON,
            free=query.get("y") in ON,
        )

    def page(self) -> int:
        """The page asked for; 1 when it makes no sense."""
        text = self.query.get("p", "")
        return min(int(text), MAX_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
