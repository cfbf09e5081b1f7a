"""Who comes to an event: the fields that residents write and that the office writes for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms.forms import PlainText, tidy_email, tidy_phone
from workshops.actions.registrations import Party
from workshops.enums import Support, Unit
from workshops.forms.questions import field_name, field_of, questions_of
from workshops.models import Event

NAME_LENGTH = 60
NOTE_LENGTH = 500
#: What one seat is, where it is not one person.
UNIT_HINTS = {
    Unit.PARTY: _("However many you are, you are one party and take one seat."),
    Unit.HOUSEHOLD: _("Everybody of one house together is one household and takes one seat."),
    Unit.ORGANIZATION: _("However many come, one organisation takes one seat."),
}
SEPARATORS = re.compile(r"[、,，\n\r]+")


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

    #: What the host requires of those who register themselves; a letter that does not say it leaves it unknown.
    questions_are_required = True

    def __init__(self, *args: Any, event: Event, answers: Mapping[int, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.questions = questions_of(event, answers)
        for question in self.questions:
            self.fields[field_name(question)] = field_of(question, (answers or {}).get(question.pk))
            if not self.questions_are_required:
                self.fields[field_name(question)].required = False
        limit = event.party_limit
        people: Any = self.fields["people"]
        people.help_text = UNIT_HINTS.get(Unit(event.unit), "") if limit > 1 else ""
        if event.unit == Unit.ORGANIZATION:
            self.fields["name"].help_text = _("The name of the organisation, or of who comes for it.")
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
        return tidy_email(self.cleaned_data["email"])

    def clean_phone(self) -> str:
        return tidy_phone(self.cleaned_data["phone"])

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

    @property
    def question_fields(self) -> list[forms.BoundField]:
        """The host's questions in their order."""
        return [self[field_name(question)] for question in self.questions]

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
            way=data.get("way", ""),
            answers={question.pk: data[field_name(question)] for question in self.questions},
        )
