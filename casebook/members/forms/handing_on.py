"""Handing a case on to another organisation."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casebook.members.forms.guarded import GuardedForm, text
from cms import dates
from directory.actions.handovers import ANSWER_WITHIN, LONGEST_WAIT
from directory.enums import WITHDRAW_CHOICES, DeclineReason


def in_a_week() -> dt.date:
    """The day that is proposed."""
    return dates.today() + ANSWER_WITHIN


class ProposeForm(forms.Form):
    """By when an answer is asked for."""

    answer_by = forms.DateField(
        label=pgettext_lazy("hand-over", "Please answer by"),
        initial=in_a_week,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("On that day both sides are reminded; three days later the secretariat asks. Up to thirty days."),
    )

    def clean_answer_by(self) -> Any:
        """From today to in thirty days."""
        day, today = self.cleaned_data["answer_by"], dates.today()
        if day < today:
            raise ValidationError(_("This day is over. Please choose today or later."))
        if day > today + LONGEST_WAIT:
            raise ValidationError(_("That is too far away. Please choose a day within thirty days."))
        return day


class DeclineForm(GuardedForm):
    """Why the own organisation cannot take it on."""

    guarded = ("note",)

    reason = forms.ChoiceField(
        label=pgettext_lazy("hand-over", "Why not"), choices=DeclineReason.choices, widget=forms.RadioSelect
    )
    note = text(
        pgettext_lazy("hand-over", "A few words to them"),
        rows=3,
        longest=200,
        required=False,
        help_text=_("If there is something that helps them to go on. Up to 200 characters."),
    )


class WithdrawForm(forms.Form):
    """Why something that was taken on goes no further."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("hand-over", "Why it goes no further"), choices=WITHDRAW_CHOICES, widget=forms.RadioSelect
    )
