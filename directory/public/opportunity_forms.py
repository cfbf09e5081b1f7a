"""Forms about helping: what one can give (from the address, never an error), and the short form that asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.forms import PlainText, tidy_email, tidy_phone
from directory.actions.opportunities import Asked
from directory.enums import AnswerBy, Rhythm
from directory.public.forms import chosen
from directory.queries.opportunities import OpportunityFilters

MINUTES = {"1": 30, "2": 60, "3": 120}
MINUTE_CHOICES = [
    ("", _("Any length")),
    ("1", _("Up to 30 minutes")),
    ("2", _("Up to an hour")),
    ("3", _("Up to two hours")),
]
RHYTHM_CODES = {"1": Rhythm.ONCE, "n": Rhythm.SOMETIMES, "w": Rhythm.WEEKLY, "m": Rhythm.MONTHLY}
ON = ("1", "on")
QUESTION_LENGTH = 1000


class VolunteerForm(forms.Form):
    """Draws the wishes. Reading them is `filters()`, which forgives everything."""

    m = forms.ChoiceField(label=_("How long"), required=False, choices=MINUTE_CHOICES, widget=forms.Select)
    r = forms.MultipleChoiceField(
        label=_("How often"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, rhythm.label) for code, rhythm in RHYTHM_CODES.items()],
    )  # fmt: skip
    e = forms.BooleanField(label=_("One may try it once"), required=False)
    o = forms.BooleanField(label=_("From home"), required=False)
    u = forms.BooleanField(label=_("Under 18, too"), required=False)
    p = forms.BooleanField(label=_("Pay or expenses"), required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, auto_id="v_%s")
        self.query = query

    @property
    def ticks(self) -> list[Any]:
        """Single wishes."""
        return [self[name] for name in "eoup"]

    def filters(self) -> OpportunityFilters:
        """The wishes."""
        query = self.query
        return OpportunityFilters(
            minutes=MINUTES.get(query.get("m", "")),
            rhythms=chosen(query.getlist("r"), RHYTHM_CODES),
            once=query.get("e") in ON,
            online=query.get("o") in ON,
            young=query.get("u") in ON,
            paid=query.get("p") in ON,
        )


class QuestionForm(forms.Form):
    """「聞いてみる」: no promise, no real name. `website` is a trap that people do not see."""

    nickname = PlainText(
        label=_("What we may call you"),
        help_text=_("A nickname is enough. It need not be your real name."),
        max_length=60,
        error_messages={"required": _("Please write what we may call you. A nickname is enough.")},
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    question = PlainText(
        label=_("What you would like to know"),
        help_text=_("For example: 一度だけ見にいけますか。話すのが苦手でもできますか。"),
        max_length=QUESTION_LENGTH,
        error_messages={"required": _("Please write what you would like to know. One line is enough.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    answer_by = forms.ChoiceField(
        label=_("How to answer you"),
        choices=AnswerBy.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose how we may answer."),
            "invalid_choice": _("Please choose mail or telephone."),
        },
    )
    email = forms.CharField(
        label=_("E-mail address"),
        help_text=_("The subject of our mail says nothing about helping."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    safe_time = PlainText(
        label=_("When it is safe to call"),
        help_text=_("For example: 平日の昼なら、家にひとりです。"),
        max_length=120,
        required=False,
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        label=pgettext_lazy("trap for robots", "Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])

    def clean_phone(self) -> str:
        return tidy_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        way = data.get("answer_by")
        if way == AnswerBy.MAIL and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Please write the address the answer should go to."))
        if way == AnswerBy.PHONE and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Please write the number we may call."))
        return data

    def asked(self) -> Asked:
        """What was written, in the domain's words."""
        data = self.cleaned_data
        return Asked(
            nickname=data["nickname"],
            answer_by=data["answer_by"],
            question=data["question"],
            email=data["email"],
            phone=data["phone"],
            safe_time=data["safe_time"],
        )
