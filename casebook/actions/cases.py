"""Writing a case, handing it in, taking it back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from casebook.actions.guarding import cleared, kept
from casebook.actions.news import tell
from casebook.actions.purging import purge
from casebook.enums import CaseState, Consent, LegalBasis
from casebook.models import TEXTS, Case
from casebook.permissions import can_edit, can_submit, can_take_back_to_draft, can_withdraw, can_write
from casebook.queries import first_readers_of, office_first_readers
from casebook.queries.audience import audience_of
from casebook.queries.risk import assess
from casebook.risk import Risk
from cms import audit, dates
from cms.guard import Dismissal, Kind
from cms.guard.marking import places_of
from directory.models import Body, Organization, User

CODED = ("life_stage", "household", "sex", "concerns", "involved", "relative_time", "consent", "audience")
CONSENTED = {"consent_time": Consent.ORAL, "judged_by": Consent.NOT_NEEDED}  # which ground asks for which code
NUMBERS_TRIED = 5
MOST_REWRITTEN = 500


class NoSuchReader(Exception):
    """The first reader is not a colleague who may read it; or there are colleagues and none was asked."""


class TooRare(Exception):
    """So few people fit the coded fields that the whole partnership may not read it (CB-04)."""


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
    group: Body | None = None,
    dismissals: Iterable[Dismissal] = (),
    rewritten: Iterable[tuple[str, str]] = (),
) -> Case:
    """Store a draft: a new one, or the words of an own one.

    `rewritten`: kind and new wording of the marks that were rewritten on the way. Raises PermissionDenied, NotAnonymous, OpenFindings,
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
    for name, ground in CONSENTED.items():
        setattr(case, name, coded.get(name, "") if case.consent == ground else "")
    for name in TEXTS:
        setattr(case, name, texts[name])
    case.dismissals = kept(found.dismissals)
    _note_rewritten(case, rewritten)
    case.group, case.changed_at = group, dates.now()
    _save_with_number(case)
    case.shared_with.set(shared_with)
    case.excluded.set([organization for organization in excluded if organization.pk != case.organization_id])
    audit.record("case.written" if new else "case.edited", by=by, target=case, dismissed=len(found.dismissals))
    return case


def _note_rewritten(case: Case, rewritten: Iterable[tuple[str, str]]) -> None:
    """Add to what earlier rounds rewrote, as far as it stands in the texts that the guard has just cleared.

    A wording that was itself rewritten may be a name; the page may send anything. Only "left out" ("") has no place.
    """
    found = [*(case.rewritten or ()), *([kind, wording] for kind, wording in rewritten)]
    case.rewritten = [pair for pair in found if not pair[1] or _stands(case, *pair)][-MOST_REWRITTEN:]
    case.changed = dict(Counter(kind for kind, _wording in case.rewritten))


def _stands(case: Case, kind: str, wording: str) -> bool:
    return any(True for text in case.texts.values() for _place in places_of(wording, Kind(kind), text))


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
def submit(*, by: User, case: Case, first_reader: User | None = None) -> Case:
    """Hand a draft in: to the colleague who reads it first, or to the secretariat where the author has none.

    The guard reads once more: what it knows may have grown. The mail holds no word of the case.
    Raises PermissionDenied, NoSuchReader, OpenFindings, GuardUnavailable, TooRare.
    """
    case = locked(case)
    if not can_submit(by, case):
        raise PermissionDenied
    colleagues = first_readers_of(author=by, organization=case.organization)
    if (first_reader is None) == colleagues.exists() or (first_reader is not None and first_reader not in colleagues):
        raise NoSuchReader
    cleared(case.texts, case.dismissed)
    common_enough(case)
    case.state, case.submitted_at, case.reviewer_note = CaseState.FIRST, dates.now(), None
    case.first_reader, case.first_read_by, case.first_read_at = first_reader, None, None
    case.save()
    audit.record("case.submitted", by=by, target=case)
    tell(case, "first", office_first_readers(case) if first_reader is None else [first_reader])
    return case


def common_enough(case: Case) -> Risk:
    """How rare the coded fields are with the tables of today. Raises TooRare where they stop this audience."""
    found = assess(case, case.organization, audience_of(case))
    if found.stopped:
        raise TooRare
    return found


@transaction.atomic
def take_back_to_draft(*, by: User, case: Case) -> Case:
    """The author goes on writing a case that nobody shares yet; whoever was reading it sees it no more."""
    case = locked(case)
    if not can_take_back_to_draft(by, case):
        raise PermissionDenied
    back_to_draft(case)
    audit.record("case.taken_back", by=by, target=case)
    return case


def back_to_draft(case: Case, *, note: str | None = None) -> None:
    """A draft again, as if nobody had read it. The caller holds the row."""
    case.state, case.reviewer_note = CaseState.DRAFT, note
    case.first_reader = case.first_read_by = case.reviewer = case.released_by = None
    case.first_read_at = case.opens_at = None
    case.changed_at = dates.now()  # its time as a draft begins anew (actions/keeping.py)
    case.save()


@transaction.atomic
def withdraw(*, by: User, case: Case) -> Case:
    """Take a case back: its words, answers and notes are gone for everybody, at once. Row and number stay."""
    case = locked(case)
    if not can_withdraw(by, case):
        raise PermissionDenied
    purge(case, state=CaseState.WITHDRAWN, by=by)
    audit.record("case.withdrawn", by=by, target=case)
    return case
