"""Codes of a case as fields of a form: what may be left unwritten, what must be chosen."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casebook.enums import Household, LifeStage
from casebook.queries import concern_names
from casebook.risk import COARSE

LONGEST_ID = 19
LEFT = "-"  # "please choose": the empty code means "not written", which is a choice of its own
EMPTY = [(LEFT, _("Please choose"))]
#: The fine stages first, then the coarser ones, then none.
LIFE_STAGES = [
    *EMPTY,
    (_("In rough bands"), [(stage.value, stage.label) for stage in LifeStage if stage.value[:1] == "l"]),
    (_("More coarsely"), [(stage.value, stage.label) for stage in LifeStage if stage.value in COARSE]),
    (LifeStage.NOT_GIVEN.value, LifeStage.NOT_GIVEN.label),
]


def concern_choices() -> list[tuple[str, str]]:
    """The city's list of concerns, in its order."""
    return list(concern_names().items())


def is_id(value: Any) -> bool:
    """An organisation, or the number of one as it was sent."""
    return hasattr(value, "pk") or (str(value).isdecimal() and len(str(value)) < LONGEST_ID)


def with_count(label: Any, count: int) -> str:
    """An audience and how many organisations it is."""
    return ngettext("%(label)s (%(count)s organisation)", "%(label)s (%(count)s organisations)", count) % {
        "label": label,
        "count": count,
    }


def combination(coded: Mapping[str, Any]) -> str:
    """The codes that narrow down, as one word: so that the same question is asked once."""
    return ".".join([coded["life_stage"], coded["household"], coded["sex"], *sorted(coded["concerns"])])


class CodeField(forms.ChoiceField):
    """A code that must be chosen, where the empty code is one of the choices ("not written")."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=LEFT, **kwargs)

    def validate(self, value: str) -> None:
        """Choosing nothing is no choice; what is not in the list neither."""
        if value == LEFT:
            raise ValidationError(_("Please choose. You may also leave it unwritten."))
        if not self.valid_value(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})


HOUSEHOLDS = [*EMPTY, *Household.choices]
