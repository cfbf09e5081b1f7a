"""Forms about stopped cases and papers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casebook.members.forms.guarded import GuardedForm, text
from casebook.models import Act, CopyState, Incident, Ruling, StopReason, Suspicion
from casebook.models.incidents import BY_HAND
from cms import dates

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StopReasonForm(forms.Form):
    """Why somebody pressed. Nobody has to say."""

    reason = forms.ChoiceField(label=_("What made you press?"), choices=StopReason.choices, widget=forms.RadioSelect)


class SettleForm(forms.Form):
    """What became of a paper."""

    state = forms.ChoiceField(choices=CopyState.choices)


class FactsForm(forms.Form):
    """The three answers of the law, and since when one knows."""

    sensitive = forms.ChoiceField(
        label=_("Are there sensitive facts (illness, disability, a crime suffered)?"),
        choices=Suspicion.choices,
        widget=forms.RadioSelect,
    )
    many = forms.ChoiceField(
        label=_("Is it about more than 100 people?"), choices=Suspicion.choices, widget=forms.RadioSelect
    )
    malicious = forms.ChoiceField(
        label=_("Did somebody do it on purpose?"), choices=Suspicion.choices, widget=forms.RadioSelect
    )
    aware_on = forms.DateField(
        label=_("Known since"),
        widget=DATE,
        help_text=_("The day on which somebody first knew. It counts as the first day."),
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        names = ("sensitive", "many", "malicious", "aware_on")
        kwargs["initial"] = {name: getattr(incident, name) for name in names}
        super().__init__(*args, **kwargs)
        self.latest = dates.jst(incident.opened_at).date()

    def clean_aware_on(self) -> Any:
        """Not after the stop: whoever pressed knew."""
        day = self.cleaned_data["aware_on"]
        if day > self.latest:
            raise ValidationError(_("The case was stopped before that day. Please give that day or an earlier one."))
        return day


class StepForm(GuardedForm):
    """Something that was done."""

    guarded = ("note",)

    act = forms.ChoiceField(label=_("What was done"), choices=[(act, Act(act).label) for act in BY_HAND])
    done_on = forms.DateField(label=_("When"), widget=DATE)
    note = text(
        _("In a few words"),
        rows=3,
        longest=300,
        required=False,
        help_text=_("Without names. It is deleted with the words of the case. Up to 300 characters."),
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"done_on": dates.today()})
        super().__init__(*args, **kwargs)
        self.since = incident.aware_on

    def clean_done_on(self) -> Any:
        """Between the day of awareness and today."""
        day = self.cleaned_data["done_on"]
        if day > dates.today():
            raise ValidationError(_("This day has not come yet."))
        if day < self.since:
            raise ValidationError(_("On that day nobody knew of it yet."))
        return day


class VerdictForm(GuardedForm):
    """What becomes of the case."""

    guarded = ("note",)

    verdict = forms.ChoiceField(label=_("What becomes of the case"), choices=Ruling.choices, widget=forms.RadioSelect)
    note = text(
        _("Words to the author"),
        rows=3,
        longest=300,
        required=False,
        help_text=_("Only when it is to be mended: what to say more coarsely. No names. Up to 300 characters."),
    )

    def __init__(self, *args: Any, verdicts: list[Ruling], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [(str(each), each.label) for each in verdicts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        mend = cleaned.get("verdict") == Ruling.MEND
        if mend and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Please tell the author in a few words what to change."))
        return cleaned
