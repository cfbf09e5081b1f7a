"""Forms around a meeting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms.forms import PlainText, UploadField
from directory.enums import Openness
from directory.fields import fuzzy_date
from directory.models import Body
from workshops.enums import (
    Asked,
    LegalBasis,
    MeetingAudience,
    Outcome,
)
from workshops.members.forms import Number
from workshops.members.proposals import moment
from workshops.models import AgendaItem, Meeting

#: So many times can be proposed in one go.
ROWS = 4
LENGTHS = (60, 90, 120, 180)


def lines(rows: int) -> forms.Textarea:
    """A box of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


class MeetingForm(forms.Form):
    """What a meeting is. Day and hours may stay empty: they can be looked for together."""

    body = forms.ModelChoiceField(
        label=gettext_lazy("body"),
        queryset=Body.objects.none(),
        empty_label=None,
        error_messages={"required": gettext_lazy("Please choose the body.")},
    )
    number = Number(label=gettext_lazy("number of the meeting"))
    title = PlainText(
        label=gettext_lazy("title"),
        max_length=120,
        error_messages={"required": gettext_lazy("Please write a title.")},
    )
    purpose = PlainText(
        label=pgettext_lazy("meeting", "what it is for"),
        max_length=2000,
        required=False,
        widget=lines(3),
        help_text=gettext_lazy("One or two sentences. Nothing about single people."),
    )
    starts_at = moment(
        gettext_lazy("begins"), required=False, help_text=gettext_lazy("Empty: a day is still to be found.")
    )
    ends_at = moment(gettext_lazy("ends"), required=False)
    place = PlainText(label=gettext_lazy("place"), max_length=200, required=False)
    online_url = forms.URLField(
        label=gettext_lazy("address of the online meeting"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Only those who see the meeting see it."),
    )
    audience = forms.ChoiceField(label=gettext_lazy("who sees it"), choices=MeetingAudience.choices)
    openness = forms.ChoiceField(label=gettext_lazy("who may be there"), choices=Openness.choices)
    legal_basis = forms.ChoiceField(
        label=pgettext_lazy("meeting", "legal basis"),
        choices=LegalBasis.choices,
        help_text=gettext_lazy("Anything but the first closes the boxes for free text: it belongs elsewhere then."),
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["body"]
        chosen.queryset = bodies


class PastForm(MeetingForm):
    """A meeting that took place before it was written here: the day may be known as a month only."""

    happened_on = PlainText(
        label=gettext_lazy("day, as far as it is known"),
        max_length=10,
        help_text=gettext_lazy("As exactly as it is known: 2021, 2021-05 or 2021-05-01."),
        error_messages={"required": gettext_lazy("Please write the day, or at least the year.")},
    )
    field_order = ["body", "number", "title", "happened_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at", "online_url"):
            del self.fields[name]

    def clean_happened_on(self) -> str:
        day: str = self.cleaned_data["happened_on"]
        fuzzy_date(day)
        return day


class RecordForm(forms.Form):
    """After it was held: what the record says besides who came."""

    with_press = forms.BooleanField(label=gettext_lazy("the press was there"), required=False)
    reported_to = forms.ModelChoiceField(
        label=gettext_lazy("reported to"), queryset=Body.objects.public(), required=False, empty_label="―"
    )
    reported_on = PlainText(
        label=gettext_lazy("reported on"),
        max_length=10,
        required=False,
        help_text=gettext_lazy("As exactly as it is known: 2021, 2021-05 or 2021-05-01."),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("named in the public history of the body"),
        required=False,
        help_text=gettext_lazy("Residents read the day, the title and whether the press was there; nothing else."),
    )

    def clean_reported_on(self) -> str:
        day: str = self.cleaned_data["reported_on"]
        if day:
            fuzzy_date(day)
        return day


class DaysForm(forms.Form):
    """Several times in one go, all of the same length."""

    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How long"),
        coerce=int,
        choices=[(m, gettext_lazy("%s minutes") % m) for m in LENGTHS],
        initial=90,
    )
    asked = forms.ChoiceField(label=gettext_lazy("who answers"), choices=Asked.choices, initial=Asked.ORGANIZATION)
    answers_until = forms.DateField(
        label=gettext_lazy("answers until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, ROWS + 1):
            self.fields[f"time{n}"] = moment(_("%(n)s. time") % {"n": n}, required=False)
        self.order_fields([*(f"time{n}" for n in range(1, ROWS + 1)), "minutes", "asked", "answers_until"])

    @property
    def time_fields(self) -> list[forms.BoundField]:
        """The boxes for times."""
        return [self[f"time{n}"] for n in range(1, ROWS + 1)]

    def plan(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        length = dt.timedelta(minutes=data["minutes"])
        starts = [data[f"time{n}"] for n in range(1, ROWS + 1) if data.get(f"time{n}")]
        return {
            "times": [(start, start + length) for start in starts],
            "answers_until": data["answers_until"],
            "asked": data["asked"],
        }


class NoteForm(forms.Form):
    """A word to all the days together."""

    note = PlainText(
        label=gettext_lazy("A word about it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: from 18:30 on. No reason is needed."),
    )


class PointForm(forms.ModelForm[AgendaItem]):
    """A point of the agenda."""

    title = PlainText(
        label=gettext_lazy("What is spoken of"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please write what it is about.")},
    )
    minutes = Number(label=pgettext_lazy("agenda", "minutes"))
    cases = PlainText(
        label=gettext_lazy("numbers of cases"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Only numbers, for example K7F-204. Who may not read a case sees no more than this."),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("what became of it"), choices=[("", "―"), *Outcome.choices], required=False
    )

    class Meta:
        model = AgendaItem
        fields = ["title", "minutes", "led_by", "affiliation", "is_lecture", "cases", "note", "outcome"]
        widgets = {"note": lines(2)}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not meeting.takes_words:
            del self.fields["cases"], self.fields["note"]
        if not meeting.is_held:
            del self.fields["outcome"]


class WantForm(forms.Form):
    """Please put this on the agenda."""

    title = PlainText(
        label=gettext_lazy("What should be spoken of"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please write what it is about.")},
    )
    why = PlainText(
        label=gettext_lazy("Why"),
        max_length=600,
        required=False,
        widget=lines(2),
        help_text=gettext_lazy("Only the office reads it. Nothing about single people; cases by their number."),
    )
    minutes = Number(label=pgettext_lazy("agenda", "minutes"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not meeting.takes_words:
            del self.fields["why"]


class PaperForm(forms.Form):
    """A new paper."""

    upload = UploadField(label=gettext_lazy("File"))
    title = PlainText(
        label=gettext_lazy("title"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Empty: the name of the file."),
    )
    item = forms.ModelChoiceField(
        label=gettext_lazy("For which point"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=gettext_lazy("For the whole meeting"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item: Any = self.fields["item"]
        item.queryset = meeting.agenda.all()


class NewVersionForm(forms.Form):
    """The next version of a paper."""

    upload = UploadField(label=gettext_lazy("File of the new version"), help_text="")
