"""Somebody telephoned, came to the counter or wrote a letter: the office registers for them, with or without address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.enums import Origin, Way
from workshops.forms.party import PartyForm
from workshops.models import Event, Occurrence

#: Roads by which somebody reaches the office. Who comes on the day is entered at the door.
ROADS = [(road.value, road.label) for road in (Origin.PHONE, Origin.COUNTER, Origin.PAPER)]
#: What is said otherwise when the office writes for somebody: (label or "", hint or "").
FOR_THEM: dict[str, tuple[Any, Any]] = {
    "name": (_("What we may call them"), _("It need not be a real name.")),
    "supports": ("", ""),
    "phone": ("", _("Only if they want a call when something changes.")),
    "email": ("", _("Then the confirmation goes there, with the link.")),
}


class EntryForm(PartyForm):
    """One form for all roads. Nothing but the road, the day, a name and the number of people must be known."""

    questions_are_required = False

    origin = forms.ChoiceField(label=_("How it reached us"), choices=ROADS, widget=forms.RadioSelect)
    occurrence = forms.ModelChoiceField(label=_("Which day"), queryset=Occurrence.objects.none(), empty_label=None)
    way = forms.ChoiceField(label=_("How they take part"), choices=Way.choices)
    or_wait = forms.BooleanField(label=_("If it is full, put them on the waiting list"), required=False, initial=True)
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, occurrences: Sequence[Occurrence], **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        day: Any = self.fields["occurrence"]
        day.queryset = Occurrence.objects.filter(pk__in=[each.pk for each in occurrences])
        day.choices = [(each.pk, each.day_and_hours) for each in occurrences]
        day.error_messages |= {"required": _("Please choose a day."), "invalid_choice": _("Please choose a day.")}
        if len(event.ways) == 1:
            del self.fields["way"]
        for name, (label, hint) in FOR_THEM.items():
            field = self.fields[name]
            field.label, field.help_text = label or field.label, hint
        self.fields["name"].error_messages["required"] = _("Please write what we may call them. A nickname is enough.")
        for name in ("name", "companions", "phone", "email"):
            if name in self.fields:  # the browser would offer the office's own name and number
                self.fields[name].widget.attrs["autocomplete"] = "off"
