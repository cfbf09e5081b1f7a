"""How a consultation moves, and the dates that follow from it. The row is held by the caller."""

from __future__ import annotations

import datetime as dt

from cms import dates
from directory.enums import ConsultationState
from directory.models import Consultation, Message
from directory.queries.consultations import reply_until

State = ConsultationState
# Days of silence until it goes (JST). What a desk still owes an answer never goes by itself.
SILENCE = {State.ANSWERED: 90, State.CLOSED: 90, State.WITHDRAWN: 90, State.SPAM: 14}
WARNED_BEFORE = dt.timedelta(days=14)  # both sides hear of it so long before it ends, or goes (actions.keeping)


class TooLate(Exception):
    """It is no longer where this verb begins: somebody was quicker, or it is over."""


def locked(consultation: Consultation) -> Consultation:
    """The row as it is now, held. Raises TooLate when it is gone."""
    found = Consultation.objects.all().still(consultation.pk)
    if found is None:
        raise TooLate
    return found


def to_desk(consultation: Consultation, *, read: bool = False) -> None:
    """The desk's turn: its clock begins, nothing is deleted meanwhile."""
    consultation.state = State.READ if read else State.RECEIVED
    consultation.reply_by = reply_until(consultation.desk)
    consultation.erase_on = consultation.warned_at = consultation.closed_at = None
    consultation.outcome = ""
    _moved(consultation)


def to_person(consultation: Consultation) -> None:
    """The person's turn. After an end it goes on, and nothing stays of how it had ended."""
    consultation.state, consultation.outcome, consultation.closed_at = State.ANSWERED, "", None
    consultation.answered_at = consultation.answered_at or dates.now()
    _rests(consultation)


def to_end(consultation: Consultation, state: ConsultationState, *, outcome: str = "") -> None:
    """Closed, taken back, or no consultation at all."""
    consultation.state, consultation.outcome = state, outcome
    consultation.closed_at = dates.now()
    consultation.handed_from = None
    _rests(consultation)


def _rests(consultation: Consultation) -> None:
    consultation.reply_by = consultation.warned_at = None
    days = SILENCE[State(consultation.state)]
    consultation.erase_on = dates.today() + dt.timedelta(days=days)
    _moved(consultation)


def _moved(consultation: Consultation) -> None:
    consultation.moved_at = dates.now()
    consultation.save()


def note(consultation: Consultation, event: str) -> Message:
    """A line of the thread that says what happened. `event` is a code; the page has the words for it."""
    return Message.objects.create(consultation=consultation, author="note", desk=consultation.desk, event=event)
