"""The form by which an invited person makes the account."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class AcceptInvitationForm(forms.Form):
    """Name and a password typed twice."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ten characters or more. A short sentence that only you know is good."),
    )
    repeated = forms.CharField(
        label=_("The same password again"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        if data.get("password") and data.get("repeated") and data["password"] != data["repeated"]:
            self.add_error(
                "repeated", ValidationError(_("The two passwords are not the same. Please type them again."))
            )
        return data


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey opens the door alone, unless its owner says otherwise: that is what it is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
