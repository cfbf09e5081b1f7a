"""Counting: once when a case opens, once when it closes. What is counted is never taken off again."""

import datetime as dt

from django.db.models import F

from casebook.enums import TallyEvent, TallyOf
from casebook.models import Case, Tally
from casebook.queries.tallies import Quarter, coarse_stage


def count_opened(case: Case, *, at: dt.datetime) -> None:
    """A case went out. In the caller's transaction."""
    _count(Quarter.of(at), TallyEvent.OPENED, case)


def count_closed(case: Case, *, at: dt.datetime) -> None:
    """A case came to its end; its outcome is counted too."""
    _count(Quarter.of(at), TallyEvent.CLOSED, case)


def _count(quarter: Quarter, event: TallyEvent, case: Case) -> None:
    cells = [(TallyOf.ALL, ""), (TallyOf.STAGE, coarse_stage(case.life_stage))]
    cells += [(TallyOf.CONCERN, code) for code in sorted(set(case.concerns))]
    if event == TallyEvent.CLOSED:
        cells.append((TallyOf.OUTCOME, case.outcome))
    for dimension, code in cells:
        add(quarter, event, dimension, code)


def add(quarter: Quarter, event: str, dimension: str, code: str, number: int = 1) -> None:
    """Raise one counter; two people at one moment are both counted."""
    row, _made = Tally.objects.get_or_create(
        fiscal_year=quarter.year, quarter=quarter.number, event=event, dimension=dimension, code=code
    )
    Tally.objects.filter(pk=row.pk).update(count=F("count") + number)
