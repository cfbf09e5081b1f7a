"""Narrowing the access log down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casebook.enums import Eye
from casebook.queries.access_log import organizations_in_the_log, people_in_the_log

ANY = ("", pgettext_lazy("filter", "All"))


def number_or_none(value: str) -> int | None:
    """A key of the database; nothing chosen is None."""
    return int(value) if value else None


class AccessLogForm(forms.Form):
    """Every field is optional; what is not understood narrows nothing and says so."""

    number = forms.CharField(label=_("Case number"), max_length=10, required=False)
    person = forms.TypedChoiceField(
        label=pgettext_lazy("reader", "Person"), required=False, coerce=number_or_none, empty_value=None
    )
    organization = forms.TypedChoiceField(
        label=_("Organisation"), required=False, coerce=number_or_none, empty_value=None
    )
    how = forms.ChoiceField(label=_("Kind of reading"), choices=[ANY, *Eye.choices], required=False)
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (("person", people_in_the_log()), ("organization", organizations_in_the_log())):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  for the type checker
            field.choices = [ANY, *options]

    def clean_number(self) -> str:
        """As it stands on the case."""
        return str(self.cleaned_data["number"]).strip().upper()
