"""Before others read: the first reader, then the anonymity reviewer; then it goes out with the others."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casebook.actions.cases import NoSuchReader, TooRare, back_to_draft, common_enough, locked
from casebook.actions.guarding import cleared
from casebook.actions.news import tell
from casebook.actions.tallies import count_opened
from casebook.enums import CaseState, Check, FlagChoice, Refusal, Verdict
from casebook.models import Case, ReviewDecision
from casebook.permissions import can_read_first, can_release
from casebook.queries import can_see, readers_of, reviewers_of
from casebook.queries.audience import audience_of
from casebook.queries.flags import Flag, flagged
from casebook.queries.risk import assess
from cms import audit, dates
from cms.guard import Dismissal
from directory.models import User

__all__ = [
    "NoSuchReader",
    "NotFinished",
    "Said",
    "TooRare",
    "ask_again",
    "assign",
    "give_back",
    "next_opening",
    "open_due",
    "pass_on",
    "refuse",
    "release",
]

REVIEW_AFTER = relativedelta(months=6)
KEPT_FOR = relativedelta(years=1)
OPENS = dt.time(8)  # JST: released cases appear together, so that no hour tells who released or wrote them


def next_opening(after: dt.datetime) -> dt.datetime:
    """The next morning's hour at which released cases go out."""
    day = dates.jst(after).date()
    opening = dt.datetime.combine(day, OPENS, tzinfo=dates.JST)
    return opening if opening > after else opening + dt.timedelta(days=1)


def _for_first_reading(by: User, case: Case) -> Case:
    case = locked(case)
    if not (can_read_first(by, case) and can_see(by, case)):
        raise PermissionDenied
    return case


@transaction.atomic
def pass_on(*, by: User, case: Case) -> Case:
    """The first reader finds nobody in it: on to the anonymity check. Raises OpenFindings, GuardUnavailable."""
    case = _for_first_reading(by, case)
    cleared(case.texts, case.dismissed)
    case.state, case.first_read_by, case.first_read_at = CaseState.SUBMITTED, by, dates.now()
    case.save(update_fields=["state", "first_read_by", "first_read_at"])
    audit.record("case.passed_on", by=by, target=case)
    tell(case, "submitted", reviewers_of(case))
    return case


@transaction.atomic
def ask_again(*, by: User, case: Case, note: str, dismissals: Iterable[Dismissal] = ()) -> Case:
    """The first reader asks the author to say it more coarsely. The note is seen by the author alone."""
    case = _for_first_reading(by, case)
    return _returned(by, case, note, dismissals)


def _held_for(by: User, case: Case) -> Case:
    case = locked(case)
    if not (can_release(by, case) and can_see(by, case)):
        raise PermissionDenied
    return case


@dataclass(frozen=True)
class Said:
    """What a reviewer says: to every mark (key → code), the boxes ticked."""

    flags: Mapping[str, str] = field(default_factory=dict)
    checks: Collection[str] = ()


class NotFinished(Exception):
    """It may not go out yet: marks that were not found fine, boxes that were not ticked."""

    def __init__(self, *, flags: list[Flag], checks: list[Check]) -> None:
        super().__init__("marks or boxes are left")
        self.flags, self.checks = flags, checks


@transaction.atomic
def release(*, by: User, case: Case, said: Said = Said()) -> Case:
    """It may go out, and does so with the others at the next opening.

    Raises PermissionDenied for the author and the first reader, whatever their roles; OpenFindings and GuardUnavailable
    as everywhere: what the guard cannot read is not released; NotFinished; TooRare with the tables of today.
    """
    case = _held_for(by, case)
    cleared(case.texts, case.dismissed)
    found = flagged(case)
    missing(found.flags, said)
    common_enough(case)
    _decided(by, case, Verdict.RELEASE, found.flags, said)
    case.state, case.released_by, case.reviewer = CaseState.APPROVED, by, by
    case.opens_at = next_opening(dates.now())
    case.save(update_fields=["state", "released_by", "reviewer", "opens_at"])
    audit.record("case.released", by=by, target=case, dismissed=len(case.dismissed))
    return case


