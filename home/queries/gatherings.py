"""What comes next for a person: meetings, closed study sessions, public events, in one order, with the own answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cms import dates
from directory.models import User
from workshops.enums import AttendanceMode, EventStatus, StudyAnswer
from workshops.models import Occurrence
from workshops.queries.events import next_occurrences
from workshops.queries.meetings import NextMeeting, next_meetings
from workshops.queries.studies import listed

LIMIT = 4
PUBLIC = 1  # of the events open to all: there are many, and they would hide the own meetings


@dataclass(frozen=True)
class Gathering:
    """One card: when, where, what was answered. `tags`: (colour class, words); the words carry it."""

    starts_at: dt.datetime
    hours: str
    title: str
    place: str
    url: str
    tags: list[tuple[str, str]]

    @property
    def day(self) -> dt.date:
        """In Japan."""
        return dates.jst(self.starts_at).date()

    @property
    def month(self) -> str:
        """For the date plate."""
        return f"{self.day.month}月"

    @property
    def weekday(self) -> str:
        """One kanji."""
        return dates.weekday(self.day)


def next_gatherings(user: User, limit: int = LIMIT) -> list[Gathering]:
    """The next of all kinds, soonest first; public events fill what meetings and sessions leave. Four queries."""
    found = [of_meeting(each) for each in next_meetings(user, limit)]
    sessions: Any = listed(user)  # annotated: starts_at, answered
    planned = sessions.filter(starts_at__gt=dates.now(), event__status=EventStatus.SCHEDULED)
    found += [of_session(each) for each in planned[:limit]]
    own = sorted(found, key=by_time)[: limit - PUBLIC]
    public = [of_event(each) for each in next_occurrences(limit)]
    return sorted([*own, *public[: limit - len(own)]], key=by_time)


def by_time(gathering: Gathering) -> dt.datetime:
    """The soonest first."""
    return gathering.starts_at


def span(starts_at: dt.datetime, ends_at: dt.datetime | None) -> str:
    """「18時〜19時30分」「18時から」."""
    begins = dates.japanese_time(starts_at)
    return f"{begins}〜{dates.japanese_time(ends_at)}" if ends_at else _("from %(time)s") % {"time": begins}


def answer_tag(answer: str) -> list[tuple[str, str]]:
    """What was said about coming."""
    if answer == AttendanceMode.ASKED:
        return [("warm", _("Not answered yet"))]
    if answer == AttendanceMode.ABSENT:
        return [("", _("Answered: cannot come"))]
    return [("ok", _("Answered: coming"))] if answer else []


def of_meeting(coming: NextMeeting) -> Gathering:
    """A meeting of a body."""
    meeting = coming.meeting
    starts_at = meeting.starts_at or dates.now()
    points = ngettext("%(n)d point", "%(n)d points", coming.points) % {"n": coming.points}
    return Gathering(
        starts_at,
        span(starts_at, meeting.ends_at),
        meeting.title,
        meeting.place or (pgettext("place", "Online") if meeting.online_url else ""),
        reverse("members:meeting", args=[meeting.pk]),
        ([("lamp", points)] if coming.points else []) + answer_tag(coming.answer),
    )


def of_session(session: Any) -> Gathering:
    """A closed study session; `listed` has put the beginning and the own answer on it."""
    answer = {None: AttendanceMode.ASKED, StudyAnswer.ABSENT: AttendanceMode.ABSENT}.get(session.answered)
    return Gathering(
        session.starts_at,
        span(session.starts_at, None),
        session.event.title,
        session.event.venue_name,
        reverse("members:study", args=[session.pk]),
        [("", _("Study session")), *answer_tag(answer or AttendanceMode.VENUE)],
    )


def of_event(occurrence: Occurrence) -> Gathering:
    """A public event."""
    event = occurrence.event
    hours = occurrence.hours if occurrence.starts_on == occurrence.ends_on else occurrence.days
    place = event.venue_name or (str(event.get_format_display()) if event.format != "venue" else "")
    tags = [("edge", _("Open to all"))]
    return Gathering(occurrence.starts_at, hours, event.title, place, f"/events/{event.slug}/", tags)
