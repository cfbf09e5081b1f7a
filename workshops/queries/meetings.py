"""Questions about meetings: whom they ask, who hears of them, what comes next for a person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from cms import dates
from directory.enums import BodyRole, Tier
from directory.models import Body, Membership, RoleAssignment, User
from workshops.enums import Asked, AttendanceMode, MeetingAudience, MeetingState
from workshops.models import AgendaItem, Attendance, DayMark, Meeting, Paper, Summary
from workshops.models.meetings import KEEPING, WORKING, seats_held


def bodies_kept_by(user: Any) -> QuerySet[Body]:
    """Bodies whose meetings this person may call: the secretariat all, the office of a body its own."""
    roles = user.active_roles() if user.is_authenticated else set()
    if "secretariat" in roles:
        return Body.objects.all()
    if not (user.is_authenticated and user.organization_id and roles & set(KEEPING)):
        return Body.objects.none()
    return seats_held(user.organization_id, role=BodyRole.OFFICE)


def next_number(body: Body) -> int:
    """The number that follows the highest one of the body."""
    return (Meeting.objects.filter(body=body).aggregate(highest=Max("number"))["highest"] or 0) + 1


def asking(user: Any) -> QuerySet[Meeting]:
    """Meetings this person sees that ask the own organisation: by its seat, its tier, or by name. One query."""
    own, today = user.organization_id, dates.today()
    if own is None:
        return Meeting.objects.none()
    wanted = Q(pk__in=Attendance.objects.filter(organization=own).values("meeting"))
    wanted |= Q(audience=MeetingAudience.BODY, body__in=seats_held(own))
    held = set(Membership.objects.on(today).filter(organization=own).values_list("tier", flat=True))
    if held:
        wanted |= Q(audience=MeetingAudience.MEMBERS)
    if Tier.CORE in held:
        wanted |= Q(audience=MeetingAudience.CORE)
    return Meeting.objects.visible_to(user).filter(wanted)


def people_of(meeting: Meeting) -> list[User]:
    """Everybody who is told: people with a working role in the organisations that are asked, and may see it. Constant."""
    named = Attendance.objects.filter(meeting=meeting, organization__isnull=False).values("organization")
    roles = RoleAssignment.objects.active().filter(role__in=(*WORKING, "secretariat"))
    if meeting.audience == MeetingAudience.CORE:
        roles = roles.filter(Q(role__in=("member", "secretariat")) | Q(user__organization__in=named))
    people = User.objects.filter(is_active=True, organization__in=meeting.invited())
    return list(people.filter(pk__in=roles.order_by().values("user")).select_related("organization"))


def meetings_of_a_member(user: Any, *, since: dt.date) -> QuerySet[Meeting]:
    """For a calendar: meetings with a day that ask the own organisation, those called off included. One query."""
    rows = asking(user).exclude(state__in=[MeetingState.DRAFT, MeetingState.POLL])
    return rows.filter(starts_at__gte=dt.datetime.combine(since, dt.time(), dates.JST)).order_by("starts_at", "pk")


# --- for the home ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NextMeeting:
    """A meeting that lies ahead. `answer`: what the own organisation said ("asked": nothing yet, "": it is not asked)."""

    meeting: Meeting
    answer: str
    points: int

    @property
    def words(self) -> str:
        """The answer as a label."""
        return str(AttendanceMode(self.answer).label) if self.answer else ""


def next_meetings(user: Any, limit: int = 3) -> list[NextMeeting]:
    """The next meetings a person may see, with the own organisation's answer. Two queries, however many there are."""
    rows = Meeting.objects.visible_to(user).filter(state=MeetingState.CALLED, starts_at__gte=dates.now())
    counted = rows.select_related("body").annotate(points=Count("agenda")).order_by("starts_at", "pk")[:limit]
    meetings: list[Any] = list(counted)
    answers = own_answers(user, meetings)
    return [NextMeeting(each, answers.get(each.pk, ""), each.points) for each in meetings]


def own_answers(user: Any, meetings: Iterable[Meeting]) -> dict[Any, str]:
    """Meeting → the answer of the own organisation; with several departments, the first that has one. One query."""
    if not user.organization_id:
        return {}
    rows = Attendance.objects.filter(meeting__in=[each.pk for each in meetings], organization=user.organization_id)
    found: dict[Any, str] = {}
    for meeting, reply in rows.order_by("pk").values_list("meeting", "reply"):
        if found.get(meeting, AttendanceMode.ASKED) == AttendanceMode.ASKED:
            found[meeting] = reply
    return found


