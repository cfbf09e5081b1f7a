"""What counsellors write: an answer, a note, the coded fields, what came another way, a ready text."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms import dates
from cms.forms import PlainText, tidy_email, tidy_phone
from directory.actions.consultations.sending import LONGEST, Said
from directory.enums import (
    CHOSEN_OUTCOMES,
    ContactWay,
    HeardOf,
    LifeStage,
    Method,
    NoteKind,
    OthersRead,
    Route,
)
from directory.models import Concern, Consultation, ConsultationDesk, User
from directory.models.consultations.contact import Contact

MOST_CONCERNS = 3
STAGES = [("", LifeStage.NOT_GIVEN.label), *((each.value, each.label) for each in LifeStage if each.value[:1] == "l")]
NUMBER = re.compile(r"C-[0-9]{5}")
HOURS = [("", _("any time")), *((f"{hour:02d}:00", dates.japanese_time(dt.time(hour))) for hour in range(24))]
OWN_WAYS = [(each.value, each.label) for each in Method if each != Method.WEB]
NOON = dt.time(12)  # of a day whose hour nobody remembers
PAST_DAYS = dt.timedelta(days=366)


def text(label: Any, *, rows: int, longest: int = LONGEST, **more: Any) -> PlainText:
    """A text of several lines, in any words."""
    return PlainText(
        label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}), **more
    )


class AnswerForm(forms.Form):
    """A word to the person. `seen`: the newest piece of the thread when the page was opened."""

    text = text(
        _("Your answer"), rows=7, help_text=_("The person reads it as the answer of the desk, without your name.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62, required=False)

    def before(self, seen: int) -> AnswerForm:
        """The same form on a page that shows the thread up to this piece."""
        typed = {name: self.data[name] for name in self.data} if self.is_bound else {}
        self.data, self.initial = {**typed, "seen": seen}, {**self.initial, "seen": seen}
        return self

    def with_text(self, added: str) -> AnswerForm:
        """The same form with a ready text below what was typed; nothing is called wrong in it."""
        typed = self.data.get("text", "").rstrip()
        return AnswerForm(initial={"text": f"{typed}\n\n{added}".strip()})


class MomentForm(forms.Form):
    """When something was that is past: a day and a time (JST), now where nothing is said."""

    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        """`at`: the moment. Neither to come nor longer ago than a year."""
        data = super().clean() or {}
        now = dates.now()
        day, time = data.get("day") or now.date(), data.get("time")
        at = dt.datetime.combine(day, time or NOON, dates.JST)
        data["at"] = now if time is None and day == now.date() else at
        if data["at"] > now:
            self.add_error("time" if day == now.date() else "day", _("That is still to come."))
        elif now - data["at"] > PAST_DAYS:
            self.add_error("day", _("That is longer ago than a year."))
        return data


class NoteForm(MomentForm):
    """For the desk alone."""

    kind = forms.ChoiceField(label=_("What it was"), choices=NoteKind.choices, initial=NoteKind.NOTE)
    text = text(pgettext_lazy("desk note", "In a few words"), rows=4)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="note_%s", **kwargs)
        self.order_fields(["kind", "text", "day", "time"])


def offered(choices: Any) -> list[tuple[str, Any]]:
    """The empty code first: nothing has to be said."""
    return [("", choices.NOT_GIVEN.label), *((each.value, each.label) for each in choices if each.value)]


class FactsForm(forms.Form):
    """Codes alone: who comes with it, stage of life, concerns (the first counts), how they heard of us."""

    route = forms.ChoiceField(label=_("Who comes with it"), choices=offered(Route), required=False)
    life_stage = forms.ChoiceField(label=_("Stage of life"), choices=STAGES, required=False)
    concerns = forms.MultipleChoiceField(
        label=_("What it is about"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Up to three.")
    )
    heard_of = forms.ChoiceField(label=_("How they heard of us"), choices=offered(HeardOf), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].choices = list(Concern.objects.values_list("code", "name"))  # type: ignore[attr-defined]

    @classmethod
    def of(cls, consultation: Consultation) -> FactsForm:
        """As it stands now."""
        names = ("route", "life_stage", "concerns", "heard_of")
        return cls(initial={name: getattr(consultation, name) for name in names})

    def clean_concerns(self) -> tuple[str, ...]:
        """In the order of the list."""
        found = tuple(self.cleaned_data["concerns"])
        if len(found) > MOST_CONCERNS:
            raise ValidationError(_("Please choose at most three."))
        return found

    @property
    def codes(self) -> dict[str, Any]:
        """For the verb."""
        return {name: self.cleaned_data[name] for name in ("route", "life_stage", "heard_of", "concerns")}


class SamePersonForm(forms.Form):
    """Another consultation of the same desk, by its number; empty takes the mark away."""

    number = forms.CharField(
        label=_("Number of the other one"),
        max_length=20,
        required=False,
        help_text=_("For example C-07714. Empty: nobody we know."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, user: User, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(data, auto_id="same_%s", **kwargs)
        self.user, self.consultation = user, consultation

    def clean_number(self) -> Consultation | None:
        """The other one. Foreign and missing ones are called by the same sentence."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["number"]).strip().upper()
        if not typed:
            return None
        number = re.sub(r"[‐‑–—ーｰ−]", "-", typed)
        number = number if number.startswith("C-") else f"C-{number.removeprefix('C')}"
        own = Consultation.objects.kept_by(self.user).filter(desk=self.consultation.desk_id)
        found = own.exclude(pk=self.consultation.pk).filter(number=number).first() if NUMBER.fullmatch(number) else None
        if found is None:
            raise ValidationError(_("There is no other consultation with that number at this desk."))
        return found


