"""Readings in an emergency: who has to be told, and which case they open."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from casebook.enums import EMPTY_STATES, CaseState
from casebook.models import Case, EmergencyReading
from casebook.queries.people import roles_with
from cms import dates
from directory.models import RoleAssignment, User
from directory.roles import Permission

NEVER = (CaseState.DRAFT, *EMPTY_STATES)  # a draft is its author's alone, whatever happens; the others have no word


def witnesses(by: User) -> QuerySet[User]:
    """Who is told at once: the secretariat's keepers and the auditors, never the person who reads."""
    roles = roles_with(Permission.INCIDENTS_KEEP) | roles_with(Permission.AUDIT_READ)
    held = RoleAssignment.objects.active().filter(role__in=roles)
    return User.objects.filter(pk__in=held.values("user")).exclude(pk=by.pk)


def opened_case(reading: EmergencyReading) -> Case | None:
    """The case behind the glass. None: no such number, a draft, stopped, deleted, over, or closed to that organisation."""
    running = Q(expires_on__isnull=True) | Q(expires_on__gt=dates.today())
    rows = Case.objects.filter(running, number=reading.number, stopped_at=None).exclude(state__in=NEVER)
    if reading.by.organization_id is not None:
        rows = rows.exclude(excluded=reading.by.organization_id)
    return rows.first()
