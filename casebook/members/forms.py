"""Forms for members. Every one with words in it lets the guard read them, and comes back with the marks."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casebook.enums import (
    Audience,
    Body,
    Consent,
    Household,
    LegalBasis,
    LifeStage,
    Outcome,
    RelativeTime,
    Sex,
    Stance,
)
from casebook.models import Case
from casebook.queries import concern_names
from cms import dates
from cms.guard.forms import GuardedForm as AnyGuardedForm
from directory.models import Organization, RoleAssignment, User
from directory.queries.names import known_names

EMPTY = [("", _("Please choose"))]
MOST_CONCERNS = 3


def concern_choices() -> list[tuple[str, str]]:
    """The city's list of concerns, in its order."""
    return list(concern_names().items())


def text(label: Any, *, rows: int, longest: int, help_text: Any = "", required: bool = True) -> forms.CharField:
    """A text field of a few lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=longest, required=required)


class GuardedForm(AnyGuardedForm):
    """The guard looks for everything it knows, and for the names of organisations."""

    known_names = staticmethod(known_names)


class CaseForm(GuardedForm):
    """A case: coarse codes, four short texts, the audience."""

    guarded = ("headline", "situation", "tried", "asked")
    coded: ClassVar[tuple[str, ...]] = (
        "life_stage",
        "household",
        "sex",
        "concerns",
        "involved",
        "relative_time",
        "legal_basis",
        "consent",
        "audience",
    )

    legal_basis = forms.ChoiceField(
        label=_("Legal basis"),
        choices=LegalBasis.choices,
        initial=LegalBasis.ANONYMOUS,
        widget=forms.RadioSelect,
        help_text=_("Only anonymous cases can be written here."),
    )
    consent = forms.ChoiceField(
        label=_("Why it may be told"), choices=Consent.choices, widget=forms.RadioSelect, initial=None
    )
    life_stage = forms.ChoiceField(label=_("Stage of life"), choices=[*EMPTY, *LifeStage.choices])
    household = forms.ChoiceField(label=_("Household"), choices=[*EMPTY, *Household.choices])
    sex = forms.ChoiceField(
        label=_("Sex"), choices=Sex.choices, required=False, help_text=_("Only where the question needs it.")
    )
    relative_time = forms.ChoiceField(label=_("Since the first consultation"), choices=[*EMPTY, *RelativeTime.choices])
    concerns = forms.MultipleChoiceField(
        label=_("What is hard"),
        choices=concern_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to three. The more you tick, the fewer people it can be."),
    )
    involved = forms.MultipleChoiceField(
        label=_("Who is involved already"),
        choices=Body.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kinds only, no names."),
    )
    headline = forms.CharField(
        label=_("In one line"), max_length=40, help_text=_("What is hard, not who. Up to 40 characters.")
    )
    situation = text(
        _("The situation now"),
        rows=6,
        longest=600,
        help_text=_("Persons are A, B, C. No names, ages, dates, streets. Up to 600 characters."),
    )
    tried = text(_("What was tried"), rows=4, longest=400, required=False, help_text=_("Up to 400 characters."))
    asked = text(
        _("What we ask"),
        rows=3,
        longest=300,
        help_text=_("One question to the others, so that they can answer “we can”. Up to 300 characters."),
    )
    audience = forms.ChoiceField(
        label=_("Who may read"), choices=Audience.choices, initial=Audience.CORE, widget=forms.RadioSelect
    )
    shared_with = forms.ModelMultipleChoiceField(
        label=_("Chosen organisations"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for “chosen organisations”."),
    )
    excluded = forms.ModelMultipleChoiceField(
        label=_("Organisations that shall not read it"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where somebody might know the person: relatives, workplace, neighbours."),
    )

    def __init__(self, *args: Any, user: User, case: Case | None = None, **kwargs: Any) -> None:
        if case is not None:
            kwargs.setdefault("initial", self.initial_of(case))
        super().__init__(*args, stored=case.dismissed if case else (), **kwargs)
        at_work = RoleAssignment.objects.active().values("user__organization")
        others = (
            Organization.objects.current(dates.today()).filter(pk__in=at_work).exclude(pk=user.organization_id or 0)
        )
        for name in ("shared_with", "excluded"):
            self.fields[name].queryset = others  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(case: Case) -> dict[str, Any]:
        """What the form shows of a stored draft."""
        names = (*CaseForm.coded, *CaseForm.guarded)
        return {
            **{name: getattr(case, name) for name in names},
            "shared_with": case.shared_with.all(),
            "excluded": case.excluded.all(),
        }

    def clean_legal_basis(self) -> str:
        """Anything but "none" leads elsewhere; the words stay on the page and are not stored."""
        basis: str = self.cleaned_data["legal_basis"]
        if basis != LegalBasis.ANONYMOUS:
            raise ValidationError(
                _(
                    "Such a case does not belong here: its text is not stored. Please speak with the secretariat about the conference."
                )
            )
        return basis

    def clean_concerns(self) -> list[str]:
        """At most three."""
        concerns: list[str] = self.cleaned_data["concerns"]
        if len(concerns) > MOST_CONCERNS:
            raise ValidationError(_("Please choose up to three."))
        return concerns

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("audience") == Audience.CHOSEN and not cleaned.get("shared_with"):
            self.add_error("shared_with", _("Please choose at least one organisation."))
        return cleaned

    @property
    def coded_values(self) -> dict[str, Any]:
        """The codes, as `actions.cases.write` takes them."""
        return {name: self.cleaned_data[name] for name in self.coded}


class OfferForm(GuardedForm):
    """An answer for the own organisation."""

    guarded = ("text",)

    stance = forms.ChoiceField(label=_("Our answer"), choices=Stance.choices, widget=forms.RadioSelect)
    text = text(
        _("What we can do"),
        rows=4,
        longest=400,
        required=False,
        help_text=_("Up to 400 characters. If it is difficult now, you need not give a reason."),
    )
    due_on = forms.DateField(
        label=_("By when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Until when this answer holds, or when you can begin."),
    )

    def clean_due_on(self) -> Any:
        """Not in the past."""
        due = self.cleaned_data["due_on"]
        if due and due < dates.today():
            raise ValidationError(_("This day is over. Please choose today or later."))
        return due

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        stance = cleaned.get("stance")
        if stance and stance != Stance.CANNOT_NOW and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Please write in a few words what you can do."))
        return cleaned


class ReturnForm(GuardedForm):
    """What the author should say more coarsely."""

    guarded = ("note",)

    note = text(
        _("Words to the author"),
        rows=4,
        longest=400,
        help_text=_("Seen by the author alone. Please write no names here either. Up to 400 characters."),
    )


class ReleaseForm(forms.Form):
    """The reviewer's checklist (domain 2B); nothing of it is stored but that it was done."""

    aloud = forms.BooleanField(label=_("Read aloud, it brings no single face to mind"))
    family = forms.BooleanField(label=_("Family, friends and helpers could not say who it is"))
    news = forms.BooleanField(label=_("It does not point to news or an event"))
    needless = forms.BooleanField(label=_("Nothing in it that the question does not need"))
    audience = forms.BooleanField(label=_("The reason it may be told fits those who may read it"))


class CloseForm(GuardedForm):
    """What came of it."""

    guarded = ("note",)

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    note = text(
        _("In a few words"),
        rows=3,
        longest=300,
        required=False,
        help_text=_("What helped. Readers see it until the case is deleted. Up to 300 characters."),
    )
