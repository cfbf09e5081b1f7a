"""The form by which a resident registers, and the one that asks for a code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.validators import EmailValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from workshops.actions.registrations import Party
from workshops.enums import Support
from workshops.models import Event, Occurrence, Registration

NAME_LENGTH = 60
NOTE_LENGTH = 500
SEPARATORS = re.compile(r"[、,，\n\r]+")
PHONE = re.compile(r"\+?[0-9]{9,13}|0000[0-9]{6,7}")
INVISIBLE = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class PlainText(forms.CharField):
    """Any letters people have names in. Control signs that nobody typed on purpose are taken out."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        messages = {
            "max_length": ngettext_lazy(
                "Please write at most %(limit_value)d character (now %(show_value)d).",
                "Please write at most %(limit_value)d characters (now %(show_value)d).",
                "limit_value",
            ),
            **kwargs.pop("error_messages", {}),
        }
        super().__init__(max_length=max_length, error_messages=messages, **kwargs)
        self.validators = [
            ProhibitNullCharactersValidator(_("There is a character in it that cannot be kept. Please write it again."))
            if isinstance(validator, ProhibitNullCharactersValidator)
            else validator
            for validator in self.validators
        ]

    def to_python(self, value: Any) -> str:
        return INVISIBLE.sub("", super().to_python(value) or "")


def people_choices(limit: int) -> list[tuple[int, Any]]:
    """1人 … the largest party."""
    return [
        (number, ngettext_lazy("%(number)d person", "%(number)d people", number) % {"number": number})
        for number in range(1, limit + 1)
    ]


class PartyForm(forms.Form):
    """Who comes, what to make ready, how to reach them. `party()` is the answer in the domain's words."""

    name = PlainText(
        label=_("What we may call you"),
        help_text=_("It need not be your real name."),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Please write what we may call you. A nickname is enough.")},
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    people = forms.TypedChoiceField(label=_("How many come"), coerce=int)
    companions = PlainText(
        label=_("What to call those who come along"),
        help_text=_("Put 、 between the names."),
        max_length=300,
        required=False,
    )
    supports = forms.MultipleChoiceField(
        label=_("To make ready"),
        help_text=_("Only what applies. You can change it later."),
        choices=Support.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = PlainText(
        label=_("Anything else we should know"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        help_text=_("The subject does not say what it is about."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("Only if you would like a call when something changes."),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        limit = event.party_limit
        people: Any = self.fields["people"]
        people.choices = people_choices(limit)
        people.error_messages = {
            "required": _("Please choose how many come."),
            "invalid_choice": _("Please choose from 1 to %(limit)d.") % {"limit": limit},
        }
        if limit == 1:
            del self.fields["companions"]

    def clean_companions(self) -> list[str]:
        names = [name.strip() for name in SEPARATORS.split(self.cleaned_data["companions"])]
        return [name for name in names if name]

    def clean_email(self) -> str:
        email = unicodedata.normalize("NFKC", self.cleaned_data["email"]).strip()
        if email:
            EmailValidator(_("There seems to be something missing around the @. For example: nagi@example.jp"))(email)
            if len(email) > 254:
                raise forms.ValidationError(_("This is longer than an e-mail address can be."))
        return email

    def clean_phone(self) -> str:
        phone = unicodedata.normalize("NFKC", self.cleaned_data["phone"]).strip()
        digits = re.sub(r"[\s()‐-―−ー-]", "", phone)
        if digits and not PHONE.fullmatch(digits):
            raise forms.ValidationError(_("Please write the number with its area code, for example 0000-00-0001."))
        return phone

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        people, companions = data.get("people"), data.get("companions") or []
        if people and len(companions) > people - 1:
            self.add_error(
                "companions",
                _("There are more names than people. Choose %(people)d people above, or take names away.")
                % {"people": len(companions) + 1},
            )
        return data

    def party(self) -> Party:
        """What was written, in the domain's words."""
        data = self.cleaned_data
        return Party(
            name=data["name"],
            people=data["people"],
            companions=data.get("companions", []),
            supports=data["supports"],
            note=data["note"],
            email=data["email"],
            phone=data["phone"],
        )


class RegistrationForm(PartyForm):
    """Registering: additionally which occurrence. `website` is a trap that people do not see."""

    occurrence = forms.ModelChoiceField(
        label=_("Which day"), queryset=Occurrence.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        label=pgettext_lazy("trap for robots", "Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, occurrences: Sequence[Occurrence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["occurrence"]
        field.queryset = Occurrence.objects.filter(pk__in=[occurrence.pk for occurrence in occurrences])
        field.choices = [(occurrence.pk, occurrence_words(occurrence)) for occurrence in occurrences]
        field.error_messages = {
            "required": _("Please choose a day."),
            "invalid_choice": _("This day cannot be chosen any more. Please choose another one."),
        }
        if len(occurrences) == 1:
            field.widget = forms.HiddenInput()
            field.initial = occurrences[0].pk
        self.order_fields(["occurrence"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self["occurrence"].is_hidden:
            for sentence in self.errors.get("occurrence", []):
                self.add_error(None, sentence)
        return data


def occurrence_words(occurrence: Occurrence) -> str:
    """「12月19日（土）15時〜17時30分」, and 満席 behind it."""
    words = occurrence.day_and_hours
    return f"{words}　{_('Full')}" if occurrence.is_full else words


def initial_of(registration: Registration) -> dict[str, Any]:
    """What somebody wrote, to be changed."""
    return {
        "name": registration.name,
        "people": registration.party_size,
        "companions": "、".join(_names(registration.companions)),
        "supports": registration.supports or [],
        "note": registration.note or "",
        "email": registration.email or "",
        "phone": registration.phone or "",
    }


def _names(companions: Iterable[str] | None) -> list[str]:
    return [name for name in companions or [] if name]


class CodeForm(forms.Form):
    """The 確認コード from the page after registering."""

    code = PlainText(
        label=_("Registration code"),
        max_length=40,
        error_messages={"required": _("Please write the code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "inputmode": "text"}
        ),
    )
