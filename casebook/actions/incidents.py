"""Handling a stopped case: what was done, what the law wants by when, what becomes of it (CB-15)."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casebook.actions.cases import back_to_draft, locked
from casebook.actions.guarding import cleared, kept
from casebook.actions.incident_news import tell_author, tell_office, thank
from casebook.actions.news import tell
from casebook.actions.purging import purge
from casebook.enums import EMPTY_STATES, CaseState
from casebook.models import Act, Case, Incident, IncidentStep, Ruling, Suspicion
from casebook.models.incidents import BY_HAND, Deadline
from casebook.queries.incidents import verdicts_open_to
from cms import audit, dates
from cms.guard import Dismissal
from directory.models import User
from directory.permissions import can
from directory.roles import Permission

# How many days before a report is due the secretariat hears of it again: from the third day on, and in the last week.
REMINDED = {Act.QUICK: (2, 1, 0), Act.FULL: (7, 2, 1, 0)}
WEEK = 7


class NotYet(Exception):
    """Something has to be written down before the incident may be closed."""


class InTheFuture(Exception):
    """Nothing is done on a day that has not come; and what was done was not done before anybody knew."""


def _held(by: User, incident: Incident) -> Incident:
    if not can(by, Permission.INCIDENTS_KEEP):
        raise PermissionDenied
    held = Incident.objects.select_for_update(of=("self",)).select_related("case").get(pk=incident.pk)
    if held.ended_at is not None:
        raise PermissionDenied
    return held


@transaction.atomic
def note_looked(*, by: User, incident: Incident) -> None:
    """The first time each person of the secretariat opens it."""
    if incident.ended_at is None and can(by, Permission.INCIDENTS_KEEP):
        IncidentStep.objects.get_or_create(incident=incident, by=by, act=Act.LOOKED)


@transaction.atomic
def write_facts(
    *, by: User, incident: Incident, sensitive: str, many: str, malicious: str, aware_on: dt.date
) -> Incident:
    """What is known so far; the clock follows. `aware_on` may only be an earlier day than the stop, never a later one."""
    held = _held(by, incident)
    if aware_on > dates.jst(held.opened_at).date():
        raise InTheFuture
    held.sensitive, held.many, held.malicious = Suspicion(sensitive), Suspicion(many), Suspicion(malicious)
    held.aware_on = aware_on
    held.save(update_fields=["sensitive", "many", "malicious", "aware_on"])
    IncidentStep.objects.create(incident=held, act=Act.FACTS, by=by)
    audit.record(
        "incident.facts", by=by, target=held, sensitive=sensitive, many=many, malicious=malicious,
        aware_on=aware_on.isoformat(),
    )  # fmt: skip
    return held


@transaction.atomic
def write_step(
    *,
    by: User,
    incident: Incident,
    act: str,
    done_on: dt.date,
    note: str = "",
    dismissals: Iterable[Dismissal] = (),
) -> IncidentStep:
    """Write down what was done. Raises PermissionDenied, InTheFuture, OpenFindings, GuardUnavailable."""
    held = _held(by, incident)
    if act not in BY_HAND:
        raise PermissionDenied
    if not held.aware_on <= done_on <= dates.today():
        raise InTheFuture
    found = cleared({"note": note}, dismissals)
    step = IncidentStep.objects.create(
        incident=held,
        act=Act(act),
        done_on=done_on,
        by=by,
        note=note or None,
        dismissals=kept(found.dismissals) or None,
    )
    audit.record("incident.step", by=by, target=held, act=act, on=done_on.isoformat())
    return step


@transaction.atomic
def rule(
    *, by: User, incident: Incident, verdict: str, note: str = "", dismissals: Iterable[Dismissal] = ()
) -> Incident:
    """Say what becomes of the case; a person with a name does. `note` is for the author of a case to be mended.

    Raises PermissionDenied for whoever may not decide this, OpenFindings, GuardUnavailable.
    """
    case = locked(incident.case)
    held = _held(by, incident)
    held.case = case
    if verdict not in verdicts_open_to(by, held):
        raise PermissionDenied
    cleared({"note": note}, dismissals)
    held.verdict, held.ruled_by, held.ruled_at = Ruling(verdict), by, dates.now()
    held.save(update_fields=["verdict", "ruled_by", "ruled_at"])
    IncidentStep.objects.create(incident=held, act=Act.RULED, code=held.verdict, by=by)
    audit.record("incident.ruled", by=by, target=held, verdict=verdict, case=str(case.pk))
    CARRIED_OUT[held.verdict](case, held, note)
    thank(held)
    return held


def _show_again(case: Case, incident: Incident, note: str) -> None:
    """As it was: no reader hears of it, nothing is counted anew."""
    case.stopped_at = None
    case.save(update_fields=["stopped_at"])
    tell_author(case, incident, "shown")


def _mend(case: Case, incident: Incident, note: str) -> None:
    """A draft with all its words: after the change it goes through both checks again."""
    case.stopped_at = case.released_at = case.review_on = case.expires_on = case.ended_at = None
    case.outcome, case.outcome_note = "", None
    back_to_draft(case, note=note or None)
    tell(case, "returned", [case.author])


def _erase(case: Case, incident: Incident, note: str) -> None:
    case.stopped_at = None
    purge(case, state=CaseState.WITHDRAWN, by=incident.ruled_by)
    tell_author(case, incident, "deleted")


CARRIED_OUT = {Ruling.UNFOUNDED: _show_again, Ruling.MEND: _mend, Ruling.ERASE: _erase}


@transaction.atomic
def end(*, by: User, incident: Incident) -> Incident:
    """Close it: decided, and reported where the law wants a report. Raises NotYet, PermissionDenied.

    Where the case is gone, the few words about its handling go now.
    """
    held = _held(by, incident)
    if held.missing(held.steps.all()):
        raise NotYet
    held.ended_by, held.ended_at = by, dates.now()
    held.save(update_fields=["ended_by", "ended_at"])
    IncidentStep.objects.create(incident=held, act=Act.ENDED, by=by)
    if held.case.state in EMPTY_STATES:
        empty_notes(held.case)
    audit.record("incident.ended", by=by, target=held)
    return held


def empty_notes(case: Case) -> None:
    """The purger of this noun: acts, codes and days stay, words do not."""
    IncidentStep.objects.filter(incident__case=case).update(note=None, dismissals=None)


def remind_due(on: dt.date) -> int:
    """Every night: reports whose day comes near, and once a week those whose day is over. How many were told."""
    running = Incident.objects.running().prefetch_related("steps").order_by("pk")
    return sum(
        tell_office(incident, f"{deadline.act}-{stage}")
        for incident in running
        for deadline in incident.deadlines(incident.steps.all())
        if deadline.is_open and (stage := stage_of(deadline, on)) is not None
    )


def stage_of(deadline: Deadline, on: dt.date) -> str | None:
    """A code for how near it is: the smallest number of days of REMINDED that is not below it; "late" and the week."""
    left = deadline.days_left(on)
    if left < 0:
        return f"late{(-left - 1) // WEEK}"
    near = [days for days in REMINDED[deadline.act] if left <= days]
    return str(min(near)) if near else None
