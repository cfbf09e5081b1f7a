"""Forms of circulars and inquiries: what the secretariat writes, what an organisation answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.forms import PlainText, UploadField
from directory.fields import LinesFormField
from directory.forms import DayField
from directory.models import Body, Organization
from workshops.actions.circulars import Asked
from workshops.enums import CircularKind, CircularTo, QuestionKind
from workshops.forms.questions import MAKERS, initial_answer
from workshops.models import Circular, CircularQuestion, Reply
from workshops.models.circulars import KINDS, MOST_QUESTIONS

LONGEST_CHOICE = 80
MOST_CHOICES = 12


class QuestionForm(forms.Form):
    """One question; left empty it is not asked."""

    text = PlainText(label=_("Question"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("How it is answered"), choices=[(each.value, each.label) for each in KINDS])
    choices = LinesFormField(
        label=_("To choose from"), required=False, help_text=_("One a line. Only for “one of a list”.")
    )
    optional = forms.BooleanField(label=_("May be left open"), required=False)

    def clean(self) -> dict[str, Any]:
        """A choice needs something to choose from."""
        data = super().clean() or self.cleaned_data
        lines = data.get("choices") or []
        if data.get("text") and data.get("kind") == QuestionKind.CHOICE:
            if len(set(lines)) < 2:
                self.add_error("choices", _("Please write at least two different lines."))
            elif len(lines) > MOST_CHOICES or any(len(line) > LONGEST_CHOICE for line in lines):
                self.add_error("choices", _("At most 12 lines of 80 characters each."))
        return data

    @property
    def asked(self) -> Asked | None:
        """The question, if there is one."""
        data = self.cleaned_data
        if not data.get("text"):
            return None
        choices = data["choices"] if data["kind"] == QuestionKind.CHOICE else ()
        return Asked(data["text"], data["kind"], list(dict.fromkeys(choices)), not data["optional"])


QuestionFormSet = forms.formset_factory(
    QuestionForm, extra=MOST_QUESTIONS, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS, validate_max=True
)


class CircularForm(forms.Form):
    """What goes out, to whom, by when."""

    kind = forms.ChoiceField(
        label=_("What do you ask for"), widget=forms.RadioSelect, initial=CircularKind.NOTICE,
        choices=[(CircularKind.NOTICE, _("Circular: read it")), (CircularKind.INQUIRY, _("Inquiry: answer questions"))],
    )  # fmt: skip
    title = PlainText(label=_("Title"), max_length=120)
    text = PlainText(label=_("Text"), max_length=6000, widget=forms.Textarea(attrs={"rows": 8}))
    due_on = DayField(label=_("By"), help_text=_("This day is included. Afterwards answers are marked as late."))
    to = forms.ChoiceField(label=_("To whom"), choices=CircularTo.choices, widget=forms.RadioSelect, initial="all")
    body = forms.ModelChoiceField(
        label=_("Which body"), queryset=Body.objects.none(), required=False, empty_label=_("Choose")
    )
    chosen = forms.ModelMultipleChoiceField(
        label=_("Which organisations"), queryset=Organization.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    shares_answers = forms.BooleanField(
        label=_("After closing, all who got it see the answers"), required=False,
        help_text=_("This stands on the form from the beginning and cannot be changed once it is sent."),
    )  # fmt: skip
    file = UploadField(label=_("Attachment"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.public()  # type: ignore[attr-defined]
        self.fields["chosen"].queryset = Organization.objects.current(dates.today())  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        """A day to come."""
        due_on = self.cleaned_data["due_on"]
        if due_on < dates.today():
            raise ValidationError(_("This day has passed. Please choose a later one."))
        return due_on

    def clean(self) -> dict[str, Any]:
        """Whom it goes to has to be said."""
        data = super().clean() or self.cleaned_data
        if data.get("to") == CircularTo.BODY and not data.get("body"):
            self.add_error("body", _("Please choose the body."))
        if data.get("to") == CircularTo.CHOSEN and not data.get("chosen"):
            self.add_error("chosen", _("Please choose at least one organisation it goes to."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the circular."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("chosen", "file")}


class ExtendForm(forms.Form):
    """Another day."""

    due_on = DayField(label=_("New day"))

    def clean_due_on(self) -> Any:
        """A day to come."""
        due_on = self.cleaned_data["due_on"]
        if due_on < dates.today():
            raise ValidationError(_("This day has passed. Please choose a later one."))
        return due_on


class DeclineForm(forms.Form):
    """Why an organisation does not answer: its own affair."""

    reason = PlainText(label=_("In one word, why"), max_length=300, required=False)


class ReplyForm(forms.Form):
    """The questions of an inquiry. `typed` is what can be kept as a draft, right or wrong."""

    def __init__(self, circular: Circular, reply: Reply | None = None, *args: Any, **kwargs: Any) -> None:
        self.questions = list(circular.questions.all())
        kwargs.setdefault("initial", initial_of(self.questions, reply))
        super().__init__(*args, **kwargs)
        for question in self.questions:
            self.fields[name_of(question)] = field_of(question)

    @property
    def answers(self) -> dict[str, Any]:
        """Question's number → value; what was left open is not kept."""
        found = {str(each.pk): self.cleaned_data.get(name_of(each)) for each in self.questions}
        return {key: value for key, value in found.items() if value not in (None, "", [])}

    @property
    def typed(self) -> dict[str, str]:
        """As it stands in the boxes."""
        names = [name_of(each) for each in self.questions]
        return {name: str(self.data[name])[:6000] for name in names if self.data.get(name)}

    def rows(self) -> Iterator[forms.BoundField]:
        """The fields in the order of the questions."""
        for question in self.questions:
            yield self[name_of(question)]


def name_of(question: CircularQuestion) -> str:
    """A number, never its words."""
    return f"q{question.pk}"


def field_of(question: CircularQuestion) -> forms.Field:
    """The field that asks it, as on the forms of events."""
    common = {"label": question.text, "help_text": "", "required": question.required}
    field = MAKERS[QuestionKind(question.kind)](question, None, common)  # type: ignore[arg-type]  # it asks alike
    is_chosen = question.kind in (QuestionKind.CHOICE, QuestionKind.YES_NO)
    field.error_messages["required"] = _("Please choose one.") if is_chosen else _("Please answer this one.")
    return field


def initial_of(questions: list[CircularQuestion], reply: Reply | None) -> dict[str, Any]:
    """The draft if there is one, else what was answered."""
    if reply is None:
        return {}
    if reply.draft:
        return dict(reply.draft)
    return {name_of(each): initial_answer(reply.answers.get(str(each.pk))) for each in questions}
