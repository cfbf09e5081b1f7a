"""The person's room at `/consult/reply/`: what opens with six words, and everything the page says.

The number of questions to the database does not grow with the messages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.debug import sensitive_variables

from cms import dates
from directory import codes
from directory.enums import Author, ConsentState, ConsultationState, HandingEvent
from directory.models import (
    ConsentQuestion,
    Consultation,
    ConsultationDesk,
    DeskReception,
    DeskSeat,
    Hold,
    Message,
)
from directory.queries.board import board_at
from directory.queries.consultations import DAYS_TO_REPLY
from directory.queries.consultations.handing_on import PersonsView, handing_for_person
from directory.queries.finder import DeskAt, desk_at, loaded

State = ConsultationState
NOBODYS = ("",) * codes.WORDS_IN_CODE  # hashed in place of what cannot be a code: no list of words makes it

# What happened, by the code of a note in the thread (Message.event); `%(desk)s` is the desk that had it then. Whoever
# writes a new event adds its words here (a test compares).
EVENTS: Mapping[str, str | Promise] = {
    **{str(event): event.label for event in HandingEvent},
    str(HandingEvent.HANDED_ON): _("Handed on. From here %(desk)s is there for you."),
    str(HandingEvent.CAME_BACK): _("It is back with %(desk)s."),
    str(HandingEvent.GIVEN_BACK): _("From here %(desk)s is there for you."),
    "closed": _("%(desk)s has ended this for now. Write on, and it opens again."),
    "closed_silent": _("No further word came, so this has ended for now. Write on, and it opens again."),
    "contacted": _("%(desk)s has reached out to you in another way."),
    "ends_soon": _("Unless you write, this ends or is deleted in two weeks."),
    "held": _("%(desk)s has to keep this for a while. The reason and the day stand below."),
    "hold_over": _("Nothing has to be kept any more."),
    "taken_back": _("You have taken it back. The desk no longer sees it."),
}
REACHED = {"contacted": "reached", str(HandingEvent.ASKED): "asked"}  # the person's turn without a letter
RESTING = ("arrived", "closed", "aside", "taken_back")
SOMETHING = _("Something has changed.")


@sensitive_variables()
def opened_by(typed: str) -> Consultation | None:
    """The consultation that what somebody typed opens. For every text the same work: one slow hash, one lookup."""
    found = Consultation.objects.by_code(codes.code_hash(codes.read_code(typed) or NOBODYS))
    return found.select_related("desk__organization").order_by().first()


@dataclass(frozen=True)
class Piece:
    """One piece of the thread. author: directory.enums.Author; `says`: the text, or the words for what happened."""

    author: str
    desk: str
    says: str
    at: dt.datetime


@dataclass(frozen=True)
class Step:
    """A point of the track. state: done, now, todo; day: None where nothing happened (yet)."""

    name: str | Promise
    state: str
    day: dt.date | None


@dataclass(frozen=True)
class Watcher:
    """A desk and whether its counsellors read along.

    standing: has, beside (reads along until the next one has settled), waits (asked whether it takes over, knows codes
    alone), asked (the person is: may it?).
    """

    desk: ConsultationDesk
    counsellors: int
    standing: str

    @property
    def reads(self) -> bool:
        """Sees the text today."""
        return self.standing in ("has", "beside")


@dataclass(frozen=True)
class Room:
    """Everything on the page. `phase`: see `phase_of`; `near`: a desk to speak with now; `own`: its own desk, if public."""

    consultation: Consultation
    phase: str
    thread: list[Piece]
    track: list[Step]
    watchers: list[Watcher]
    asked: ConsentQuestion | None
    agreed: ConsentQuestion | None  # the yes that can still be taken back
    holds: list[Hold]
    reply_days: int
    own: DeskAt | None
    near: DeskAt | None

    @property
    def can_write(self) -> bool:
        """Anything but taken back: then the desk would not read it."""
        return self.consultation.state != State.WITHDRAWN

    @property
    def is_lit(self) -> bool:
        """Somebody has it in hand."""
        return self.phase not in RESTING

    @property
    def asked_counsellors(self) -> int:
        """How many people would read along, were the answer yes."""
        return next((each.counsellors for each in self.watchers if each.standing == "asked"), 0)


def room_of(consultation: Consultation, user: Any = None) -> Room:
    """The room of a consultation that a code has opened."""
    messages = list(consultation.messages.select_related("desk"))
    handing = handing_for_person(consultation)
    days = DeskReception.objects.filter(desk=consultation.desk).values_list("reply_days", flat=True).first()
    own, near = desks_to_call(consultation.desk, user)
    return Room(
        consultation=consultation,
        phase=phase_of(consultation, messages),
        thread=[piece_of(each, consultation.desk) for each in messages],
        track=track_of(consultation, messages),
        watchers=watchers_of(consultation, handing),
        asked=handing.question if consultation.is_open else None,
        agreed=yes_of(consultation) if handing.asked_desk or handing.former else None,
        holds=holds_on(consultation),
        reply_days=days or DAYS_TO_REPLY,
        own=own,
        near=near,
    )


def piece_of(message: Message, desk: ConsultationDesk) -> Piece:
    """A message as the person reads it: the desk answers, never a counsellor by name."""
    name = (message.desk or desk).name
    if message.author != Author.NOTE:
        return Piece(message.author, name, message.text or "", message.at)
    words = str(EVENTS.get(message.event, SOMETHING))
    return Piece(message.author, name, words % {"desk": name} if "%(desk)s" in words else words, message.at)


def phase_of(consultation: Consultation, messages: Sequence[Message]) -> str:
    """arrived, read, went_on (a further word waits), answered, reached, asked (REACHED), closed, aside, taken_back."""
    ends = {State.CLOSED: "closed", State.SPAM: "aside", State.WITHDRAWN: "taken_back"}
    state = State(consultation.state)
    if state in ends:
        return ends[state]
    if state == State.ANSWERED:
        done = [each for each in messages if each.author == Author.DESK or each.event in REACHED]
        return REACHED.get(done[-1].event, "answered") if done else "answered"
    if state == State.RECEIVED:
        return "arrived"
    said = [each.at for each in messages if each.author == Author.PERSON]
    return "went_on" if consultation.read_at and said and said[-1] > consultation.read_at else "read"


def track_of(consultation: Consultation, messages: Sequence[Message]) -> list[Step]:
    """届いた → 読んだ → 返事 → つづき → おわり, with the days on which it happened."""
    answered = consultation.answered_at
    on = [each.at for each in messages if answered and each.author == Author.PERSON and each.at > answered]
    moments = [consultation.received_at, consultation.read_at, answered, on[-1] if on else None, consultation.closed_at]
    names = [
        pgettext_lazy("track", "Arrived"), pgettext_lazy("reply room", "Read"), pgettext_lazy("track", "Answer"),
        pgettext_lazy("track", "Further"), pgettext_lazy("track", "End"),
    ]  # fmt: skip
    now = max(place for place, moment in enumerate(moments) if moment)
    return [
        Step(
            name, "now" if place == now else "done" if moment else "todo", dates.jst(moment).date() if moment else None
        )
        for place, (name, moment) in enumerate(zip(names, moments, strict=True))
    ]


def watchers_of(consultation: Consultation, handing: PersonsView) -> list[Watcher]:
    """Who can read it now, and who could later; nobody at a desk once it was taken back."""
    if consultation.state == State.WITHDRAWN:
        return []
    found = [(consultation.desk, "has")]
    if handing.former:
        found.append((handing.former, "beside"))
    if handing.asked_desk:
        found.append((handing.asked_desk, "waits"))
    if handing.question:
        found.append((handing.question.to_desk, "asked"))
    seats = DeskSeat.objects.active().filter(desk__in=[desk for desk, _standing in found], user__is_active=True)
    counted = dict(seats.order_by().values_list("desk").annotate(people=Count("user", distinct=True)))
    return [Watcher(desk, counted.get(desk.pk, 0), standing) for desk, standing in found]


def yes_of(consultation: Consultation) -> ConsentQuestion | None:
    """The last question to which the answer was yes."""
    agreed = consultation.consent_questions.filter(state=ConsentState.AGREED).select_related("to_desk__organization")
    return agreed.order_by("-answered_at", "-pk").first()


def holds_on(consultation: Consultation) -> list[Hold]:
    """What its desk has to keep even if the person deletes it."""
    return list(Hold.objects.standing().filter(consultation=consultation))


def desks_to_call(desk: ConsultationDesk | None, user: Any = None) -> tuple[DeskAt | None, DeskAt | None]:
    """(the desk itself while it is public, a desk that answers now: itself before others, local before national)."""
    at = dates.now()
    board = board_at(at, user)
    nearest = (board.open_local or board.open_national)[:1]
    wanted = dict.fromkeys([*([desk.pk] if desk else []), *(each.pk for each in nearest)])
    found = {each.pk: desk_at(each, at) for each in loaded(wanted, user)} if wanted else {}
    own = found.get(desk.pk) if desk else None
    near = own if own and own.main else next((found[each.pk] for each in nearest if each.pk in found), None)
    return own, near
