"""Answers to a case."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casebook.enums import Stance
from casebook.members.forms.guarded import GuardedForm, text
from cms import dates


class OfferForm(GuardedForm):
    """An answer for the own organisation."""

    guarded = ("text",)

    stance = forms.ChoiceField(label=_("Our answer"), choices=Stance.choices, widget=forms.RadioSelect)
    text = text(
        _("What we can do"),
        rows=4,
        longest=400,
        required=False,
        help_text=_("Up to 400 characters. If it is difficult now, you need not give a reason."),
    )
    due_on = forms.DateField(
        label=_("By when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Until when this answer holds, or when you can begin."),
    )

    def clean_due_on(self) -> Any:
        """Not in the past."""
        due = self.cleaned_data["due_on"]
        if due and due < dates.today():
            raise ValidationError(_("This day is over. Please choose today or later."))
        return due

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        stance = cleaned.get("stance")
        if stance and stance != Stance.CANNOT_NOW and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Please write in a few words what you can do."))
        return cleaned
