"""The form of an event for communications staff, in sections one understands at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.dates import today
from directory.models import Organization
from workshops.enums import Format
from workshops.models import PARTY_LIMIT, Event
from workshops.staff.dates import Moment

LONG = (
    "summary", "audience", "co_hosts", "access", "accessibility", "registration_note", "what_happens",
)  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A part of the form: how it is called, what it is for, its fields."""

    key: str
    title: str | Promise
    hint: str | Promise
    names: tuple[str, ...]


WHAT = Section(
    "what",
    _("What, and for whom"),
    _("The title is read in calendars at home: neutral words."),
    ("title", "summary", "kind", "themes", "purpose", "targets", "audience"),
)
SECTIONS = (
    Section(
        "hosts",
        _("Who holds it"),
        "",
        ("host", "host_text", "partners", "co_hosts", "contact_name", "contact_phone", "contact_email", "url"),
    ),
    Section(
        "where",
        _("Where"),
        "",
        ("format", "venue_name", "venue_address", "access", "online_link"),
    ),
    Section(
        "welcome",
        _("For those who come for the first time"),
        _("What one would like to know before going through a door."),
        ("what_happens", "who_greets", "may_leave", "may_watch"),
    ),
    Section(
        "access",
        _("To make coming easier"),
        _("The ticks can be searched for; the lines are read on the page."),
        ("access_facts", "accessibility", "fee_text"),
    ),
    Section(
        "registration",
        _("Registration"),
        "",
        (
            "registration_mode", "registration_note", "unit", "party_limit", "opens_at", "closes_at", "offer_hours",
            "remind_hours",
        ),
    ),
)  # fmt: skip


class EventForm(forms.ModelForm[Event]):
    """What is said about an event wherever it is listed. Saving goes through workshops.actions.events."""

    opens_at = Moment(label=_("registration opens"), required=False, help_text=_("Empty: at once."))
    closes_at = Moment(label=_("registration closes"), required=False, help_text=_("Empty: when the event begins."))
    party_limit = forms.IntegerField(
        label=_("people in one registration, at most"), min_value=1, max_value=PARTY_LIMIT, initial=5
    )
    format = forms.ChoiceField(
        label=_("where one takes part"),
        choices=Format.choices,
        initial=Format.VENUE,
        widget=forms.RadioSelect,
        help_text=_("With “at the venue and online” the seats of each are counted apart."),
    )
    offer_hours = forms.IntegerField(
        label=_("an offered seat is kept for, hours"),
        required=False,
        min_value=1,
        max_value=24 * 14,
        initial=48,
        help_text=_("For somebody from the waiting list."),
    )
    remind_hours = forms.IntegerField(
        label=_("reminder, hours before the beginning"),
        required=False,
        min_value=1,
        max_value=24 * 14,
        initial=24,
        help_text=_("Empty: none."),
    )

    class Meta:
        model = Event
        fields = [*WHAT.names, *(name for section in SECTIONS for name in section.names)]
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 3}) for name in LONG},
            "partners": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("host", "partners"):
            field: Any = self.fields[name]
            field.queryset = Organization.objects.current(today())

    def clean_offer_hours(self) -> int:
        """48 where nothing was written."""
        return self.cleaned_data["offer_hours"] or 48

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("Registration must close after it opens."))
        return data

    @property
    def what(self) -> tuple[Section, list[forms.BoundField]]:
        """The first section; the dates follow it."""
        return WHAT, [self[name] for name in WHAT.names]

    @property
    def sections(self) -> list[tuple[Section, list[forms.BoundField]]]:
        """The sections below the dates."""
        return [(section, [self[name] for name in section.names]) for section in SECTIONS]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)

    def take_errors(self, error: ValidationError) -> None:
        """Sentences of the action, beside their fields."""
        for name, sentences in error.message_dict.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)
