"""Read-only questions about minutes: who may do what with them in which phase, who was there, what is compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from cms import dates
from cms.text.differences import Piece, pieces_between
from directory.models import User
from workshops.enums import AmendmentState, AttendanceRole, MinutesState
from workshops.models import Amendment, Attendance, Consent, Decision, Meeting, Minutes, Paragraph, Summary
from workshops.models.minutes import CAME, attended_by
from workshops.permissions import may_write_summaries


class Verb(StrEnum):
    """What can be done with minutes."""

    WRITE = "write"  # the words of the draft
    OPEN = "open"  # for changes, until a day
    AMEND = "amend"  # propose how a paragraph should read
    CONSENT = "consent"  # "it may stay so"
    ANSWER = "answer"  # take a change in, or not
    CONFIRM = "confirm"
    REOPEN = "reopen"
    LOCK = "lock"
    CORRECT = "correct"  # add an erratum


@dataclass(frozen=True)
class Standing:
    """What somebody is to a meeting. `keeps`: the secretariat or the body's office."""

    keeps: bool = False
    attended: bool = False
    chairs: bool = False


#: Phase → verb → who: the whole state machine. What is not named here is refused.
RULES: dict[MinutesState, dict[Verb, tuple[str, ...]]] = {
    MinutesState.DRAFT: {Verb.WRITE: ("keeps",), Verb.OPEN: ("keeps",)},
    MinutesState.AMENDING: {
        Verb.AMEND: ("attended",),
        Verb.CONSENT: ("attended",),
        Verb.ANSWER: ("keeps", "chairs"),
        Verb.CONFIRM: ("keeps", "chairs"),
    },
    MinutesState.CONFIRMED: {Verb.REOPEN: ("keeps", "chairs"), Verb.LOCK: ("keeps",)},
    MinutesState.LOCKED: {Verb.CORRECT: ("keeps",)},
}


def standing(user: Any, meeting: Meeting) -> Standing:
    """What this person is to the meeting. Two or three queries."""
    keeps = Meeting.objects.kept_by(user).filter(pk=meeting.pk).exists()
    roles = set(attended_by(user, meeting=meeting).values_list("role", flat=True))
    return Standing(keeps=keeps, attended=bool(roles), chairs=AttendanceRole.CHAIR in roles)


def verbs(minutes: Minutes, who: Standing, *, on: dt.date | None = None) -> set[Verb]:
    """What may be done in this phase on that day (JST). Changes are proposed until the day that was said."""
    allowed = {
        verb for verb, kinds in RULES[MinutesState(minutes.state)].items() if any(getattr(who, kind) for kind in kinds)
    }
    if minutes.amend_until and minutes.amend_until < (on or dates.today()):
        allowed.discard(Verb.AMEND)
    return allowed


def those_who_came(meeting: Meeting) -> QuerySet[User]:
    """People with a login who were there: by name, or the people of an organisation that named nobody."""
    came = Attendance.objects.filter(meeting=meeting, mode__in=CAME)
    unnamed = came.filter(people=None, organization__isnull=False).values("organization")
    named = came.filter(people__isnull=False).values("people")
    return User.objects.filter(Q(pk__in=named) | Q(organization__in=unnamed), is_active=True).order_by("pk")


@dataclass(frozen=True)
class ShownAmendment:
    """A proposed change with what it would do to the paragraph as it read when it was proposed."""

    amendment: Amendment
    pieces: list[Piece]
    mine: bool

    @property
    def is_open(self) -> bool:
        """Nobody has answered it."""
        return self.amendment.state == AmendmentState.OPEN


@dataclass(frozen=True)
class ShownParagraph:
    """A paragraph and the changes proposed to it that this person may read."""

    paragraph: Paragraph
    amendments: list[ShownAmendment]


@dataclass(frozen=True)
class Agreed:
    """How many of those who came said it may stay so: to the words as they are now, and to earlier ones."""

    now: int
    earlier: int
    asked: int
    mine: bool


