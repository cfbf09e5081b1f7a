"""Words planted in every noun of a case (tests/traces.py searches for them)."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from casebook.models import Access, Case
from cms import dates
from directory.enums import DeclineReason
from directory.models import Handover, Organization, User
from tests.traces import Planting, dump, elsewhere, found, opened, rows_as_they_lie, sealed

__all__ = ["Planted", "dump", "elsewhere", "found", "nouns", "opened", "readings", "rows_as_they_lie"]

# What a case leaves behind, on purpose: cards that hold no way back to it.
SURVIVES = frozenset({"LearningCard"})
# Figures and the tables behind them speak of no case.
NOT_OF_CASES = frozenset({"Clientele", "Population", "Prevalence", "RiskTable", "Tally"})


def nouns() -> list[type[models.Model]]:
    """Every model of this room that holds words."""
    found = apps.get_app_config("casebook").get_models()
    return [model for model in found if sealed(model) and model.__name__ not in SURVIVES]


class Planted(Planting):
    """A case with a word of its own in every encrypted column of every noun, in a hand-over and in a waiting form."""

    together = {"Question": ("answer", "answered_at", "answered_by")}

    def __init__(self, case: Case) -> None:
        super().__init__({Case: case, User: case.author, Organization: case.organization})
        self.case = case
        self.plant_all(nouns())
        other = Organization.objects.exclude(pk=case.organization_id).order_by("pk").first()
        handed = Handover.objects.create(
            kind="case",
            subject=case.pk,
            from_organization=case.organization,
            to_organization=other,
            proposed_by=case.author,
            answer_by=dates.today(),
            state="declined",
            reason=DeclineReason.values[0],
            answered_by=case.author,
            answered_at=dates.now(),
            ended_by=case.author,
            ended_at=dates.now(),
        )
        self.plant(Handover, Handover.objects.filter(pk=handed.pk))
        self.leave_a_form()

    def leave_a_form(self) -> None:
        """The author's session had ended while they were writing."""
        self.wait_in_session(f"/members/cases/{self.case.pk}/edit/", "situation", self.case.author)

    def value_for(self, field: Any) -> Any:
        """Papers bear the number of the case."""
        return self.case.number if field.name == "number" else super().value_for(field)


def readings(case: Case) -> int:
    """Lines of the access log about it: they stay, and hold ids only."""
    return Access.objects.of_case(case.pk).count()
