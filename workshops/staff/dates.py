"""The dates of an event in the form of communications staff, one row a date, and the rule by which they repeat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.dates import JST, jst
from workshops.actions.events import Plan
from workshops.enums import CapacityPolicy
from workshops.models import CAPACITY_LIMIT, Occurrence

LOCAL = "%Y-%m-%dT%H:%M"
MIDNIGHT = dt.time(0, 0)
DAY = dt.timedelta(days=1)
PARTS = ("", "online_")


class Moment(forms.DateTimeField):
    """A moment in Japan, by the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Please write day and time, for example 2026-12-19 15:00.")})
        super().__init__(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL), **kwargs)


def seats_field(label: Any) -> forms.IntegerField:
    """Seats, in the event's unit."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=CAPACITY_LIMIT,
        help_text=_("In the event's unit. Empty: no limit."),
    )


def policy_field(label: Any, initial: CapacityPolicy) -> forms.ChoiceField:
    """What happens when the seats are taken."""
    return forms.ChoiceField(label=label, required=False, choices=CapacityPolicy.choices, initial=initial)


def waiting_field(label: Any) -> forms.IntegerField:
    """How many may wait."""
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=CAPACITY_LIMIT, help_text=_("Empty: no limit.")
    )


class OccurrenceForm(forms.Form):
    """One date. A row that is left empty counts for nothing."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    starts_at = Moment(label=_("begins"), required=False)
    ends_at = Moment(label=_("ends"), required=False)
    all_day = forms.BooleanField(label=_("all day"), required=False)
    capacity = seats_field(_("capacity"))
    policy = policy_field(_("when full"), CapacityPolicy.LIMIT)
    waiting_limit = waiting_field(_("waiting list, registrations at most"))
    online_capacity = seats_field(_("online: capacity"))
    online_policy = policy_field(_("online: when full"), CapacityPolicy.SOFT)
    online_waiting_limit = waiting_field(_("online: waiting list, registrations at most"))
    remove = forms.BooleanField(label=_("take this date away"), required=False)

    def clean_policy(self) -> str:
        """The default of the field where nothing was sent."""
        return self.cleaned_data["policy"] or CapacityPolicy.LIMIT

    def clean_online_policy(self) -> str:
        return self.cleaned_data["online_policy"] or CapacityPolicy.SOFT

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        written = ("pk", "ends_at", "all_day", "capacity", "waiting_limit", "online_capacity", "online_waiting_limit")
        if not starts and not self.errors and any(data.get(name) for name in written):
            self.add_error("starts_at", _("Please write when it begins."))
        if starts and ends and ends < starts:
            self.add_error("ends_at", _("The end is before the beginning."))
        for part in PARTS:
            if data.get(f"{part}policy") == CapacityPolicy.WAITLIST and data.get(f"{part}capacity") is None:
                self.add_error(f"{part}capacity", _("A waiting list needs a capacity."))
        return data

    @property
    def ways(self) -> list[tuple[bool, list[forms.BoundField]]]:
        """The fields about seats: (is it the online part of an event held both ways, fields)."""
        names = ("capacity", "policy", "waiting_limit")
        return [(part != "", [self[part + name] for name in names]) for part in PARTS]

    def plan(self) -> Plan | None:
        """The date as the action takes it; None for an empty row."""
        data = self.cleaned_data
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts is None:
            return None
        if data["all_day"]:
            last = jst(ends or starts).date() + DAY
            starts = dt.datetime.combine(jst(starts).date(), MIDNIGHT, JST)
            ends = dt.datetime.combine(last, MIDNIGHT, JST)
        seats = {part + name: data[part + name] for part in PARTS for name in ("capacity", "policy", "waiting_limit")}
        return Plan(
            starts_at=starts,
            ends_at=ends,
            all_day=data["all_day"],
            pk=data["pk"],
            remove=data["remove"],
            **seats,
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


def row_of(plan: Plan) -> dict[str, Any]:
    """A date as an initial row; the end of an all-day one is its last day, as one would write it."""
    ends = plan.ends_at - DAY if plan.all_day and plan.ends_at else plan.ends_at
    return {
        "pk": plan.pk,
        "starts_at": plan.starts_at,
        "ends_at": ends,
        "all_day": plan.all_day,
        "remove": plan.remove,
        **plan.counters(),
    }


def plan_of(occurrence: Occurrence) -> Plan:
    """An existing date, as one would plan it."""
    counters: dict[str, Any] = {
        part + name: getattr(occurrence, part + name)
        for part in PARTS
        for name in ("capacity", "policy", "waiting_limit")
    }
    return Plan(
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        all_day=occurrence.all_day,
        pk=occurrence.pk,
        **counters,
    )


def rows_of(occurrences: Iterable[Occurrence]) -> list[dict[str, Any]]:
    """Existing dates as initial rows."""
    return [row_of(plan_of(occurrence)) for occurrence in occurrences]


def rows_of_plans(plans: Sequence[Plan]) -> list[dict[str, Any]]:
    """Dates that are only looked at as initial rows."""
    return [row_of(plan) for plan in plans]
