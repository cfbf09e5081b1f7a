"""Closing a case, and writing down what was learned from it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casebook.enums import COARSE_STAGES, Body, Outcome, RetireReason
from casebook.members.forms.guarded import GuardedForm, text
from casebook.models import CARD_TEXTS, LearningCard
from casebook.models.learning import year_label
from casebook.queries import concern_names
from cms import dates
from cms.models.base import ALPHABET

MOST_CONCERNS, MOST_MATERIALS, YEARS_BACK = 3, 3, 3
# What somebody copies from the page of a material: its address, or the last piece of it.
MATERIAL = re.compile(rf"(?:(?:https?://[^/\s]+)?/members/materials/)?([{ALPHABET}]{{7,12}})/?")
STAGES = [("", pgettext_lazy("stage of life", "Not written")), *((s.value, s.label) for s in COARSE_STAGES)]
BODIES = [(value, label) for value, label in Body.choices if value != Body.NOBODY]


class CloseForm(GuardedForm):
    """What came of it."""

    guarded = ("note",)

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    note = text(
        _("In a few words"),
        rows=3,
        longest=300,
        required=False,
        help_text=_("What helped. Readers see it until the case is deleted. Up to 300 characters."),
    )


def concern_choices() -> list[tuple[str, str]]:
    """The city's list of concerns, in its order."""
    return list(concern_names().items())


def year_choices() -> list[tuple[int, str]]:
    """This fiscal year and the ones before."""
    this = dates.fiscal_year(dates.today())
    return [(year, year_label(year)) for year in range(this, this - YEARS_BACK, -1)]


class LearningForm(GuardedForm):
    """A learning card: what helps the next one, without anybody in it."""

    guarded = CARD_TEXTS

    title = forms.CharField(
        label=_("In one line"), max_length=40, help_text=_("What one can learn, not who it was. Up to 40 characters.")
    )
    learned = text(
        _("What we learned"),
        rows=4,
        longest=400,
        help_text=_("What you would tell a colleague who meets the same next year. Up to 400 characters."),
    )
    tried = text(
        _("What we did"),
        rows=4,
        longest=400,
        help_text=_("Who it was for does not matter here: what was done, in which order. Up to 400 characters."),
    )
    worked = text(
        _("What made it work"),
        rows=3,
        longest=300,
        required=False,
        help_text=_("Also what keeps it going. Up to 300 characters."),
    )
    hard = text(
        _("What was difficult"),
        rows=3,
        longest=300,
        required=False,
        help_text=_("What we would do otherwise. Up to 300 characters."),
    )
    schemes = text(
        _("Schemes we used"),
        rows=2,
        longest=200,
        required=False,
        help_text=_("Laws, grants, services. Up to 200 characters."),
    )
    concerns = forms.MultipleChoiceField(
        label=_("What is hard"),
        choices=concern_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to three."),
    )
    bodies = forms.MultipleChoiceField(
        label=_("Who took part"),
        choices=BODIES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kinds only, no names."),
    )
    life_stage = forms.ChoiceField(label=_("Stage of life"), choices=STAGES, required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    fiscal_year = forms.TypedChoiceField(label=_("Fiscal year"), choices=year_choices, coerce=int)
    materials = forms.CharField(
        label=_("Materials that belong to it"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Addresses from the materials of this workspace, one a line, up to three."),
    )

    @staticmethod
    def initial_of(card: LearningCard) -> dict[str, Any]:
        """What the form shows of a card that came back."""
        coded = {name: getattr(card, name) for name in ("life_stage", "outcome", "fiscal_year")}
        codes = {"concerns": card.concern_codes, "bodies": card.body_codes}
        return {**card.texts, **coded, **codes, "materials": "\n".join(card.materials)}

    def clean_concerns(self) -> list[str]:
        """At most three."""
        concerns: list[str] = self.cleaned_data["concerns"]
        if len(concerns) > MOST_CONCERNS:
            raise ValidationError(_("Please choose up to three."))
        return concerns

    def clean_materials(self) -> list[str]:
        """Their short names. Whether there is such a material, and who may see it, is asked when the card is read."""
        found = []
        for line in self.cleaned_data["materials"].split():
            match = MATERIAL.fullmatch(line)
            if match is None:
                raise ValidationError(
                    _("This is no address of a material. Please copy it from the page of the material.")
                )
            found.append(match.group(1))
        if len(set(found)) > MOST_MATERIALS:
            raise ValidationError(_("Please choose up to three."))
        return list(dict.fromkeys(found))

    @property
    def texts(self) -> dict[str, str]:
        """The words, as `actions.learning` takes them."""
        return {name: self.cleaned_data[name] for name in self.guarded}

    @property
    def coded(self) -> dict[str, Any]:
        """The codes, as `actions.learning` takes them."""
        names = ("concerns", "bodies", "life_stage", "outcome", "fiscal_year", "materials")
        return {name: self.cleaned_data[name] for name in names}


class CardCheckForm(forms.Form):
    """What the second pair of eyes makes sure of; that it was done is all that is kept."""

    nobody = forms.BooleanField(label=_("Nobody is in it: it tells of what was done, not of a person"))
    nowhere = forms.BooleanField(label=_("It does not tell which organisation wrote it"))
    useful = forms.BooleanField(label=_("Somebody who does not know the case understands it"))


class RetireForm(forms.Form):
    """Why a card leaves the library."""

    reason = forms.ChoiceField(label=_("Reason"), choices=RetireReason.choices, widget=forms.RadioSelect)
