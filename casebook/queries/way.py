"""Where a case stands on its way from the first line to its readers; for its author."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casebook.enums import CaseState, Verdict
from casebook.models import Case, ReviewDecision
from cms import dates

ORDER = (CaseState.DRAFT, CaseState.FIRST, CaseState.SUBMITTED, CaseState.APPROVED)


@dataclass(frozen=True)
class Way:
    """`place` counts the points of the track that lie behind (0: the draft). Days are those of Japan."""

    place: int
    state: CaseState
    reader: str = ""  # the colleague who reads first; "" = the secretariat
    opens_on: dt.date | None = None
    opens_in: int = 0  # days: 0 = today, 1 = tomorrow
    refused: ReviewDecision | None = None
    by_office: bool = False

    @property
    def point(self) -> int:
        """Where the track stands: a kept draft has been checked, so the next one to read it is due."""
        return self.place + 1 if self.state != CaseState.DRAFT else 1


def way_of(case: Case) -> Way | None:
    """None for a case that has arrived, or is gone."""
    if case.state not in ORDER:
        return None
    state = CaseState(case.state)
    opens_on = dates.jst(case.opens_at).date() if case.opens_at else None
    last = case.decisions.first() if state == CaseState.DRAFT else None
    return Way(
        place=ORDER.index(state),
        state=state,
        reader=case.first_reader.name if state == CaseState.FIRST and case.first_reader else "",
        opens_on=opens_on,
        opens_in=(opens_on - dates.today()).days if opens_on else 0,
        by_office=state != CaseState.DRAFT and case.first_reader_id is None,
        refused=last if last is not None and last.verdict == Verdict.REFUSE else None,
    )
