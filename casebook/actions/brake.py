"""The brake: one press, and nobody but the secretariat sees the case (CB-15)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casebook.actions.cases import locked
from casebook.actions.copies import recall
from casebook.actions.incident_news import tell_author, tell_office
from casebook.models import Act, Case, Incident, IncidentStep, StopReason
from casebook.permissions import can_stop
from casebook.queries import can_see
from casebook.queries.incidents import has_read
from cms import audit, dates
from directory.models import User


@transaction.atomic
def stop(*, by: User, case: Case) -> Incident:
    """Hide a case at once and open its incident. Pressed again, or by two at one moment: still one incident.

    Raises PermissionDenied for somebody who could not see the case before it was stopped.
    """
    case = locked(case)
    incident = Incident.objects.undecided().filter(case=case).first()
    if incident is not None:
        if not has_read(by, case):
            raise PermissionDenied
        _press(incident, by)
        return incident
    if not (can_stop(by, case) and can_see(by, case)):
        raise PermissionDenied
    return _stopped(by, case)


def _stopped(by: User, case: Case) -> Incident:
    case.stopped_at = dates.now()
    case.save(update_fields=["stopped_at"])
    incident = Incident.objects.create(
        case=case, opened_by=by, opened_for=by.organization, opened_at=case.stopped_at, aware_on=dates.today()
    )
    _press(incident, by)
    audit.record("case.stopped", by=by, target=case, incident=incident.number)
    tell_office(incident, "stopped", without=by)
    tell_author(case, incident, "stopped")
    recall(case)
    return incident


def _press(incident: Incident, by: User) -> None:
    IncidentStep.objects.get_or_create(incident=incident, by=by, act=Act.PRESSED)


@transaction.atomic
def say_why(*, by: User, incident: Incident, reason: str) -> None:
    """Who pressed may say why, by a code, until it is decided. Said again, the last word holds."""
    held = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if held.verdict or not held.steps.filter(act=Act.PRESSED, by=by).exists():
        raise PermissionDenied
    code = str(StopReason(reason))
    IncidentStep.objects.update_or_create(
        incident=held, by=by, act=Act.REASON, defaults={"code": code, "at": dates.now(), "done_on": dates.today()}
    )
    audit.record("incident.reason", by=by, target=held, reason=code)
