"""Verbs about meetings: prepare one, change it, call it, call it off, and say that it was held."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit
from cms.dates import jst, today
from directory.enums import BodyRole
from directory.models import Body, BodyMembership
from workshops.actions import meeting_news as news
from workshops.enums import AttendanceMode, AttendanceRole, LegalBasis, MeetingAudience, MeetingState
from workshops.models import AgendaItem, Attendance, Meeting
from workshops.queries.meetings import bodies_kept_by, people_of

ROLES = {BodyRole.CHAIR: AttendanceRole.CHAIR, BodyRole.OFFICE: AttendanceRole.OFFICE}
#: What a calendar entry says: when one of these changes, everybody is told.
TOLD = ("starts_at", "ends_at", "place", "online_url")


@transaction.atomic
def prepare(*, by: Any, body: Body, **fields: Any) -> Meeting:
    """A draft that only its keepers see. The departments of the body's last meeting are on its list.

    Raises PermissionDenied, or ValidationError by field.
    """
    if not bodies_kept_by(by).filter(pk=body.pk).exists():
        raise PermissionDenied
    meeting = Meeting(body=body, called_by=by, **fields)
    _check(meeting)
    meeting.save()
    _seat_departments(meeting)
    audit.record("meeting.prepared", by=by, target=meeting)
    return meeting


@transaction.atomic
def change(*, by: Any, meeting: Meeting, **fields: Any) -> Meeting:
    """Other words, another day or place. Once it is called, a new day or place is told to everybody."""
    meeting = kept(by, meeting)
    before = {name: getattr(meeting, name) for name in TOLD}
    for name, value in fields.items():
        setattr(meeting, name, value)
    _check(meeting)
    if meeting.state == MeetingState.CALLED and meeting.starts_at is None:
        raise ValidationError({"starts_at": [_("It is called already: please leave a day, or call it off.")]})
    moved = meeting.state == MeetingState.CALLED and before != {name: getattr(meeting, name) for name in TOLD}
    if moved:
        meeting.sequence += 1
        meeting.happened_on = jst(meeting.starts_at).date().isoformat() if meeting.starts_at else ""
    meeting.save()
    if moved:
        news.tell(meeting, news.MOVED, people=people_of(meeting), step=str(meeting.sequence))
    audit.record("meeting.changed", by=by, target=meeting)
    return meeting


@transaction.atomic
def call(*, by: Any, meeting: Meeting) -> Meeting:
    """The day is set: everybody who belongs to it stands on its list and is told."""
    meeting = kept(by, meeting)
    if meeting.state not in (MeetingState.DRAFT, MeetingState.POLL):
        raise ValidationError({"": [_("It is called already.")]})
    if meeting.starts_at is None:
        raise ValidationError({"": [_("Please set a day first, or look for one together.")]})
    meeting.state = MeetingState.CALLED
    meeting.sequence += 1
    meeting.happened_on = jst(meeting.starts_at).date().isoformat()
    meeting.save()
    seat_everybody(meeting)
    news.tell(meeting, news.CALLED, people=people_of(meeting), step=str(meeting.sequence))
    audit.record("meeting.called", by=by, target=meeting)
    return meeting


@transaction.atomic
def call_off(*, by: Any, meeting: Meeting) -> Meeting:
    """It is not held. Who knew of it is told; a draft just ends."""
    meeting = kept(by, meeting)
    if meeting.state in (MeetingState.HELD, MeetingState.CANCELLED):
        raise ValidationError({"": [_("It is over already.")]})
    was_known = meeting.state != MeetingState.DRAFT
    meeting.state = MeetingState.CANCELLED
    meeting.sequence += was_known
    meeting.save()
    if was_known:
        news.tell(meeting, news.OFF, people=people_of(meeting), step=str(meeting.sequence))
    audit.record("meeting.called_off", by=by, target=meeting)
    return meeting


@transaction.atomic
def hold(*, by: Any, meeting: Meeting) -> Meeting:
    """It took place. Who answered beforehand and was not entered on the day counts as they said."""
    meeting = kept(by, meeting)
    if meeting.state == MeetingState.HELD:
        return meeting
    if meeting.state != MeetingState.CALLED or meeting.starts_at is None or jst(meeting.starts_at).date() > today():
        raise ValidationError({"": [_("This can be written on the day of the meeting, or after it.")]})
    meeting.state = MeetingState.HELD
    meeting.save()
    for row in meeting.attendance.filter(mode=AttendanceMode.ASKED).exclude(reply=AttendanceMode.ASKED):
        row.mode, row.headcount = row.reply, row.headcount if row.headcount is not None else row.expected
        row.save(update_fields=["mode", "headcount"])
    audit.record("meeting.held", by=by, target=meeting)
    return meeting


@transaction.atomic
def write_past(*, by: Any, body: Body, happened_on: str, points: list[dict[str, Any]], **fields: Any) -> Meeting:
    """A meeting that took place before this house knew of it, as exactly as its day is known."""
    meeting = prepare(by=by, body=body, happened_on=happened_on, **fields)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
    meeting.state = MeetingState.HELD
    for order, point in enumerate(points, start=1):
        AgendaItem.objects.create(meeting=meeting, order=order, **point)
    return meeting


def kept(by: Any, meeting: Meeting) -> Meeting:
    """The meeting as it stands, locked, for somebody who keeps it. Raises PermissionDenied."""
    by.forget_roles()
    row = Meeting.objects.select_for_update().filter(pk=meeting.pk).order_by()
    found = row.filter(pk__in=Meeting.objects.kept_by(by).order_by().values("pk")).first()
    if found is None:
        raise PermissionDenied
    return found


def seat_everybody(meeting: Meeting) -> None:
    """A row for each organisation that belongs to it, and for each title that sits in the body. Nobody twice."""
    there = set(meeting.attendance.filter(department=None, title="").values_list("organization", flat=True))
    seats = BodyMembership.objects.on(today()).filter(body=meeting.body_id)
    roles = {seat.organization_id: ROLES.get(BodyRole(seat.role), AttendanceRole.MEMBER) for seat in seats}
    named = meeting.attendance.exclude(department=None).values_list("organization", flat=True)
    wanted = sorted(meeting.belonging() - there - set(named))
    rows = [Attendance(meeting=meeting, organization_id=pk, role=roles.get(pk, AttendanceRole.MEMBER)) for pk in wanted]
    if meeting.audience == MeetingAudience.BODY:
        known = set(meeting.attendance.exclude(title="").values_list("title", flat=True))
        titles = {seat.title for seat in seats if seat.title} - known
        rows += [Attendance(meeting=meeting, title=title) for title in sorted(titles)]
    Attendance.objects.bulk_create(rows)


def _seat_departments(meeting: Meeting) -> None:
    before = Meeting.objects.filter(body=meeting.body_id).exclude(pk=meeting.pk).order_by("-created_at").first()
    if before is None:
        return
    again = before.attendance.filter(department__isnull=False, department__ended_on=None)
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, organization_id=row.organization_id, department_id=row.department_id, role=row.role)
        for row in again
    )


def _check(meeting: Meeting) -> None:
    """Raises ValidationError by field."""
    if meeting.legal_basis != LegalBasis.ANONYMOUS and meeting.purpose:
        raise ValidationError({"purpose": [elsewhere()]})
    if meeting.ends_at and not meeting.starts_at:
        raise ValidationError({"starts_at": [_("Please write when it begins.")]})
    if meeting.ends_at and meeting.starts_at and meeting.ends_at < meeting.starts_at:
        raise ValidationError({"ends_at": [_("The end is before the beginning.")]})
    same = Meeting.objects.filter(body=meeting.body_id, number=meeting.number).exclude(pk=meeting.pk)
    if meeting.number is not None and same.exists():
        raise ValidationError({"number": [_("This body has a meeting with this number already.")]})


def elsewhere() -> str:
    """Where what is said under another law belongs."""
    return _("Under this law nothing about people is written here. It belongs into the records of that conference.")
