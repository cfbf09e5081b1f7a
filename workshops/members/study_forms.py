"""Forms of study sessions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms import dates
from cms.dates import now
from cms.forms import PlainText
from directory.models import Organization
from workshops.actions.events import Plan
from workshops.enums import Format, StudyAnswer, StudyAudience, Way
from workshops.members.forms import Number
from workshops.members.proposals import moment
from workshops.models import Event, Material, StudySession

WISH_LENGTH = 500
NOTES_LENGTH = 20_000


class StudyForm(forms.ModelForm[Event]):
    """A study session: what, when, where, for whom. One time each."""

    speaker = PlainText(label=_("Who speaks or leads"), max_length=200, required=False)
    prepare = PlainText(
        label=_("To read or bring"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    starts_at = moment(_("begins"))
    ends_at = moment(_("ends"), required=False)
    capacity = Number(label=_("Seats at the venue"), help_text=_("Empty: no limit."))
    answer_by = forms.DateField(
        label=_("Answers until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Whoever has not answered by then is asked once more."),
    )
    audience = forms.ChoiceField(label=_("Who may come"), choices=StudyAudience.choices, widget=forms.RadioSelect)
    invited = forms.ModelMultipleChoiceField(
        label=_("Which organisations"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only if you chose organisations above."),
    )

    materials = forms.ModelMultipleChoiceField(
        label=_("Materials for it"),
        queryset=Material.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever may see a material finds it on the page of the session."),
    )

    class Meta:
        model = Event
        fields = ["title", "summary", "format", "venue_name", "venue_address", "online_link"]
        labels = {"title": _("Title"), "summary": pgettext_lazy("study", "What it is about"), "venue_name": _("Venue")}
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: Any, session: StudySession | None = None, **kwargs: Any) -> None:
        kwargs["instance"] = session.event if session else None
        super().__init__(*args, **kwargs)
        self.fields["materials"].queryset = Material.objects.visible_to(user).standing().order_by("-renewed_at", "-pk")  # type: ignore[attr-defined]
        self.session = session
        self.fields["invited"].queryset = (  # type: ignore[attr-defined]
            Organization.objects.current(dates.today()).filter(memberships__isnull=False).distinct()
        )
        self.fields["audience"].initial = StudyAudience.MEMBERS
        if session is not None:
            date = session.event.occurrences.get()
            own = {name: getattr(session, name) for name in ("speaker", "prepare", "answer_by", "audience")}
            self.initial.update(own)
            self.initial.update({"starts_at": date.starts_at, "ends_at": date.ends_at, "capacity": date.capacity})
            self.initial["materials"] = list(session.materials.values_list("pk", flat=True))
            self.initial["invited"] = list(session.invited.values_list("pk", flat=True))

    def clean(self) -> dict[str, Any]:
        """It lies ahead, ends after it begins, and says where."""
        data = super().clean() or {}
        starts, ends, answers = data.get("starts_at"), data.get("ends_at"), data.get("answer_by")
        if starts and starts <= now():
            self.add_error("starts_at", _("This moment is over already."))
        if starts and ends and ends < starts:
            self.add_error("ends_at", _("The end is before the beginning."))
        if starts and answers and answers > dates.jst(starts).date():
            self.add_error("answer_by", _("This is after the session."))
        if data.get("audience") == StudyAudience.CHOSEN and not data.get("invited"):
            self.add_error("invited", _("Please choose at least one organisation."))
        if data.get("format") != Format.ONLINE and not data.get("venue_name"):
            self.add_error("venue_name", _("Please write where, or choose online."))
        return data

    def plan(self) -> Plan:
        """The one date."""
        data = self.cleaned_data
        date = self.session.event.occurrences.get() if self.session else None
        return Plan(
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            capacity=data["capacity"],
            pk=date.pk if date else None,
        )

    def values(self) -> dict[str, Any]:
        """What the action takes besides the date."""
        names = (*self.Meta.fields, "speaker", "prepare", "answer_by", "audience", "invited", "materials")
        data = {name: self.cleaned_data[name] for name in names}
        if data["audience"] != StudyAudience.CHOSEN:
            data["invited"] = []
        return data

    def take_errors(self, error: ValidationError) -> None:
        """Sentences of the action, beside their fields."""
        beside = {"occurrences": "capacity"}
        for name, sentences in error.message_dict.items():
            for sentence in sentences:
                self.add_error(beside.get(name, name) if beside.get(name, name) in self.fields else None, sentence)


class AnswerForm(forms.Form):
    """出欠 and, if they like, a question beforehand."""

    answer = forms.ChoiceField(
        label=_("Do you come?"), widget=forms.RadioSelect, error_messages={"required": _("Please choose one.")}
    )
    wish = PlainText(
        label=_("What I would like to ask"),
        help_text=_("Whoever holds the session and your own organisation read it. No names of people you support."),
        max_length=WISH_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = {Way(way).value for way in event.ways}
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            choice for choice in StudyAnswer.choices if choice[0] in ways | {StudyAnswer.ABSENT.value}
        ]


class NotesForm(forms.Form):
    """What was said and is worth keeping."""

    notes = PlainText(
        label=_("Notes"),
        help_text=_("For everybody the session was meant for. Nobody must be recognisable."),
        max_length=NOTES_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
