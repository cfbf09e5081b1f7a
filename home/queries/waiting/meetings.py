"""What waits around meetings: answers about days and coming, minutes to agree to, decisions to see to, circulars."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms import dates
from home.queries.waiting.task import ASKED, Task, named
from workshops.enums import MinutesState
from workshops.models import Consent, Decision, Minutes, Reply
from workshops.models.minutes import attended_by
from workshops.queries.circulars import circulars_waiting
from workshops.queries.decisions import waiting_for
from workshops.queries.meetings import WaitingMeeting, meetings_waiting_for
from workshops.queries.studies import waiting_for_answer


def meeting_tasks(user: Any) -> list[Task]:
    """All of it."""
    return [*days_and_coming(user), *studies(user), *minutes(user), *decisions(user), *circulars(user)]


def days_and_coming(user: Any) -> list[Task]:
    """Meetings that ask for a day, or whether somebody comes."""
    return named(
        meetings_waiting_for(user)[:ASKED],
        meeting_task,
        lambda n: Task(
            _("More meetings that ask for an answer"),
            _("A day, or whether somebody comes."),
            _("See them all"),
            reverse("members:meetings"),
            "people",
            count=n,
        ),
    )


def meeting_task(waiting: WaitingMeeting) -> Task:
    """One meeting."""
    meeting = waiting.meeting
    if waiting.what == "days":
        return Task(
            _("%(title)s: when can you come?") % {"title": meeting.title},
            _("A day is being looked for."),
            _("Answer the days"),
            reverse("members:meeting_days", args=[meeting.pk]),
            "calendar",
            due=meeting.answers_until,
        )
    begins = dates.jst(meeting.starts_at) if meeting.starts_at else None
    return Task(
        _("%(title)s: does somebody come?") % {"title": meeting.title},
        _("It begins on %(day)s at %(time)s.")
        % {"day": dates.japanese_date(begins.date()), "time": dates.japanese_time(begins)}
        if begins
        else "",
        _("Say so"),
        reverse("members:meeting", args=[meeting.pk]),
        "people",
        due=meeting.answers_until or (begins.date() if begins else None),
    )


def studies(user: Any) -> list[Task]:
    """Study sessions without an answer."""
    rows: list[Any] = list(waiting_for_answer(user)[:ASKED])
    return named(
        rows,
        lambda session: Task(
            _("%(title)s: do you come?") % {"title": session.event.title},
            _("It is on %(day)s.") % {"day": dates.japanese_date(dates.jst(session.starts_at).date())},
            pgettext("waiting", "Answer"),
            reverse("members:study", args=[session.pk]),
            "book",
            due=session.answer_by or dates.jst(session.starts_at).date(),
        ),
        lambda n: Task(
            _("More study sessions without an answer"),
            _("The hosts would like to know how many come."),
            _("See them all"),
            reverse("members:studies"),
            "book",
            count=n,
        ),
    )


def minutes(user: Any) -> list[Task]:
    """Minutes of meetings this person was at, open for changes, that they have not agreed to as they read now."""
    agreed = Consent.objects.filter(user=user, version=F("minutes__version")).values("minutes")
    there = attended_by(user).order_by().values("meeting")
    rows = (
        Minutes.objects.visible_to(user)
        .filter(state=MinutesState.AMENDING, meeting__in=there)
        .exclude(pk__in=agreed)
        .order_by(F("amend_until").asc(nulls_last=True), "pk")
    )
    return named(
        list(rows.values("meeting", "meeting__title", "amend_until")[:ASKED]),
        lambda row: Task(
            _("Minutes: %(title)s") % {"title": row["meeting__title"]},
            _("You were there. May they stay so, or should something read differently?"),
            _("Read the minutes"),
            reverse("members:minutes", args=[row["meeting"]]),
            "document",
            due=row["amend_until"],
        ),
        lambda n: Task(
            _("More minutes to read"),
            _("You were there."),
            _("See them all"),
            reverse("members:meetings"),
            "document",
            count=n,
        ),
    )


def decisions(user: Any) -> list[Task]:
    """Decisions this person, or the own organisation, sees to."""
    rows: list[Decision] = list(waiting_for(user)[:ASKED])
    return named(
        rows,
        lambda decision: Task(
            _("Decision %(number)s") % {"number": decision.number},
            _("%(meeting)s. %(owner)s sees to it.") % {"meeting": decision.meeting, "owner": decision.owner},
            _("Say how far it is"),
            reverse("members:decision", args=[decision.pk]),
            "check",
            due=decision.due,
            since=dates.jst(decision.created_at).date(),
        ),
        lambda n: Task(
            _("More decisions to see to"),
            _("They are yours, or your organisation's."),
            _("See them all"),
            reverse("members:decisions"),
            "check",
            count=n,
        ),
    )


def circulars(user: Any) -> list[Task]:
    """Circulars to read and inquiries to answer."""
    rows: list[Reply] = list(circulars_waiting(user).defer("circular__text")[:ASKED])
    return named(
        rows,
        lambda reply: Task(
            reply.circular.title,
            _("An inquiry to your organisation.")
            if reply.circular.is_inquiry
            else _("A circular to your organisation."),
            pgettext("waiting", "Answer") if reply.circular.is_inquiry else _("Read it"),
            reverse("members:circular", args=[reply.circular_id]),
            "mail",
            due=reply.circular.due_on,
        ),
        lambda n: Task(
            _("More circulars and inquiries"),
            _("They wait for your organisation."),
            _("See them all"),
            reverse("members:circulars"),
            "mail",
            count=n,
        ),
    )
