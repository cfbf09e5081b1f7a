"""Forms of the reply room: the six words, a further message, what may be added."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.dates import WEEKDAYS
from cms.forms import PlainText, tidy_email
from directory import phones
from directory.actions.consultations.sending import LONGEST, Said
from directory.enums import ContactWay, HeardOf, LifeStage, OthersRead, Route
from directory.models import Concern, Consultation
from directory.models.consultations.contact import Contact
from directory.public.consult.forms import QUIET, Letter

FINE_STAGES = [choice for choice in LifeStage.choices if not choice[0].startswith("m")]
FAMILY = 60  # characters of a name
DAYS = [(str(number), sign) for number, sign in enumerate(WEEKDAYS)]


class CodeForm(forms.Form):
    """The six words. A field without any check: what is written there is read by `queries…reply.opened_by` alone."""

    code = forms.Field(
        label=_("Your six words"),
        help_text=_("With or without blanks, in hiragana or katakana."),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "maxlength": 200}
        ),
    )


class WriteForm(forms.Form):
    """A further message. No maxlength on the box, as on the first page: nothing is cut off without a word."""

    text = Letter(
        label=pgettext_lazy("reply room", "Write on"),
        max_length=LONGEST,
        error_messages={"required": _("Please write something first. One line is enough.")},
        widget=forms.Textarea(attrs={"rows": 4, **QUIET}),
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)


class DetailsForm(forms.Form):
    """What may be added, all of it optional: who it is about, how and when one may be reached, what to call the person."""

    name = PlainText(
        label=_("What we may call you"),
        help_text=_("A nickname is enough. It need not be your real name."),
        max_length=FAMILY,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    route = forms.ChoiceField(
        label=_("Who is it about?"),
        required=False,
        choices=[(Route.NOT_GIVEN, Route.NOT_GIVEN.label), *(each for each in Route.choices if each[0])],
        widget=forms.RadioSelect,
    )
    life_stage = forms.ChoiceField(label=_("Stage of life"), required=False, choices=FINE_STAGES)
    concerns = forms.MultipleChoiceField(
        label=pgettext_lazy("reply room", "What it is about"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("As many as fit. These codes help to find the right people; they change no answer."),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("How may we reach you?"),
        help_text=_("We keep only what belongs to the way you choose."),
        choices=ContactWay.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    mail = forms.CharField(
        label=_("E-mail address"),
        help_text=_("Our mail says only that there is something to look at: no name of a desk, nothing you wrote."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    others_read = forms.ChoiceField(
        label=_("Does somebody else read that mail?"),
        help_text=_("If so, or if you do not know, we leave out even the link."),
        choices=OthersRead.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=_("Telephone"), required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )
    no_message = forms.BooleanField(
        label=_("Leave nothing on the answering machine, and nothing with others"), required=False
    )
    days = forms.MultipleChoiceField(
        label=_("Days on which it is safe"),
        help_text=_("None ticked: any day."),
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    since = forms.TimeField(
        label=pgettext_lazy("hours", "From"), required=False, error_messages={"invalid": _("Please write the hour like 10:00.")},
        widget=forms.TimeInput(attrs={"type": "time", "autocomplete": "off"}, format="%H:%M"),
    )  # fmt: skip
    until = forms.TimeField(
        label=pgettext_lazy("hours", "Until"), required=False,
        error_messages={"invalid": _("Please write the hour like 10:00.")},
        widget=forms.TimeInput(attrs={"type": "time", "autocomplete": "off"}, format="%H:%M"),
    )  # fmt: skip
    note = PlainText(
        label=_("Anything else we should mind"),
        help_text=_("For example: 家族には、市役所とだけ言ってください。"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    heard_of = forms.ChoiceField(
        label=_("How did you hear of us?"),
        required=False,
        choices=[(HeardOf.NOT_GIVEN, HeardOf.NOT_GIVEN.label), *(each for each in HeardOf.choices if each[0])],
    )

    def __init__(self, data: QueryDict | None = None, *, consultation: Consultation | None = None) -> None:
        super().__init__(data, auto_id="m_%s", initial=as_typed(consultation) if consultation else None)
        known: Any = self.fields["concerns"]
        known.choices = list(Concern.objects.values_list("code", "name"))
        if consultation is not None and consultation.life_stage not in dict(FINE_STAGES):
            coarse: Any = self.fields["life_stage"]  # somebody at the desk knew it less exactly
            coarse.choices = [*FINE_STAGES, (consultation.life_stage, consultation.get_life_stage_display())]

    def clean_mail(self) -> str:
        chosen = self.cleaned_data.get("way") == ContactWay.MAIL
        return tidy_email(self.cleaned_data["mail"]) if chosen else ""

    def clean_phone(self) -> str:
        raw = self.cleaned_data["phone"].strip()
        if not raw or self.cleaned_data.get("way") != ContactWay.PHONE:
            return ""
        number = phones.clean_phone(raw)
        if phones.phone(number).kind is phones.PhoneKind.SHORT:
            raise ValidationError(_("Please write the number with its area code, for example 0000-00-0001."))
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        way = data.get("way")
        if way == ContactWay.MAIL and not data.get("mail") and "mail" not in self.errors:
            self.add_error("mail", _("Please write the address, or choose that we send nothing."))
        if way == ContactWay.PHONE and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Please write the number, or choose that we do not call."))
        since, until = data.get("since"), data.get("until")
        if (since is None) != (until is None) and not {"since", "until"} & self.errors.keys():
            self.add_error("since" if since is None else "until", _("Please write both hours, or neither."))
        if since is not None and since == until:
            self.add_error("until", _("Both hours are the same. Please leave both empty if any hour is fine."))
        return data

    def said(self) -> Said:
        """What was added, in the domain's words. An address or number is kept only for the way that was chosen."""
        data = self.cleaned_data
        way = data["way"] or ContactWay.NONE
        return Said(
            route=data["route"],
            life_stage=data["life_stage"],
            heard_of=data["heard_of"],
            concerns=tuple(data["concerns"]),
            name=data["name"],
            contact=Contact(
                way=way,
                mail=data["mail"] if way == ContactWay.MAIL else "",
                phone=data["phone"] if way == ContactWay.PHONE else "",
                days=tuple(int(day) for day in data["days"]) if len(data["days"]) < len(DAYS) else (),
                since=f"{data['since']:%H:%M}" if data["since"] else "",
                until=f"{data['until']:%H:%M}" if data["until"] else "",
                no_message=data["no_message"],
                others_read=data["others_read"] or OthersRead.UNKNOWN,
                note=data["note"],
            ),
        )


def as_typed(consultation: Consultation) -> dict[str, Any]:
    """What is kept now, as the form shows it."""
    contact = Contact.read(consultation.contact)
    return {
        "name": consultation.name or "",
        "route": consultation.route,
        "life_stage": consultation.life_stage,
        "concerns": consultation.concerns,
        "heard_of": consultation.heard_of,
        "way": contact.way,
        "mail": contact.mail,
        "phone": phones.phone(contact.phone).display if contact.phone else "",
        "days": [str(day) for day in contact.days],
        "since": contact.since,
        "until": contact.until,
        "no_message": contact.no_message,
        "others_read": contact.others_read,
        "note": contact.note,
    }