@dataclass(frozen=True)
class WaitingMeeting:
    """A meeting that waits for this person's answer. `what`: "days" (○△×) or "coming" (出欠)."""

    meeting: Meeting
    what: str


def meetings_waiting_for(user: Any) -> list[WaitingMeeting]:
    """What a person, or the own organisation, has not answered yet; days before attendance. Constant queries."""
    if not user.is_authenticated or user.organization_id is None:
        return []
    asked = asking(user).select_related("body")
    polls = list(asked.filter(state=MeetingState.POLL).annotate(days=Count("options")).filter(days__gt=0))
    done = marks_made(user, polls)
    waiting = [WaitingMeeting(each, "days") for each in polls if done[each.pk] < each.days]
    silent = Attendance.objects.filter(organization=user.organization_id, reply=AttendanceMode.ASKED)
    called = asked.filter(state=MeetingState.CALLED, starts_at__gte=dates.now(), pk__in=silent.values("meeting"))
    return waiting + [WaitingMeeting(each, "coming") for each in called.order_by("starts_at", "pk")]


def marks_made(user: Any, meetings: Iterable[Meeting]) -> dict[Any, int]:
    """Meeting → how many of its days the person, or the organisation, has said ○△× to. One query."""
    theirs = Q(reply__organization=user.organization_id, option__meeting__asked=Asked.ORGANIZATION)
    theirs |= Q(reply__person=user.pk, option__meeting__asked=Asked.PERSON)
    rows = DayMark.objects.filter(theirs, option__meeting__in=[each.pk for each in meetings]).order_by()
    return defaultdict(int, rows.values_list("option__meeting").annotate(Count("pk")))


# --- the page -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AgendaLine:
    """A point with its papers; `speaker` as it is printed: affiliation, then the name."""

    item: AgendaItem
    papers: list[Paper] = field(default_factory=list)

    @property
    def speaker(self) -> str:
        return "　".join(word for word in (self.item.affiliation, self.item.led_by) if word)

    @property
    def cases(self) -> list[str]:
        return self.item.cases.split()


def agenda_of(meeting: Meeting, user: Any) -> tuple[list[AgendaLine], list[Paper]]:
    """The points with their papers in force, and the papers of the whole meeting. Two queries."""
    papers = list(Paper.objects.visible_to(user).filter(meeting=meeting).newest().order_by("number"))
    by_item: dict[Any, list[Paper]] = defaultdict(list)
    for paper in papers:
        by_item[paper.item_id].append(paper)
    return [AgendaLine(item, by_item[item.pk]) for item in meeting.agenda.all()], by_item[None]


@dataclass(frozen=True)
class Length:
    """The minutes of the points against the length of the meeting (None: unknown)."""

    minutes: int
    length: int | None

    @property
    def too_long_by(self) -> int:
        return max(0, self.minutes - self.length) if self.length is not None else 0


def length_of(meeting: Meeting) -> Length:
    """One query."""
    return Length(sum(item.minutes or 0 for item in meeting.agenda.all()), meeting.length)


def approvals_of(bodies: Iterable[int]) -> dict[int, list[Meeting]]:
    """Body → its meetings in which something was approved, the latest first. One query."""
    rows = Meeting.objects.filter(body__in=list(bodies), agenda__outcome="approved").distinct()
    found: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in rows.order_by("-happened_on", F("starts_at").desc(nulls_last=True)):
        found[meeting.body_id].append(meeting)
    return found


def public_meetings(body: Body) -> QuerySet[Meeting]:
    """Meetings of a public body that residents may know took place: day, title and press, no word more.

    `summary_slug` of those with a summary that residents may read.
    """
    summary = Summary.objects.public().filter(meeting=OuterRef("pk")).values("slug")
    held = Meeting.objects.filter(body=body, body__is_public=True, state=MeetingState.HELD)
    named = held.annotate(summary_slug=Subquery(summary)).filter(Q(is_public=True) | Q(summary_slug__isnull=False))
    return named.only("pk", "title", "number", "happened_on", "with_press").order_by("happened_on", "pk")
