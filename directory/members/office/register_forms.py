"""Forms of the secretariat's register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms import dates
from directory.enums import Tier
from directory.forms import DayField
from directory.models import Organization


class OrganizationChoice(forms.ModelChoiceField):
    """Organisations by name, those that have ended left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Organization.objects.none(), **kwargs)

    def current(self) -> None:
        """Ask anew: a field lives as long as the process."""
        self.queryset = Organization.objects.current(dates.today())


class PeriodForm(forms.Form):
    """Tier and time."""

    tier = forms.ChoiceField(label=_("Tier of membership"), choices=Tier.choices, initial=Tier.PARTNER)
    since = DayField(label=_("First day"))
    until = DayField(
        label=_("Last day is the day before"),
        required=False,
        help_text=_("On this day it is a member no more. Empty: still a member."),
    )


class AdmitForm(PeriodForm):
    """An organisation joins."""

    organization = OrganizationChoice(label=_("Organisation"))
    field_order = ("organization", "tier", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].current()  # type: ignore[attr-defined]


class CorrectForm(PeriodForm):
    """What was written down, to be set right."""


class MoveForm(forms.Form):
    """To the other tier, from a day on."""

    on = DayField(label=_("From which day"))

    def __init__(self, *args: Any, tier: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other = Tier.PARTNER if tier == Tier.CORE else Tier.CORE

    def clean(self) -> dict[str, Any]:
        """The tier is the other one: nobody types it."""
        return {**(super().clean() or self.cleaned_data), "tier": self.other}
