"""Forms of the members' side about people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms import dates
from directory.models import Organization
from directory.roles import ROLE_CHOICES, ROLES, ROLES_FOR_OWN_PEOPLE


class InvitationForm(forms.Form):
    """Whom to ask in, for which organisation, as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    organization = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organization.objects.none(), required=False, empty_label=_("(none)")
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.current(dates.today())  # type: ignore[attr-defined]


class OwnInvitationForm(forms.Form):
    """An organisation's administrator asks own people in."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[(name, ROLES[name].label) for name in ROLES_FOR_OWN_PEOPLE])
