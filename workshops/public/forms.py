"""The form by which a resident registers, and the one that asks for a code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.forms import PlainText
from workshops.actions.capacity import Full
from workshops.enums import CapacityPolicy, Way
from workshops.forms.party import PartyForm
from workshops.forms.questions import initial_answer
from workshops.models import Event, Occurrence, Part, Registration
from workshops.queries.events import part_words


class RegistrationForm(PartyForm):
    """Registering: additionally which occurrence, by which way, and whether one would wait.

    `website` is a trap that people do not see.
    """

    occurrence = forms.ModelChoiceField(
        label=_("Which day"), queryset=Occurrence.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    way = forms.ChoiceField(
        label=_("How you take part"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose how you take part."),
            "invalid_choice": _("Please choose how you take part."),
        },
    )
    or_wait = forms.BooleanField(
        label=_("If it is full, put me on the waiting list"),
        help_text=_("When a seat becomes free, we keep it for you for a while and ask you."),
        required=False,
        initial=True,
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        label=pgettext_lazy("trap for robots", "Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, occurrences: Sequence[Occurrence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["occurrence"]
        field.queryset = Occurrence.objects.filter(pk__in=[occurrence.pk for occurrence in occurrences])
        field.choices = [(occurrence.pk, occurrence_words(occurrence)) for occurrence in occurrences]
        field.error_messages = {
            "required": _("Please choose a day."),
            "invalid_choice": _("This day cannot be chosen any more. Please choose another one."),
        }
        if len(occurrences) == 1:
            field.widget = forms.HiddenInput()
            field.initial = occurrences[0].pk
        self._ask_for_the_way(occurrences)
        if not any(part.policy == CapacityPolicy.WAITLIST for each in occurrences for part in each.parts):
            del self.fields["or_wait"]
        self.order_fields(["occurrence", "way"])

    def _ask_for_the_way(self, occurrences: Sequence[Occurrence]) -> None:
        ways = self.event.ways
        if len(ways) == 1:
            del self.fields["way"]
            return
        only = occurrences[0] if len(occurrences) == 1 else None
        field: Any = self.fields["way"]
        field.choices = [(way, way_words(only.part(way), only) if only else Way(way).label) for way in ways]

    @property
    def would_wait(self) -> bool:
        """The person agreed to wait."""
        return bool(self.cleaned_data.get("or_wait"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self["occurrence"].is_hidden:
            for sentence in self.errors.get("occurrence", []):
                self.add_error(None, sentence)
        return data


def occurrence_words(occurrence: Occurrence) -> str:
    """「12月19日（土）15時〜17時30分」, and behind it what is left, by way where there are two."""
    words, parts = occurrence.day_and_hours, occurrence.parts
    if len(parts) > 1:
        seats = "・".join(f"{part.way.label}{part_words(part, occurrence.event)}" for part in parts)
    else:
        seats = part_words(parts[0], occurrence.event) if occurrence.is_full else ""
    return f"{words}　{seats}" if seats else words


def way_words(part: Part, occurrence: Occurrence) -> str:
    """「会場で　あと3席」."""
    return f"{part.way.label}　{part_words(part, occurrence.event)}"


def too_few(full: Full, event: Event) -> str:
    """What to do when the seats do not suffice."""
    if full.left == 0 and full.can_wait:
        return gettext("All seats have just been taken. You can join the waiting list: nothing you wrote is lost.")
    if full.left == 0:
        return gettext("All seats have just been taken. What you wrote is kept on this page, but nothing was stored.")
    return ngettext(
        "%(left)d seat is left. With fewer people you can register.",
        "%(left)d seats are left. With fewer people you can register.",
        full.left,
    ) % {"left": full.left, "unit": event.get_unit_display()}


def initial_of(registration: Registration, answers: Mapping[int, Any]) -> dict[str, Any]:
    """What somebody wrote, to be changed."""
    return {
        **{f"q{question}": initial_answer(answer) for question, answer in answers.items()},
        "name": registration.name,
        "people": registration.party_size,
        "companions": "、".join(_names(registration.companions)),
        "supports": registration.supports or [],
        "note": registration.note or "",
        "email": registration.email or "",
        "phone": registration.phone or "",
    }


def _names(companions: Iterable[str] | None) -> list[str]:
    return [name for name in companions or [] if name]


class CodeForm(forms.Form):
    """The 確認コード from the page after registering."""

    code = PlainText(
        label=_("Registration code"),
        max_length=40,
        error_messages={"required": _("Please write the code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "inputmode": "text"}
        ),
    )
