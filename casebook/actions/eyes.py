"""Writing down who read what, before it is shown: no line, no text. And the budget of readings, which never forgets one.

What counts: each line of the last hour, whatever it is about. Opening a case counts one, printing it another one; a page
of a list or of cases found shows headlines only and counts one, however many stand on it.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction

from casebook.enums import Eye
from casebook.models import Access, Case
from casebook.queries.people import keepers
from cms import audit, dates
from cms.models import AuditEvent, ChainHead
from directory.actions.notifications import notify
from directory.models import User

HOUR = dt.timedelta(hours=1)
MANY, STOPPED = "reading.many", "reading.stopped"
READING_NEWS = {MANY: "reading_many", STOPPED: "reading_stopped"}


class BudgetSpent(Exception):
    """This person has opened as much within an hour as anybody may. casebook.middleware answers with a calm page."""

    def __init__(self, reader: User, count: int) -> None:
        super().__init__("as much as anybody may within an hour")
        self.reader, self.count = reader, count


def note_reading(*, by: User, case: Case, how: Eye = Eye.VIEW) -> Access:
    """One line for one reading. Raises BudgetSpent, BrokenChain; then nothing may be shown."""
    return _note(by=by, how=how, case=case.pk)


def note_print(*, by: User, case: Case, copy: str = "") -> Access:
    """One line for one print; `copy` is the number that stands on the paper."""
    return _note(by=by, how=Eye.PRINT, case=case.pk, copy=copy)


def note_list(*, by: User, cases: Iterable[UUID], how: Eye = Eye.LIST) -> Access | None:
    """One line for a page of a list (Eye.LIST) or of cases found (Eye.SEARCH). An empty page shows nothing: no line."""
    shown = [str(case) for case in cases]
    return _note(by=by, how=how, cases=shown) if shown else None


def note_export(*, by: User) -> Access:
    """One line for figures that leave the house."""
    return _note(by=by, how=Eye.EXPORT)


def _note(*, by: User, how: Eye, case: UUID | None = None, cases: Iterable[str] = (), copy: str = "") -> Access:
    now = dates.now()
    with transaction.atomic():
        head = ChainHead.objects.held(Access.CHAIN)  # held first: what is counted below is the truth
        spent = Access.objects.filter(user=by.pk, at__gt=now - HOUR).count()
        if spent < settings.CASES_AN_HOUR_STOP:
            row = Access(
                case=case, cases=list(cases), user=by.pk, organization=by.organization_id, how=how, copy=copy, at=now
            )
            row.join(head)
            if spent + 1 >= settings.CASES_AN_HOUR_ALARM:
                _alarm(MANY, by, spent + 1)
            return row
    spent_now = BudgetSpent(by, spent)
    report(spent_now)
    raise spent_now


@transaction.atomic
def report(spent: BudgetSpent) -> None:
    """The keepers hear that somebody was stopped. Asked again by the middleware: a form's transaction takes its own
    report back when it ends with the exception."""
    _alarm(STOPPED, spent.reader, spent.count)


def _alarm(action: str, reader: User, count: int) -> None:
    """The keepers hear of it: once an hour and person."""
    since = dates.now() - HOUR
    if AuditEvent.objects.filter(action=action, actor=str(reader.pk), at__gt=since).exists():
        return
    act = audit.record(action, by=reader, count=count)
    notify(
        kind=READING_NEWS[action],
        people=keepers().exclude(pk=reader.pk),
        target=reader.pk,
        key=f"{READING_NEWS[action]}:{act.pk}",
        count=count,
    )
