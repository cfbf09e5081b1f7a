"""Forms by which members tell each other who they are and what they have or need."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.forms import PlainText, UploadField
from directory.enums import Direction, ResourceKind, Served, Tier, Weekday
from directory.forms import DayField
from directory.models import Concern
from directory.phones import clean_phone
from directory.queries.members import CHOICES, Looking

PICTURE_MEGABYTES = 10


class LookingForm(forms.Form):
    """What somebody looks for; unknown codes are no wish."""

    q = PlainText(label=_("Words"), max_length=100, required=False)
    k = forms.ChoiceField(label=_("They offer"), required=False)
    d = forms.ChoiceField(label=_("On this day"), required=False)
    c = forms.ChoiceField(label=_("What people come with"), required=False)
    g = forms.ChoiceField(label=_("Whom they work for"), required=False)
    t = forms.ChoiceField(label=_("Tier of membership"), required=False)

    def __init__(self, *args: Any, concerns: list[Concern], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        either = [("", _("Either way"))]
        self.fields["k"].choices = either + ResourceKind.choices  # type: ignore[attr-defined]
        self.fields["d"].choices = either + Weekday.choices  # type: ignore[attr-defined]
        self.fields["c"].choices = either + [(each.code, each.name) for each in concerns]  # type: ignore[attr-defined]
        self.fields["g"].choices = either + Served.choices  # type: ignore[attr-defined]
        self.fields["t"].choices = either + Tier.choices  # type: ignore[attr-defined]
        self.concerns = concerns

    @property
    def looking(self) -> Looking:
        """The wishes, those that can be understood."""
        raw = {name: self.data.get(name, "").strip() for name in self.fields}
        known = {"concern": {each.code for each in self.concerns}, **CHOICES}
        named = {"kind": raw["k"], "day": raw["d"], "concern": raw["c"], "served": raw["g"], "tier": raw["t"]}
        kept = {name: value if value in known[name] else "" for name, value in named.items()}
        return Looking(words=raw["q"][:100], **kept)

    def label_of(self, name: str) -> str:
        """How the form calls a wish."""
        field = {"words": "q", "kind": "k", "day": "d", "concern": "c", "served": "g", "tier": "t"}[name]
        return str(self.fields[field].label)


class ProfileForm(forms.Form):
    """An organisation's profile for members."""

    does = PlainText(
        label=_("What we do"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Three sentences are enough. Residents do not see it."),
    )  # fmt: skip
    served = forms.MultipleChoiceField(
        label=_("Whom we work for"), choices=Served.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    serves = PlainText(label=_("More about them, in words"), max_length=400, required=False)
    concerns = forms.ModelMultipleChoiceField(
        label=_("What people come to us with"),
        queryset=Concern.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    area = PlainText(
        label=_("Where we work"), max_length=120, required=False, help_text=_("For example: the whole city")
    )
    reach = PlainText(
        label=_("How to reach us"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("When somebody is there, whom to ask for. People with a card of their own are listed by themselves."),
    )  # fmt: skip
    phone = PlainText(
        label=_("Telephone for members"), max_length=40, required=False, help_text=_("Only members see this number.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].queryset = Concern.objects.all()  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """A number that can be dialled; samples in the demo only."""
        raw = self.cleaned_data["phone"].strip()
        return clean_phone(raw) if raw else ""


class ResourceForm(forms.Form):
    """One offer or one wish."""

    direction = forms.ChoiceField(
        label=_("Which of the two"), choices=Direction.choices, widget=forms.RadioSelect, initial=Direction.OFFER
    )
    kind = forms.ChoiceField(label=_("What is it"), choices=ResourceKind.choices, widget=forms.RadioSelect)
    words = PlainText(
        label=_("In one line"), max_length=80, help_text=_("For example: a hall for 30 people, with a kitchen")
    )
    conditions = PlainText(
        label=_("Conditions"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it costs, how early to ask, what is not possible. Empty: ask us."),
    )  # fmt: skip
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), choices=Weekday.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: the day can be agreed."),
    )  # fmt: skip
    when_text = PlainText(
        label=_("When, in words"), max_length=80, required=False, help_text=_("For example: from 13 to 17 o'clock")
    )
    until = DayField(
        label=_("Until"), required=False, help_text=_("After this day it is no longer shown. Empty: lasting.")
    )

    def clean_until(self) -> Any:
        """A day that has passed would hide it at once."""
        until = self.cleaned_data["until"]
        if until is not None and until < dates.today():
            raise ValidationError(_("This day has passed: nobody would see it. Choose a later day, or leave it empty."))
        return until


class NoteForm(forms.Form):
    """A piece about an activity, with a picture if there is one."""

    title = PlainText(label=_("Title"), max_length=80)
    happened_on = DayField(label=_("Day"), initial=dates.today)
    text = PlainText(
        label=_("Text"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you did, what was good, what was hard. Nothing by which a person can be recognised."),
    )  # fmt: skip
    picture = UploadField(
        label=_("Picture"), megabytes=PICTURE_MEGABYTES, required=False,
        help_text=_("JPEG, PNG, HEIC or WebP up to 10 MB. Where it was taken is removed. Ask the people who can be seen."),
    )  # fmt: skip
    described = PlainText(
        label=_("What the picture shows"), max_length=120, required=False,
        help_text=_("For those who cannot see it: hands round a table, folding paper."),
    )  # fmt: skip

    def clean_picture(self) -> Any:
        """Pictures alone are shown."""
        upload = self.cleaned_data["picture"]
        if upload is not None and not upload.media_type.startswith("image/"):
            raise ValidationError(_("Only pictures can be shown here: JPEG, PNG, HEIC or WebP."))
        return upload

    def clean(self) -> dict[str, Any]:
        """A picture needs its words."""
        data = super().clean() or self.cleaned_data
        if data.get("picture") and not data.get("described"):
            self.add_error("described", _("Please say in one line what the picture shows."))
        return data


class CardForm(forms.Form):
    """One's own card."""

    agrees = forms.BooleanField(
        label=_("Show my name and this card to the other members"), required=False,
        help_text=_("Without the tick only your own organisation and the secretariat know your name."),
    )  # fmt: skip
    does = PlainText(
        label=_("What I do"), max_length=120, required=False, help_text=_("For example: I receive families at the door")
    )
    knows = PlainText(
        label=_("What I know well"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What others may ask you about."),
    )  # fmt: skip
    languages = PlainText(
        label=_("Languages"), max_length=120, required=False, help_text=_("Sign language and easy Japanese count, too.")
    )
    reach = PlainText(
        label=_("How to reach me"),
        max_length=200,
        required=False,
        help_text=_("Only if you like: days, a number at work."),
    )
    is_contact = forms.BooleanField(label=_("I am a contact person of my organisation"), required=False)

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the card."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agrees"}
