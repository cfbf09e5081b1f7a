"""Writing a case."""

import json
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casebook.enums import (
    Audience,
    Consent,
    ConsentTime,
    Judge,
    LegalBasis,
    RelativeTime,
    Sex,
)
from casebook.enums import Body as Involved
from casebook.members.forms.codes import (
    EMPTY,
    HOUSEHOLDS,
    LIFE_STAGES,
    CodeField,
    combination,
    concern_choices,
    is_id,
    with_count,
)
from casebook.members.forms.guarded import GuardedForm, text
from casebook.models import Case
from casebook.queries import groups_of
from casebook.queries.audience import Reach, reach_of
from casebook.queries.risk import Box, box
from casebook.risk import Level, coarsened
from cms import dates
from directory.models import Body, Organization, RoleAssignment, User

MOST_CONCERNS = 3
TOO_FEW = _(
    "So few people fit this that it cannot go to so many. Say something more coarsely, or choose fewer readers."
)
#: Nothing is wrong with the form but what the check has found.
FOUND_BY_THE_CHECK = {("__all__", "open"), ("__all__", "rare"), ("audience", "stopped")}


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
        "consent_time",
        "judged_by",
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
    consent_time = forms.ChoiceField(
        label=_("When they agreed"), choices=[("", _("Please choose")), *ConsentTime.choices], required=False
    )
    judged_by = forms.ChoiceField(
        label=_("Who judged that"), choices=[("", _("Please choose")), *Judge.choices], required=False
    )
    life_stage = CodeField(label=_("Stage of life"), choices=LIFE_STAGES)
    household = CodeField(label=_("Household"), choices=HOUSEHOLDS)
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
        choices=Involved.choices,
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
        label=_("Who may read"), choices=Audience.choices, initial=Audience.CHOSEN, widget=forms.RadioSelect
    )
    group = forms.ModelChoiceField(
        label=_("Which working group"), queryset=Body.objects.none(), required=False, empty_label=_("Please choose")
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
        self.organization = case.organization if case else user.organization
        self.box: Box | None = None
        self.looked = ""  # the combination whose rarity the author has already answered for
        self.reach: Reach = reach_of(user)
        at_work = RoleAssignment.objects.active().values("user__organization")
        others = (
            Organization.objects.current(dates.today()).filter(pk__in=at_work).exclude(pk=user.organization_id or 0)
        )
        self._count_readers()
        self.fields["group"].queryset = groups_of(user)  # type: ignore[attr-defined]
        for name in ("shared_with", "excluded"):
            self.fields[name].queryset = others  # type: ignore[attr-defined]

    def _count_readers(self) -> None:
        """How many organisations each audience is, beside its name."""
        counts = {Audience.CORE.value: self.reach.of(Audience.CORE), Audience.ALL.value: self.reach.of(Audience.ALL)}
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            (code, with_count(label, counts[code]) if code in counts else label) for code, label in Audience.choices
        ]
        self.fields["group"].label_from_instance = lambda body: with_count(  # type: ignore[attr-defined]
            body.name, self.reach.of(Audience.GROUP, group=body.pk)
        )

    @staticmethod
    def initial_of(case: Case) -> dict[str, Any]:
        """What the form shows of a stored draft."""
        names = (*CaseForm.coded, *CaseForm.guarded)
        return {
            **{name: getattr(case, name) for name in names},
            "shared_with": case.shared_with.all(),
            "excluded": case.excluded.all(),
            "group": case.group_id,
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
        if "legal_basis" in self.errors:  # nothing of it will be stored: where to go is all that counts
            for name in set(self.errors) - {"legal_basis"}:
                del self.errors[name]
            return self.cleaned_data
        cleaned = super().clean()
        if cleaned.get("audience") == Audience.CHOSEN and not cleaned.get("shared_with"):
            self.add_error("shared_with", _("Please choose at least one organisation."))
        if cleaned.get("audience") == Audience.GROUP and not cleaned.get("group"):
            self.add_error("group", _("Please choose the working group."))
        if cleaned.get("consent") == Consent.ORAL and not cleaned.get("consent_time"):
            self.add_error("consent_time", _("Please choose roughly when they agreed."))
        if cleaned.get("consent") == Consent.NOT_NEEDED and not cleaned.get("judged_by"):
            self.add_error("judged_by", _("Please choose who judged that no consent is needed."))
        if not {"life_stage", "household", "sex", "concerns", "audience"} & set(self.errors):
            self._clean_rarity(cleaned)
        return cleaned

    def _clean_rarity(self, cleaned: dict[str, Any]) -> None:
        """Say one field more coarsely if that was chosen; stop what fits too few; ask once about what fits few."""
        step = self.data.get("coarsen", "")
        if step:
            self._coarsen(cleaned, step)
        audience = self.reach.as_good_as(
            cleaned["audience"],
            group=cleaned["group"].pk if cleaned.get("group") else None,
            chosen=[each.pk for each in cleaned.get("shared_with") or ()],
            excluded=[each.pk for each in cleaned.get("excluded") or ()],
        )
        self.box = box(cleaned, self.organization, audience, choosing=True)
        answered = "coarsen" in self.data or self.data.get("looked") == combination(cleaned)
        self.looked = combination(cleaned) if answered else ""
        if self.box.risk.stopped:
            self.add_error("audience", ValidationError(TOO_FEW, code="stopped"))
        elif self.box.risk.level != Level.GREEN and not answered:
            words = _("Please choose what shall be said more coarsely, or that it stays as it is.")
            self.add_error(None, ValidationError(words, code="rare"))

    def _coarsen(self, cleaned: dict[str, Any], step: str) -> None:
        """The chosen step, also in the form that comes back."""
        try:
            coarser = coarsened(cleaned, step)
        except ValueError:
            return  # said of codes that were changed meanwhile: the box asks again
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name in ("life_stage", "household", "sex"):
            data[name] = coarser[name]
        data.setlist("concerns", coarser["concerns"])
        self.data = data
        cleaned.update(coarser)

    @property
    def only_to_look(self) -> bool:
        """Nothing is wrong but what the check has found: marks to decide about, a combination to look at."""
        found = {(name, error.code) for name, errors in self.errors.as_data().items() for error in errors}
        return bool(found) and found <= FOUND_BY_THE_CHECK

    @property
    def has_rare(self) -> bool:
        """The combination still has to be answered for."""
        return self.has_error("__all__", "rare")

    @property
    def reach_data(self) -> str:
        """For the script that counts the readers while one chooses: ids of organisations, as the ticks have them."""
        reach = self.reach
        seats = {str(body): sorted(found & reach.all) for body, found in reach.seats.items()}
        return json.dumps({"own": reach.own, "all": sorted(reach.all), "core": sorted(reach.core), "seats": seats})

    @property
    def reached(self) -> int:
        """How many organisations may read it, as it stands on the page."""
        group, audience = self["group"].value(), self["audience"].value()
        return self.reach.of(
            audience if audience in Audience.values else Audience.CHOSEN,
            group=int(group) if str(group or "").isdecimal() else None,
            chosen=self._ticked("shared_with"),
            excluded=self._ticked("excluded"),
        )

    def _ticked(self, name: str) -> set[int]:
        return {int(getattr(value, "pk", value)) for value in self[name].value() or () if is_id(value)}

    @property
    def coded_values(self) -> dict[str, Any]:
        """The codes, as `actions.cases.write` takes them."""
        return {name: self.cleaned_data[name] for name in self.coded}
