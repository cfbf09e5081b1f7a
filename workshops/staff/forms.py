"""The form of an event for communications staff: the event and the dates on which it takes place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.dates import JST, jst, today
from directory.models import Organization
from workshops.actions.events import Plan
from workshops.models import CAPACITY_LIMIT, PARTY_LIMIT, Event, Occurrence

LOCAL = "%Y-%m-%dT%H:%M"
MIDNIGHT = dt.time(0, 0)


class Moment(forms.DateTimeField):
    """A moment in Japan, by the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Please write day and time, for example 2026-12-19 15:00.")})
        super().__init__(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL), **kwargs)


class EventForm(forms.ModelForm[Event]):
    """What is said about an event wherever it is listed. Saving goes through workshops.actions.events."""

    opens_at = Moment(label=_("registration opens"), required=False, help_text=_("Empty: at once."))
    closes_at = Moment(label=_("registration closes"), required=False, help_text=_("Empty: when the event begins."))
    party_limit = forms.IntegerField(
        label=_("people in one registration, at most"), min_value=1, max_value=PARTY_LIMIT, initial=5
    )

    class Meta:
        model = Event
        fields = [
            "title", "summary", "kind", "themes", "audience",
            "host", "host_text", "co_hosts", "contact_name", "contact_phone", "contact_email", "url",
            "format", "venue_name", "venue_address", "access", "accessibility", "fee_text",
            "registration_mode", "registration_note", "unit", "party_limit", "opens_at", "closes_at",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("summary", "audience", "co_hosts", "access", "accessibility", "registration_note")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host: Any = self.fields["host"]
        host.queryset = Organization.objects.current(today())
        self.fields["themes"].widget = forms.CheckboxSelectMultiple(choices=self.fields["themes"].choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("Registration must close after it opens."))
        return data

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)

    def take_errors(self, error: ValidationError) -> None:
        """Sentences of the action, beside their fields."""
        for name, sentences in error.message_dict.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


class OccurrenceForm(forms.Form):
    """One date. A row that is left empty counts for nothing."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    starts_at = Moment(label=_("begins"), required=False)
    ends_at = Moment(label=_("ends"), required=False)
    all_day = forms.BooleanField(label=_("all day"), required=False)
    capacity = forms.IntegerField(
        label=_("capacity"),
        required=False,
        min_value=0,
        max_value=CAPACITY_LIMIT,
        help_text=_("In the event's unit. Empty: no limit."),
    )
    remove = forms.BooleanField(label=_("take this date away"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if not starts and not self.errors and any(data.get(name) for name in ("pk", "ends_at", "all_day", "capacity")):
            self.add_error("starts_at", _("Please write when it begins."))
        if starts and ends and ends < starts:
            self.add_error("ends_at", _("The end is before the beginning."))
        return data

    def plan(self) -> Plan | None:
        """The date as the action takes it; None for an empty row."""
        data = self.cleaned_data
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts is None:
            return None
        if data["all_day"]:
            last = jst(ends or starts).date() + dt.timedelta(days=1)
            starts = dt.datetime.combine(jst(starts).date(), MIDNIGHT, JST)
            ends = dt.datetime.combine(last, MIDNIGHT, JST)
        return Plan(
            starts_at=starts,
            ends_at=ends,
            all_day=data["all_day"],
            capacity=data["capacity"],
            pk=data["pk"],
            remove=data["remove"],
        )


class BaseOccurrenceFormSet(forms.BaseFormSet[OccurrenceForm]):
    """All dates of an event."""

    def clean(self) -> None:
        if not any(self.errors) and not any(not plan.remove for plan in self.plans()):
            raise ValidationError(_("Please write at least one date."))

    def plans(self) -> list[Plan]:
        """The dates as the action takes them."""
        found = [form.plan() for form in self.forms if hasattr(form, "cleaned_data")]
        return [plan for plan in found if plan is not None]


OccurrenceFormSet: type[BaseOccurrenceFormSet] = forms.formset_factory(  # type: ignore[assignment]
    OccurrenceForm, formset=BaseOccurrenceFormSet, extra=3, max_num=200, validate_max=True
)


def rows_of(occurrences: Sequence[Occurrence]) -> list[dict[str, Any]]:
    """Existing dates as initial rows; the end of an all-day one is its last day, as one would write it."""
    return [
        {
            "pk": occurrence.pk,
            "starts_at": occurrence.starts_at,
            "ends_at": occurrence.ends_at - dt.timedelta(days=1)
            if occurrence.all_day and occurrence.ends_at
            else occurrence.ends_at,
            "all_day": occurrence.all_day,
            "capacity": occurrence.capacity,
        }
        for occurrence in occurrences
    ]
