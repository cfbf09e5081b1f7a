"""Read-only questions about decisions: the register, and what waits for somebody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from cms import dates
from directory.models import Body
from workshops.models import Decision, DecisionStep, Meeting
from workshops.models.decisions import DecisionQuerySet
from workshops.models.minutes import READ_BY_ALL


@dataclass(frozen=True)
class Wanted:
    """What the register is narrowed to. `which`: "" everything, mine, waiting, overdue, review, ended."""

    which: str = ""
    body: Body | None = None


WHICH = ("mine", "waiting", "overdue", "review", "ended")


def register(user: Any, wanted: Wanted, *, on: dt.date | None = None) -> DecisionQuerySet:
    """Decisions this person may see: what waits first, by its day. One query with what a line shows."""
    day = on or dates.today()
    rows = Decision.objects.visible_to(user)
    if wanted.body is not None:
        rows = rows.filter(meeting__body=wanted.body)
    if wanted.which == "mine":
        rows = rows.owned_by(user).waiting()
    elif wanted.which == "waiting":
        rows = rows.waiting()
    elif wanted.which == "overdue":
        rows = rows.overdue(day)
    elif wanted.which == "review":
        rows = rows.to_review(day)
    elif wanted.which == "ended":
        rows = rows.exclude(ended_at=None)
    last = DecisionStep.objects.filter(decision=OuterRef("pk")).order_by("-at", "-pk")
    return (
        rows.select_related("meeting__body", "organization", "department", "person", "charter_version__charter")
        .annotate(last_at=Subquery(last.values("at")[:1]))
        .order_by(F("ended_at").desc(nulls_first=True), F("due").asc(nulls_last=True), "-created_at", "number")
    )


def bodies_with_decisions(user: Any) -> list[Body]:
    """Bodies whose decisions this person may see any of."""
    return list(Body.objects.filter(pk__in=Decision.objects.visible_to(user).order_by().values("meeting__body")))


def waiting_for(user: Any, *, on: dt.date | None = None) -> DecisionQuerySet:
    """For the members' home: what this person, or the own organisation, is to see to; the soonest first. One query.

    `is_overdue` is told by `due`; nothing of minutes that are not confirmed yet.
    """
    return register(user, Wanted("mine"), on=on).filter(meeting__record__state__in=READ_BY_ALL)


def overdue_for(user: Any, *, on: dt.date | None = None) -> DecisionQuerySet:
    """For the members' home: of these, whose day is over."""
    return waiting_for(user, on=on).overdue(on or dates.today())


def to_review_in(meeting: Meeting, user: Any) -> list[Decision]:
    """Decisions of the same body whose day of looking again comes by this meeting, and are not on its agenda."""
    day = dates.jst(meeting.starts_at).date() if meeting.starts_at else dates.today()
    rows = Decision.objects.visible_to(user).filter(meeting__body=meeting.body_id).exclude(meeting=meeting)
    titles = " ".join(meeting.agenda.values_list("title", flat=True))
    return [each for each in rows.waiting().to_review(day).order_by("review_on") if each.number not in titles]


def coming_meetings(decision: Decision, user: Any) -> QuerySet[Meeting]:
    """Where it can be looked at again: meetings of the body that lie ahead and that this person keeps."""
    return Meeting.objects.kept_by(user).coming().filter(body=decision.meeting.body_id)
