"""Writing a case, handing it in, closing it, taking it back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from casebook.actions.guarding import cleared, kept
from casebook.actions.news import tell
from casebook.enums import CaseState, LegalBasis, OfferState, Outcome
from casebook.models import TEXTS, Case, Offer
from casebook.permissions import can_close, can_edit, can_submit, can_withdraw, can_write
from casebook.queries import reviewers_of
from cms import audit, dates
from cms.guard import Dismissal
from directory.models import Organization, User

CODED = ("life_stage", "household", "sex", "concerns", "involved", "relative_time", "consent", "audience")
NUMBERS_TRIED = 5


class NotAnonymous(Exception):
    """The case is said to rest on another legal basis: its text does not belong here (CB-17)."""


def locked(case: Case) -> Case:
    """The row as it is now, held until the end of the transaction."""
    return Case.objects.select_for_update(of=("self",)).select_related("organization").get(pk=case.pk)


@transaction.atomic
def write(
    *,
    by: User,
    case: Case | None = None,
    coded: Mapping[str, Any],
    texts: Mapping[str, str],
    shared_with: Iterable[Organization] = (),
    excluded: Iterable[Organization] = (),
    dismissals: Iterable[Dismissal] = (),
    changed: Mapping[str, int] | None = None,
) -> Case:
    """Store a draft: a new one, or the words of an own one.

    `changed` counts the marks that were rewritten on the way. Raises PermissionDenied, NotAnonymous, OpenFindings,
    GuardUnavailable; then nothing is stored.
    """
    if coded.get("legal_basis", LegalBasis.ANONYMOUS) != LegalBasis.ANONYMOUS:
        raise NotAnonymous
    if case is not None:
        case = locked(case)
    if not (can_write(by) if case is None else can_edit(by, case)):
        raise PermissionDenied
    found = cleared(texts, dismissals)
    new = case is None
    case = case or Case(organization=by.organization, author=by)
    for name in CODED:
        setattr(case, name, coded[name])
    for name in TEXTS:
        setattr(case, name, texts[name])
    case.dismissals = kept(found.dismissals)
    case.changed = dict(Counter(case.changed) + Counter(changed or {}))
    _save_with_number(case)
    case.shared_with.set(shared_with)
    case.excluded.set([organization for organization in excluded if organization.pk != case.organization_id])
    audit.record("case.written" if new else "case.edited", by=by, target=case, dismissed=len(found.dismissals))
    return case


def _save_with_number(case: Case) -> None:
    """Five and a half million numbers: a clash is rare, and tried again."""
    for attempt in range(NUMBERS_TRIED):
        try:
            with transaction.atomic():
                case.save()
        except IntegrityError:
            if not case._state.adding or attempt == NUMBERS_TRIED - 1:
                raise
            case.number = Case._meta.get_field("number").get_default()
        else:
            return


@transaction.atomic
def submit(*, by: User, case: Case) -> Case:
    """Hand a draft in. The guard reads once more: what it knows may have grown. Reviewers get a mail without a word of it."""
    case = locked(case)
    if not can_submit(by, case):
        raise PermissionDenied
    cleared(case.texts, case.dismissed)
    case.state, case.submitted_at, case.reviewer_note = CaseState.SUBMITTED, dates.now(), None
    case.save(update_fields=["state", "submitted_at", "reviewer_note"])
    audit.record("case.submitted", by=by, target=case)
    tell(case, "submitted", reviewers_of(case))
    return case


@transaction.atomic
def close(*, by: User, case: Case, outcome: str, note: str = "", dismissals: Iterable[Dismissal] = ()) -> Case:
    """Say what came of it. Open answers end; those who helped are told."""
    case = locked(case)
    if not can_close(by, case):
        raise PermissionDenied
    cleared({"note": note}, dismissals)
    now = dates.now()
    case.state, case.ended_at, case.outcome = CaseState.CLOSED, now, Outcome(outcome)
    case.outcome_note = note or None
    case.save(update_fields=["state", "ended_at", "outcome", "outcome_note"])
    accepted = User.objects.filter(offers__case=case, offers__state=OfferState.ACCEPTED).distinct()
    helpers = list(accepted)
    Offer.objects.filter(case=case, state=OfferState.OFFERED).update(state=OfferState.DECLINED, decided_at=now)
    audit.record("case.closed", by=by, target=case, outcome=str(outcome))
    tell(case, "closed", helpers)
    return case


@transaction.atomic
def withdraw(*, by: User, case: Case) -> Case:
    """Take a case back: its words, answers and notes are gone for everybody, at once. Row and number stay."""
    case = locked(case)
    if not can_withdraw(by, case):
        raise PermissionDenied
    purge_words(case)
    case.state, case.ended_at = CaseState.WITHDRAWN, dates.now()
    case.save()
    audit.record("case.withdrawn", by=by, target=case)
    return case


def purge_words(case: Case) -> None:
    """Empty everything a person wrote, and the answers with it. The caller saves the case."""
    for name in (*TEXTS, "dismissals", "reviewer_note", "outcome_note"):
        setattr(case, name, None)
    case.offers.all().delete()
