"""Forms around minutes and decisions. The guard reads every one with words in it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.dates import today
from cms.forms import PlainText
from cms.guard import Kind
from cms.guard.forms import GuardedForm
from cms.guard.storing import remembered
from workshops.actions.minutes import PERSONAL, Words
from workshops.enums import ConfirmBy
from workshops.models import Amendment, Meeting, Minutes, Paragraph

LONGEST = 4000


class Lines(PlainText):
    """Several lines, with the line ends of every browser made one."""

    def __init__(self, *, rows: int = 4, max_length: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class DayField(forms.DateField):
    """A day, by the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "invalid": _("Please write the day, for example 2026-12-19."),
                "required": _("Please choose the day."),
            },
            **kwargs,
        )


class Refusable(forms.Form):
    """Takes what an action refuses."""

    def take_errors(self, error: forms.ValidationError) -> None:
        """Sentences of the action, beside their fields."""
        for name, sentences in getattr(error, "error_dict", {"": [error]}).items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


class PersonalForm(Refusable, GuardedForm):
    """What leads to a person is looked for; days and organisations are named in minutes."""

    kinds: ClassVar[frozenset[Kind]] = PERSONAL


class MinutesForm(PersonalForm):
    """All paragraphs on one page, each with the version it had; and one more, if wanted."""

    heading = PlainText(
        label=_("One more paragraph: its heading"), max_length=200, required=False, help_text=_("Empty: none.")
    )
    text = Lines(label=_("One more paragraph: what was said"), required=False)

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, stored=remembered(minutes.dismissed), **kwargs)
        self.rows: list[Paragraph] = list(minutes.paragraphs.select_related("changed_by"))
        for row in self.rows:
            self.fields[f"p{row.pk}"] = Lines(label=row.heading, required=False, rows=6, initial=row.text)
            self.fields[f"v{row.pk}"] = forms.IntegerField(initial=row.version, widget=forms.HiddenInput)
        self.guarded = (*(f"p{row.pk}" for row in self.rows), "heading", "text")
        self.order_fields([name for row in self.rows for name in (f"p{row.pk}", f"v{row.pk}")])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("text") and not cleaned.get("heading"):
            self.add_error("heading", _("Please give the new paragraph a heading."))
        return cleaned

    def words(self) -> list[Words]:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return [Words(row.pk, data[f"v{row.pk}"], data[f"p{row.pk}"]) for row in self.rows]

    def paragraph_fields(self) -> list[tuple[Any, Any]]:
        """(text, version) of each paragraph, drawn."""
        return [(self[f"p{row.pk}"], self[f"v{row.pk}"]) for row in self.rows]

    def go_on_from(self, fresh: list[Paragraph]) -> None:
        """The next save is meant to replace what somebody else wrote: it has been shown."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for row in fresh:
            data[f"v{row.pk}"] = str(row.version)
        self.data = data


class OpenForm(Refusable):
    """Until when those who came may say how it should read."""

    until = DayField(label=_("Changes until"), help_text=_("That day included. A week is usual."))
    confirm_by = forms.ChoiceField(
        label=_("How they are confirmed"),
        choices=ConfirmBy.choices,
        initial=ConfirmBy.DAY,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"until": today() + dt.timedelta(days=7), "confirm_by": ConfirmBy.DAY})
        super().__init__(*args, **kwargs)


class ReopenForm(Refusable):
    """Once more, until a day."""

    until = DayField(label=_("Changes until"))


class AmendForm(PersonalForm):
    """How a paragraph should read, and why."""

    guarded = ("text", "reason")

    text = Lines(
        label=_("As it should read"),
        rows=8,
        help_text=_("Change the words right here. The others see what differs."),
        error_messages={"required": _("Please leave at least a few words.")},
    )
    reason = Lines(label=_("Why"), rows=2, max_length=400, required=False)

    def __init__(self, *args: Any, paragraph: Paragraph, mine: Amendment | None, **kwargs: Any) -> None:
        begin = {"text": mine.text if mine else paragraph.text, "reason": mine.reason if mine else ""}
        super().__init__(*args, initial=begin, stored=remembered(paragraph.minutes.dismissed), **kwargs)


class AnswerForm(PersonalForm):
    """Take a change in, in these words, or leave the paragraph as it is."""

    guarded = ("text", "answer")
    TAKE, LEAVE = "take", "leave"

    text = Lines(
        label=_("As it will read"), rows=8, error_messages={"required": _("Please leave at least a few words.")}
    )
    answer = Lines(
        label=_("A word on it"),
        rows=2,
        max_length=400,
        required=False,
        help_text=_("Needed when it is left as it is. Those who were there read it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, amendment: Amendment, **kwargs: Any) -> None:
        begin = {"text": amendment.text, "version": amendment.paragraph.version}
        super().__init__(*args, initial=begin, stored=remembered(amendment.minutes.dismissed), **kwargs)

    def go_on_from(self, fresh: Paragraph) -> None:
        """The paragraph as it reads by now has been shown."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(fresh.version)
        self.data = data


class ConfirmForm(forms.Form):
    """At which later meeting they were confirmed, if at one."""

    meeting = forms.ModelChoiceField(
        label=_("Confirmed at the meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("without a meeting"),
    )

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = minutes.meeting
        later = Meeting.objects.filter(body=first.body_id, happened_on__gt=first.happened_on).order_by("happened_on")
        self.fields["meeting"].queryset = later  # type: ignore[attr-defined]


class ErratumForm(PersonalForm):
    """What is right, beside locked minutes."""

    guarded = ("text",)

    text = Lines(
        label=_("What is right"),
        rows=4,
        max_length=1000,
        help_text=_("Name the paragraph first. It stands below the minutes with your name and the day, for good."),
        error_messages={"required": _("Please write what is right.")},
    )
