"""Forms of those who receive people and of the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.forms import PlainText
from workshops.enums import CapacityPolicy, Unit, Way
from workshops.forms.party import NAME_LENGTH, people_choices
from workshops.models import CAPACITY_LIMIT, PARTY_LIMIT, Event, Part

#: So many more than announced may be chosen at once; the limit of a party holds.
MORE = 3


class Number(forms.IntegerField):
    """So many people or seats; empty stays unknown, or unlimited."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=CAPACITY_LIMIT,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={
                "invalid": _("Please write a number, for example 12."),
                "min_value": _("Please write 0 or more."),
                "max_value": _("This number is too large."),
            },
            **kwargs,
        )


class FindForm(forms.Form):
    """A name or a registration code. Posted, never in an address: it may be somebody's name."""

    q = PlainText(
        label=_("Name or registration code"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )


class ArrivedForm(forms.Form):
    """Who stands there, and how many of them; empty: all."""

    registration = forms.UUIDField()
    people = forms.IntegerField(min_value=1, max_value=PARTY_LIMIT, required=False)
    beyond = forms.BooleanField(required=False)


class WalkInForm(forms.Form):
    """Somebody came without registering: how many, and if they like, what to call them."""

    people = forms.TypedChoiceField(label=_("How many came"), coerce=int, widget=forms.RadioSelect)
    name = PlainText(
        label=_("What we may call you"),
        help_text=_("May stay empty. Nobody need say their name."),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    way = forms.ChoiceField(label=_("How they take part"), choices=Way.choices, required=False)
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    beyond = forms.BooleanField(required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        people.choices = people_choices(max(event.party_limit, 6))
        people.initial = 1
        people.error_messages |= {"required": _("Please choose how many came.")}
        if len(event.ways) == 1:
            del self.fields["way"]
        else:
            self.fields["way"].initial = Way.VENUE


class ResultForm(forms.Form):
    """What came of it. A number left empty stays unknown; it is not zero."""

    attended = Number(
        label=_("How many came"),
        help_text=_("Leave it empty if nobody counted. More than the seats is no mistake."),
    )
    unit = forms.ChoiceField(label=_("Counted in"), choices=Unit.choices)
    effect = PlainText(
        label=pgettext_lazy("event", "What came of it"),
        help_text=_("One or two sentences. Residents and the annual report read them. No names."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    learning = PlainText(
        label=_("What we learned for next time"),
        help_text=_("For the partnership. No names."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and data.get("attended") is None and not data.get("effect"):
            self.add_error("effect", _("Please write how many came, or one sentence about it."))
        return data


class SeatsForm(forms.Form):
    """Seats of one way to take part, and what happens when they are taken."""

    capacity = Number(
        label=_("Seats"),
        help_text=_("Empty: no limit."),
    )
    policy = forms.ChoiceField(label=pgettext_lazy("seats", "When full"), choices=CapacityPolicy.choices)
    waiting_limit = Number(
        label=_("Waiting list, at most"),
        help_text=_("Empty: no limit."),
    )

    @classmethod
    def of(cls, part: Part, data: Any = None, *, day: int) -> SeatsForm:
        """The form of one part of a day; several stand on a page, told apart by the ids of their fields."""
        initial = {"capacity": part.capacity, "policy": part.policy, "waiting_limit": part.waiting_limit}
        return cls(data, initial=initial, auto_id=f"d{day}_{part.way}_%s")
