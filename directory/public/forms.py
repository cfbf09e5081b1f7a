"""The finder's wishes, read from the address. Codes are short and neutral; unknown ones are ignored, never an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from directory.enums import FACT_CODES, KIND_CODES, WHOSE_CODES
from directory.models import Concern
from directory.queries import FinderFilters

AGES = {"1": (0, 17), "2": (18, 29), "3": (30, 64), "4": (65, 150)}
AGE_CHOICES = [
    ("", _("Any age")),
    ("1", _("Up to 17")),
    ("2", _("18 to 29")),
    ("3", _("30 to 64")),
    ("4", _("65 and older")),
]
SHOWN_KINDS = "pclmfvho"
MAX_PAGE = 10_000
Value = TypeVar("Value")


def chosen(codes: Iterable[str], known: Mapping[str, Value]) -> tuple[Value, ...]:
    """The known ones among the codes, each once, in the order of the list."""
    wanted = set(codes)
    return tuple(value for code, value in known.items() if code in wanted)


class FinderForm(forms.Form):
    """Draws the wishes. Reading them is `filters()`, which forgives everything."""

    b = forms.MultipleChoiceField(label=_("In what way"), required=False, widget=forms.CheckboxSelectMultiple)
    w = forms.MultipleChoiceField(label=_("Whose worry"), required=False, widget=forms.CheckboxSelectMultiple)
    c = forms.MultipleChoiceField(label=_("What about"), required=False, widget=forms.CheckboxSelectMultiple)
    t = forms.MultipleChoiceField(label=_("By what means"), required=False, widget=forms.CheckboxSelectMultiple)
    a = forms.ChoiceField(label=_("Age"), required=False, choices=AGE_CHOICES, widget=forms.Select)
    now = forms.BooleanField(label=_("Only those that answer now"), required=False)

    def __init__(self, query: QueryDict, concerns: list[Concern]) -> None:
        super().__init__(query, auto_id="f_%s")
        self.query, self.concerns = query, concerns
        self.fields["b"].choices = [(code, fact.label) for code, fact in FACT_CODES.items()]  # type: ignore[attr-defined]
        self.fields["w"].choices = [(code, each.label) for code, each in WHOSE_CODES.items()]  # type: ignore[attr-defined]
        self.fields["c"].choices = [(each.code, each.name) for each in concerns]  # type: ignore[attr-defined]
        self.fields["t"].choices = [(code, KIND_CODES[code].label) for code in SHOWN_KINDS]  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[Any]:
        """The groups of ticks, in the order of the panel."""
        return [self[name] for name in "bwct"]

    def filters(self) -> FinderFilters:
        """The wishes."""
        query = self.query
        return FinderFilters(
            concerns=chosen(query.getlist("c"), {each.code: each.code for each in self.concerns}),
            kinds=chosen(query.getlist("t"), KIND_CODES),
            facts=chosen(query.getlist("b"), FACT_CODES),
            whose=chosen(query.getlist("w"), WHOSE_CODES),
            age=AGES.get(query.get("a", "")),
            now=query.get("now") in ("1", "on"),
        )

    def page(self) -> int:
        """The page asked for; 1 when it makes no sense."""
        text = self.query.get("p", "")
        return min(int(text), MAX_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def toggled(query: QueryDict, name: str, code: str) -> str:
    """The query with a wish added, or taken away when it is there; the page starts anew."""
    changed = query.copy()
    for gone in ("p",):
        changed.pop(gone, None)
    codes = [each for each in changed.getlist(name) if each != code]
    if len(codes) == len(changed.getlist(name)):
        codes.append(code)
    changed.setlist(name, codes)
    return changed.urlencode()


def with_page(query: QueryDict, page: int) -> str:
    """The query for another page."""
    changed = query.copy()
    changed["p"] = str(page)
    return changed.urlencode()