class ContactForm(forms.Form):
    """How somebody may be reached; nobody reaches out where nothing is said."""

    name = PlainText(label=_("What we may call them"), max_length=60, required=False)
    way = forms.ChoiceField(label=_("May we reach out?"), choices=ContactWay.choices, initial=ContactWay.NONE)
    phone = PlainText(label=_("Telephone"), max_length=30, required=False)
    mail = PlainText(label=_("E-mail"), max_length=254, required=False)
    since = forms.ChoiceField(label=_("Safe from"), choices=HOURS, required=False)
    until = forms.ChoiceField(label=_("Safe until"), choices=HOURS, required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("On these days only"),
        choices=list(enumerate(dates.WEEKDAYS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    no_message = forms.BooleanField(label=_("Leave no message"), required=False, initial=True)
    others_read = forms.ChoiceField(
        label=_("Does somebody else see it?"), choices=OthersRead.choices, initial=OthersRead.UNKNOWN
    )

    def clean_phone(self) -> str:
        """In half-width digits."""
        return tidy_phone(self.cleaned_data["phone"])

    def clean_mail(self) -> str:
        """In half-width letters."""
        return tidy_email(self.cleaned_data["mail"])

    def clean(self) -> dict[str, Any]:
        """A way needs its number or address; hours come in pairs."""
        data = super().clean() or {}
        for way, name in ((ContactWay.PHONE, "phone"), (ContactWay.MAIL, "mail")):
            if data.get("way") == way and not data.get(name) and name not in self.errors:
                self.add_error(name, _("Please write it, or choose that nobody reaches out."))
        if bool(data.get("since")) != bool(data.get("until")):
            self.add_error("until", _("Please choose both hours, or neither."))
        elif data.get("since") and data["since"] == data["until"]:
            self.add_error("until", _("The two hours must differ."))
        return data

    def contact(self) -> Contact:
        """As it is kept."""
        names = ("way", "mail", "phone", "since", "until", "no_message", "others_read")
        said = {name: self.cleaned_data[name] for name in names}
        return Contact(**said, days=tuple(self.cleaned_data["days"]))


class EntryForm(FactsForm, ContactForm, MomentForm):
    """A call, a visit, a letter, a mail."""

    method = forms.ChoiceField(label=_("How it came"), choices=OWN_WAYS, initial=Method.PHONE, widget=forms.RadioSelect)
    desk = forms.ModelChoiceField(
        label=_("Desk"), queryset=ConsultationDesk.objects.none(), to_field_name="slug", empty_label=None
    )
    text = text(
        pgettext_lazy("consultation entry", "What was said"),
        rows=6,
        help_text=_("A few lines are enough. It is kept encrypted."),
    )
    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[("", _("It goes on")), *CHOSEN_OUTCOMES],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("With one of the four words it is at its end at once."),
    )

    def __init__(self, *args: Any, desks: list[ConsultationDesk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desk = self.fields["desk"]
        desk.queryset = ConsultationDesk.objects.filter(pk__in=[each.pk for each in desks])  # type: ignore[attr-defined]
        desk.initial = desks[0].slug
        if len(desks) == 1:
            desk.required, desk.widget = False, forms.HiddenInput()
        self.only = desks[0] if len(desks) == 1 else None

    def clean_desk(self) -> ConsultationDesk:
        """The only one where there is one only."""
        return self.only or self.cleaned_data["desk"]

    @property
    def said(self) -> Said:
        """For the verb."""
        return Said(**self.codes, name=self.cleaned_data["name"].strip(), contact=self.contact())


class ReadyTextForm(forms.Form):
    """A ready text of a desk."""

    title = PlainText(label=_("Title"), max_length=40, help_text=_("For the counsellors. The person does not see it."))
    text = text(
        _("Text"), rows=6, longest=2000, help_text=_("Nobody's name, please: it stands here for everybody at the desk.")
    )
