"""出欠: answers beforehand, the list on the day, and those who come without a seat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit
from cms.dates import now
from directory.models import Department, Organization
from workshops.actions.meetings import kept
from workshops.enums import AttendanceMode, AttendanceRole, MeetingState
from workshops.models import Attendance, Meeting

MOST_PEOPLE = 500
#: What somebody may say beforehand, and what the list of the day holds.
ANSWERS = (AttendanceMode.VENUE, AttendanceMode.ONLINE, AttendanceMode.ABSENT)


@dataclass(frozen=True)
class Entered:
    """One line of the list on the day."""

    pk: int
    mode: str
    headcount: int | None = None


@transaction.atomic
def reply(*, by: Any, meeting: Meeting, row: int, mode: str, expected: int | None = None) -> Attendance:
    """Say for the own organisation, or one of its departments, whether and how many come. Until it begins.

    Raises PermissionDenied for a foreign row, ValidationError by field.
    """
    by.forget_roles()
    seen = Meeting.objects.visible_to(by).filter(pk=meeting.pk).order_by().first()
    if seen is None or by.organization_id is None:
        raise PermissionDenied
    found = seen.attendance.filter(organization=by.organization_id, pk=row).first()
    if found is None:
        raise PermissionDenied
    if seen.state != MeetingState.CALLED or (seen.starts_at and seen.starts_at <= now()):
        raise ValidationError({"": [_("The meeting has begun. Please tell the office.")]})
    if mode not in ANSWERS:
        raise ValidationError({"mode": [_("Please choose whether you come.")]})
    found.reply = mode
    found.expected = None if mode == AttendanceMode.ABSENT else _count(expected)
    found.replied_by, found.replied_at = by, now()
    found.save()
    return found


@transaction.atomic
def enter(*, by: Any, meeting: Meeting, lines: Iterable[Entered]) -> int:
    """The list as it was on the day. How many lines were changed."""
    meeting = kept(by, meeting)
    wanted = {line.pk: line for line in lines}
    changed = 0
    for row in meeting.attendance.filter(pk__in=wanted).select_related("replied_by"):
        line = wanted[row.pk]
        if line.mode not in AttendanceMode.values:
            raise ValidationError({"": [_("Please choose whether they came.")]})
        count = None if line.mode in (AttendanceMode.ABSENT, AttendanceMode.ASKED) else _count(line.headcount)
        if (row.mode, row.headcount) != (line.mode, count):
            row.mode, row.headcount = line.mode, count
            row.save(update_fields=["mode", "headcount"])
            changed += 1
        if row.department_id:  # of a whole city hall only who answered was there; else the organisation stands for all
            row.people.set([row.replied_by] if row.came and row.replied_by else [])
    audit.record("meeting.attendance_entered", by=by, target=meeting, changed=changed)
    return changed


@transaction.atomic
def add_people(*, by: Any, meeting: Meeting, title: str, role: str, headcount: int | None) -> Attendance:
    """People without a seat, counted under a title: press, guests, 民生委員. Never a private person's name."""
    meeting = kept(by, meeting)
    if not title.strip():
        raise ValidationError({"title": [_("Please write what they are, for example: press.")]})
    there = meeting.state == MeetingState.HELD or meeting.is_over
    row = Attendance.objects.create(
        meeting=meeting,
        title=title.strip(),
        role=role if role in AttendanceRole.values else AttendanceRole.GUEST,
        mode=AttendanceMode.VENUE if there else AttendanceMode.ASKED,
        headcount=_count(headcount),
    )
    if row.role == AttendanceRole.PRESS and not meeting.with_press:
        meeting.with_press = True
        meeting.save(update_fields=["with_press"])
    audit.record("meeting.people_added", by=by, target=meeting, role=row.role)
    return row


@transaction.atomic
def invite(
    *, by: Any, meeting: Meeting, departments: Iterable[Department], organizations: Iterable[Organization] = ()
) -> None:
    """Put departments, or organisations without a seat, on the list. Who is there already stays as they are."""
    meeting = kept(by, meeting)
    there = set(meeting.attendance.values_list("department", flat=True))
    rows = [
        Attendance(meeting=meeting, organization_id=each.organization_id, department=each)
        for each in departments
        if each.pk not in there
    ]
    plain = set(meeting.attendance.filter(department=None, title="").values_list("organization", flat=True))
    rows += [
        Attendance(meeting=meeting, organization=each, role=AttendanceRole.GUEST)
        for each in organizations
        if each.pk not in plain
    ]
    Attendance.objects.bulk_create(rows)
    audit.record("meeting.invited", by=by, target=meeting, rows=len(rows))


@transaction.atomic
def strike(*, by: Any, meeting: Meeting, row: int) -> None:
    """Take a line off the list: it was a mistake."""
    meeting = kept(by, meeting)
    meeting.attendance.filter(pk=row).delete()
    audit.record("meeting.row_struck", by=by, target=meeting)


def _count(number: int | None) -> int | None:
    if number is not None and not 0 <= number <= MOST_PEOPLE:
        raise ValidationError({"headcount": [_("Please write a number from 0 to %(most)s.") % {"most": MOST_PEOPLE}]})
    return number
