"""Who hears of minutes: a line in the workspace, without a word of what they say."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from directory.actions import notifications
from directory.enums import BodyRole
from directory.models import BodyMembership, RoleAssignment, User
from workshops.enums import AttendanceRole
from workshops.models import Meeting, Minutes
from workshops.models.meetings import KEEPING
from workshops.models.minutes import CAME

KIND = "minutes"
OPENED, PROPOSED, ANSWERED, CONFIRMED = "opened", "proposed", "answered", "confirmed"


def tell(minutes: Minutes, what: str, *, people: Iterable[User], step: str) -> int:
    """One line for each of them; the same step is told once."""
    key = f"minutes:{minutes.meeting_id}:{what}:{step}"
    until = minutes.amend_until.isoformat() if what == OPENED and minutes.amend_until else None
    return notifications.notify(kind=KIND, people=people, target=minutes.meeting_id, key=key, what=what, until=until)


def keepers(meeting: Meeting) -> list[User]:
    """Who keeps the meeting: the body's office, else the secretariat."""
    offices = BodyMembership.objects.filter(body=meeting.body_id, role=BodyRole.OFFICE, until=None)
    keeping = RoleAssignment.objects.active().filter(role__in=KEEPING).values("user")
    own = User.objects.filter(is_active=True, pk__in=keeping, organization__in=offices.values("organization"))
    return list(own) or secretariat()


def secretariat() -> list[User]:
    """The people of the secretariat."""
    holders = RoleAssignment.objects.active().filter(role="secretariat").values("user")
    return list(User.objects.filter(is_active=True, pk__in=holders).order_by("pk"))


def those_who_answer(minutes: Minutes) -> list[User]:
    """Who takes a proposed change in, or not: the chair, where one has a login, and who keeps the meeting."""
    chair = Q(role=AttendanceRole.CHAIR, mode__in=CAME)
    chairs = minutes.meeting.attendance.filter(chair).values("people")
    return [*keepers(minutes.meeting), *User.objects.filter(pk__in=chairs, is_active=True)]