def missing(flags: list[Flag], said: Said) -> None:
    """Raise NotFinished unless every mark was found fine and every box is ticked."""
    left = [flag for flag in flags if said.flags.get(flag.key) != FlagChoice.FINE]
    unticked = [check for check in Check if check not in said.checks]
    if left or unticked:
        raise NotFinished(flags=left, checks=unticked)


@transaction.atomic
def give_back(*, by: User, case: Case, note: str, dismissals: Iterable[Dismissal] = (), said: Said = Said()) -> Case:
    """Ask the author to say it more coarsely. The note is seen by the author alone, and passes the guard too."""
    case = _held_for(by, case)
    _decided(by, case, Verdict.RETURN, flagged(case).flags, said)
    return _returned(by, case, note, dismissals)


@transaction.atomic
def refuse(
    *,
    by: User,
    case: Case,
    reason: str,
    note: str = "",
    dismissals: Iterable[Dismissal] = (),
    said: Said = Said(),
) -> Case:
    """It does not go out: a draft again, with a coded reason; its author is told where such a thing can be discussed."""
    case = _held_for(by, case)
    _decided(by, case, Verdict.REFUSE, flagged(case).flags, said, refusal=Refusal(reason))
    return _returned(by, case, note, dismissals)


def _decided(
    by: User, case: Case, verdict: Verdict, flags: list[Flag], said: Said, *, refusal: Refusal | str = ""
) -> ReviewDecision:
    """Keep what was decided, and how rare the case was at that moment: codes, never a word of it."""
    risk = assess(case, case.organization, audience_of(case))
    return ReviewDecision.objects.create(
        case=case,
        reviewer=by,
        at=dates.now(),
        round=case.decisions.count() + 1,
        verdict=verdict,
        refusal=refusal,
        flags=[
            {"key": flag.key, "kind": str(flag.kind), "said": said.flags[flag.key]}
            for flag in flags
            if said.flags.get(flag.key) in FlagChoice.values
        ],
        checks=[str(check) for check in Check if check in said.checks],
        level=risk.level.value,
        persons=risk.persons,
    )


@transaction.atomic
def assign(*, by: User, case: Case, reviewer: User | None) -> Case:
    """The secretariat says who checks a waiting case; then nobody else sees it. None: whoever comes first."""
    case = locked(case)
    if not Case.objects.assignable_by(by).filter(pk=case.pk).exists():
        raise PermissionDenied
    if reviewer is not None and not reviewers_of(case).filter(pk=reviewer.pk).exists():
        raise NoSuchReader
    case.reviewer = reviewer
    case.save(update_fields=["reviewer"])
    audit.record("case.assigned", by=by, target=case, free=int(reviewer is None))
    if reviewer is not None and reviewer != by:
        tell(case, "submitted-for", [reviewer])
    return case


def open_due(*, at: dt.datetime) -> int:
    """Open what was released before this moment's opening. Each case in a transaction of its own: how many."""
    due = Case.objects.filter(state=CaseState.APPROVED, opens_at__lte=at, stopped_at=None).order_by("pk")
    return sum(_open(pk, at) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _open(pk: UUID, at: dt.datetime) -> bool:
    case = Case.objects.select_for_update(of=("self",)).select_related("organization").get(pk=pk)
    if case.state != CaseState.APPROVED or case.stopped_at is not None:
        return False
    today = dates.jst(at).date()
    case.state, case.released_at = CaseState.RELEASED, at
    case.review_on, case.expires_on = today + REVIEW_AFTER, today + KEPT_FOR
    case.save(update_fields=["state", "released_at", "review_on", "expires_on"])
    count_opened(case, at=at)
    audit.record("case.opened", by=None, target=case)
    tell(case, "released", readers_of(case))
    return True


def _returned(by: User, case: Case, note: str, dismissals: Iterable[Dismissal]) -> Case:
    cleared({"note": note}, dismissals)
    back_to_draft(case, note=note or None)
    audit.record("case.returned", by=by, target=case)
    tell(case, "returned", [case.author])
    return case
