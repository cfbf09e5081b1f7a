"""Forms of handing on: which desk and why, why not, why it goes no further."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from directory.actions.consultations.handing_on import LONGEST_WORDS
from directory.enums import WITHDRAW_CHOICES, DeclineReason
from directory.models import Consultation, ConsultationDesk
from directory.queries.consultations.handing_on import desks_to_ask


class AskForm(forms.Form):
    """Which desk, and a few words to the person."""

    to_desk = forms.ChoiceField(
        label=_("Which desk"),
        help_text=_("Desks that take letters just now. Those for what is hard come first."),
        error_messages={"invalid_choice": _("This desk takes nothing just now. Please choose another one.")},
    )
    words = forms.CharField(
        label=_("Why, in words to the person"),
        help_text=_("They read it beside the question. Nobody else reads it before they have answered."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting, others = desks_to_ask(consultation)
        self.desks = {str(desk.pk): desk for desk in (*fitting, *others)}
        groups = ((_("For what is hard here"), fitting), (_("Other desks"), others))
        self.fields["to_desk"].choices = [  # type: ignore[attr-defined]
            ("", _("Please choose")),
            *((label, [(str(desk.pk), named(desk)) for desk in desks]) for label, desks in groups if desks),
        ]

    def clean_to_desk(self) -> ConsultationDesk:
        """The desk itself."""
        return self.desks[self.cleaned_data["to_desk"]]


def named(desk: ConsultationDesk) -> str:
    """A desk and whose it is."""
    return gettext("%(desk)s (%(organization)s)") % {"desk": desk.name, "organization": desk.organization.name}


class DeclineForm(forms.Form):
    """Why the desk cannot: a code, and not a word."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("hand-over", "Why not"), choices=DeclineReason.choices, widget=forms.RadioSelect
    )


class WithdrawForm(forms.Form):
    """Why something that was taken on goes no further."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("hand-over", "Why it goes no further"), choices=WITHDRAW_CHOICES, widget=forms.RadioSelect
    )
