"""How long a case is kept: its half year, its last day, drafts that nobody touches."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from casebook.actions.cases import back_to_draft, locked
from casebook.actions.news import tell
from casebook.actions.purging import purge
from casebook.actions.release import REVIEW_AFTER
from casebook.enums import SHARED_STATES, CaseState
from casebook.models import Case
from casebook.models.cases import CaseQuerySet
from casebook.permissions import can_keep_on
from cms import audit, dates
from directory.actions.notifications import notify
from directory.models import User

WARNED_AFTER, DELETED_AFTER = dt.timedelta(days=60), dt.timedelta(days=90)  # since a draft was last written
ASKED_NEWS, FADING_NEWS = "case_still_needed", "draft_fading"


@transaction.atomic
def still_needed(*, by: User, case: Case) -> Case:
    """The author looked again: the question still stands for half a year, never past the last day."""
    case = locked(case)
    if not can_keep_on(by, case):
        raise PermissionDenied
    last = case.expires_on or dates.today()
    case.review_on = min(dates.today() + REVIEW_AFTER, last)
    case.save(update_fields=["review_on"])
    audit.record("case.still_needed", by=by, target=case, until=case.review_on.isoformat())
    return case


def every_night(now: dt.datetime) -> dict[str, int]:
    """What the clock does to cases; each case in a transaction of its own."""
    return {
        "cases_expired": expire_due(dates.jst(now).date()),
        "cases_given_back": give_back_unread(now),
        "drafts_deleted": delete_old_drafts(now),
        "drafts_fading": warn_of_old_drafts(now),
        "cases_to_look_at": ask_authors(dates.jst(now).date()),
    }


def expire_due(on: dt.date) -> int:
    """Cases whose last day has come are emptied. A stopped one waits for its verdict: the secretariat still needs it."""
    due = Case.objects.filter(state__in=SHARED_STATES, expires_on__lte=on, stopped_at=None).order_by("pk")
    return sum(_emptied(pk, "case.expired", due) for pk in list(due.values_list("pk", flat=True)))


def delete_old_drafts(now: dt.datetime) -> int:
    """Drafts that nobody wrote at for ninety days."""
    due = Case.objects.filter(state=CaseState.DRAFT, changed_at__lte=now - DELETED_AFTER).order_by("pk")
    return sum(_emptied(pk, "case.faded", due) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _emptied(pk: object, action: str, due: CaseQuerySet) -> bool:
    case = due.still(pk)
    if case is None:  # somebody wrote, stopped or withdrew it in the meantime
        return False
    purge(case, state=CaseState.EXPIRED, by=None)
    audit.record(action, by=None, target=case)
    return True


def give_back_unread(now: dt.datetime) -> int:
    """Handed in, and nobody has read it for ninety days: its author's draft again, which fades like any other.

    So no words are kept for ever because a reader or an author has left.
    """
    waited = now - DELETED_AFTER
    first = Q(state=CaseState.FIRST, submitted_at__lte=waited)
    check = Q(state=CaseState.SUBMITTED, first_read_at__lte=waited)
    due = Case.objects.filter(first | check, stopped_at=None).order_by("pk")
    return sum(_given_back(pk, due) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _given_back(pk: object, due: CaseQuerySet) -> bool:
    case = due.still(pk)
    if case is None:  # somebody read, stopped or withdrew it in the meantime
        return False
    back_to_draft(case)
    audit.record("case.unread", by=None, target=case)
    tell(case, "returned", [case.author])
    return True


def warn_of_old_drafts(now: dt.datetime) -> int:
    """A month before a draft is deleted its author hears of it, once for each time it was written."""
    old = Case.objects.filter(
        state=CaseState.DRAFT, changed_at__lte=now - WARNED_AFTER, changed_at__gt=now - DELETED_AFTER
    )
    return sum(
        notify(
            kind=FADING_NEWS,
            people=[case.author],
            target=case.pk,
            key=f"case:{case.pk}:fading:{case.changed_at:%Y%m%d%H%M%S}",
        )
        for case in old.select_related("author").order_by("pk")
    )


def ask_authors(on: dt.date) -> int:
    """Released cases whose day has come: does it still hold? Once for each such day."""
    due = Case.objects.filter(state=CaseState.RELEASED, review_on__lte=on, expires_on__gt=on, stopped_at=None)
    return sum(
        notify(
            kind=ASKED_NEWS,
            people=[case.author],
            target=case.pk,
            key=f"case:{case.pk}:look:{case.review_on}",
        )
        for case in due.select_related("author").order_by("pk")
    )


def deleted_on(case: Case) -> dt.date:
    """The day on which a draft is deleted if nobody writes at it."""
    return dates.jst(case.changed_at + DELETED_AFTER).date()