def paragraphs_with_amendments(minutes: Minutes, user: Any) -> list[ShownParagraph]:
    """Everything the page of the minutes shows. Two queries, however long they are."""
    proposed: dict[int, list[ShownAmendment]] = {}
    rows = Amendment.objects.visible_to(user).filter(minutes=minutes).exclude(state=AmendmentState.WITHDRAWN)
    for row in rows.select_related("proposed_by__organization", "answered_by"):
        shown = ShownAmendment(row, pieces_between(row.before, row.text), row.proposed_by_id == user.pk)
        proposed.setdefault(row.paragraph_id, []).append(shown)
    return [ShownParagraph(each, proposed.get(each.pk, [])) for each in minutes.paragraphs.all()]


def agreed(minutes: Minutes, user: Any) -> Agreed:
    """The count beside the button."""
    versions = dict(Consent.objects.filter(minutes=minutes).values_list("user", "version"))
    now = sum(version == minutes.version for version in versions.values())
    return Agreed(
        now=now,
        earlier=len(versions) - now,
        asked=those_who_came(minutes.meeting).count(),
        mine=versions.get(user.pk) == minutes.version,
    )


def all_agreed(minutes: Minutes) -> bool:
    """Everybody who was there and has a login has said that these very words may stay."""
    came = set(those_who_came(minutes.meeting).values_list("pk", flat=True))
    given = Consent.objects.filter(minutes=minutes, version=minutes.version).values_list("user", flat=True)
    return bool(came) and came <= set(given)


def open_amendments(minutes: Minutes) -> int:
    """How many changes wait for an answer."""
    return Amendment.objects.filter(minutes=minutes, state=AmendmentState.OPEN).count()


#: The way of minutes, as a track: how many of its points are behind us.
POINTS = {MinutesState.DRAFT: 0, MinutesState.AMENDING: 1, MinutesState.CONFIRMED: 2, MinutesState.LOCKED: 3}


def everything_of(minutes: Minutes, user: Any) -> dict[str, Any]:
    """What the page, the paper and the part on the meeting's page show of minutes that this person may read."""
    who = standing(user, minutes.meeting)
    reads_changes = who.keeps or who.attended
    return {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "who": who,
        "verbs": {str(verb) for verb in verbs(minutes, who)},
        "paragraphs": paragraphs_with_amendments(minutes, user),
        "agreed": agreed(minutes, user) if reads_changes and not minutes.is_locked else None,
        "waiting": open_amendments(minutes) if reads_changes else 0,
        "day_is_over": minutes.amend_until is not None and minutes.amend_until < dates.today(),
        "locks_on": minutes.locks_on,
        "errata": minutes.errata.select_related("written_by__organization"),
        "decisions": decisions_of(minutes.meeting, user),
        "at": POINTS[MinutesState(minutes.state)],
        "summary": Summary.objects.filter(meeting=minutes.meeting).first() if minutes.is_confirmed else None,
        "may_summarise": may_write_summaries(user) and minutes.is_confirmed,
    }


def decisions_of(meeting: Meeting, user: Any) -> list[Decision]:
    """The decisions of the meeting that this person may see."""
    rows = Decision.objects.visible_to(user).filter(meeting=meeting).order_by("order")
    return list(rows.select_related("organization", "department", "person", "charter_version__charter"))


def waiting_for(user: Any) -> QuerySet[Minutes]:
    """For the members' home: minutes open for changes that this person was there for and has not agreed to."""
    there = attended_by(user).order_by().values("meeting")
    rows = Minutes.objects.visible_to(user).filter(state=MinutesState.AMENDING, meeting__in=there)
    answered = Consent.objects.filter(user=user.pk).values("minutes")
    proposed = Amendment.objects.filter(proposed_by=user.pk).values("minutes")
    fresh = rows.exclude(pk__in=answered).exclude(pk__in=proposed)
    return fresh.select_related("meeting__body").order_by("amend_until", "pk")


def to_answer(user: Any) -> QuerySet[Minutes]:
    """For the members' home: minutes this person keeps or chairs in which proposed changes wait for an answer."""
    chaired = attended_by(user, role=AttendanceRole.CHAIR).order_by().values("meeting")
    kept = Meeting.objects.kept_by(user).order_by().values("pk")
    waiting = Amendment.objects.filter(state=AmendmentState.OPEN).values("minutes")
    rows = Minutes.objects.visible_to(user).filter(state=MinutesState.AMENDING, pk__in=waiting)
    return rows.filter(Q(meeting__in=chaired) | Q(meeting__in=kept)).select_related("meeting__body").order_by("pk")
