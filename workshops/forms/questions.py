"""The host's questions as fields of a form, each with the time its answer is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from cms.forms import PlainText
from workshops.enums import QuestionKind
from workshops.models import Event, Question

SHORT_LENGTH = 200
LONG_LENGTH = 1000
LARGEST_NUMBER = 9999
YES, NO = "yes", "no"
NOT_ANSWERED = ("", pgettext_lazy("answer", "I leave it open"))


class WholeNumber(forms.IntegerField):
    """A number as people type it: full-width digits and a unit behind it (３人) are understood."""

    def to_python(self, value: Any) -> int | None:
        text = unicodedata.normalize("NFKC", str(value or "")).strip().rstrip("人名歳才つ個回年")
        return super().to_python(text)


def questions_of(event: Event, answered: Mapping[int, Any] | None = None) -> list[Question]:
    """What is asked now, and what this person answered when it still was."""
    asked = event.questions.all()
    return [question for question in asked if not question.is_retired or question.pk in (answered or {})]


def field_name(question: Question) -> str:
    """The name of its field: a number, never its words."""
    return f"q{question.pk}"


def field_of(question: Question, answer: Any = None) -> forms.Field:
    """The field that asks it. `answer`: what was chosen before stays a choice though the host took it away."""
    return MAKERS[QuestionKind(question.kind)](
        question,
        answer,
        {"label": question.text, "help_text": help_of(question), "required": question.required},
    )


def help_of(question: Question) -> str:
    """Why it is asked, and how long the answer is kept."""
    days = question.kept_days
    kept = (
        ngettext(
            "The answer is deleted %(days)d day after the event.",
            "The answer is deleted %(days)d days after the event.",
            days,
        )
        % {"days": days}
        if days
        else str(_("The answer is deleted on the day of the event, at night."))
    )
    return f"{question.hint.rstrip('。')}。{kept}" if question.hint else kept


def _short(question: Question, answer: Any, common: dict[str, Any]) -> forms.Field:
    return PlainText(max_length=SHORT_LENGTH, error_messages={"required": PLEASE_WRITE}, **common)


def _long(question: Question, answer: Any, common: dict[str, Any]) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 4})
    return PlainText(max_length=LONG_LENGTH, widget=widget, error_messages={"required": PLEASE_WRITE}, **common)


def _choice(question: Question, answer: Any, common: dict[str, Any]) -> forms.Field:
    open_end = [] if question.required else [NOT_ANSWERED]
    return forms.ChoiceField(
        choices=[*_choices(question, answer), *open_end],
        widget=forms.RadioSelect,
        error_messages={"required": PLEASE_CHOOSE, "invalid_choice": NOT_THERE},
        **common,
    )


def _multiple(question: Question, answer: Any, common: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=_choices(question, answer),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": PLEASE_CHOOSE, "invalid_choice": NOT_THERE},
        **common,
    )


def _yes_no(question: Question, answer: Any, common: dict[str, Any]) -> forms.Field:
    open_end = [] if question.required else [NOT_ANSWERED]
    return forms.TypedChoiceField(
        choices=[(YES, _("Yes")), (NO, _("No")), *open_end],
        coerce=lambda said: said == YES,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": PLEASE_CHOOSE, "invalid_choice": NOT_THERE},
        **common,
    )


def _number(question: Question, answer: Any, common: dict[str, Any]) -> forms.Field:
    between = _("Please write a number from 0 to %(limit)d.") % {"limit": LARGEST_NUMBER}
    field = WholeNumber(
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": PLEASE_WRITE, "invalid": between},
        **common,
    )
    field.validators += [MinValueValidator(0, between), MaxValueValidator(LARGEST_NUMBER, between)]
    return field


def _choices(question: Question, answer: Any) -> list[tuple[str, str]]:
    before = answer if isinstance(answer, list) else [answer] if isinstance(answer, str) else []
    names = [*question.choices, *(name for name in before if name not in question.choices)]
    return [(name, name) for name in names]


PLEASE_WRITE = _("The host needs an answer to this one.")
PLEASE_CHOOSE = _("Please choose one; the host needs an answer.")
NOT_THERE = _("This cannot be chosen any more. Please choose another one.")
MAKERS = {
    QuestionKind.SHORT: _short,
    QuestionKind.LONG: _long,
    QuestionKind.CHOICE: _choice,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.NUMBER: _number,
}


def initial_answer(answer: Any) -> Any:
    """A kept answer as its field shows it."""
    if isinstance(answer, bool):
        return YES if answer else NO
    return answer


def answer_words(answer: Any) -> str:
    """A kept answer as one reads it."""
    if isinstance(answer, bool):
        return str(_("Yes") if answer else _("No"))
    return "、".join(answer) if isinstance(answer, list) else str(answer)
