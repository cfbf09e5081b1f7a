"""The counsellors' verbs: read, take, hand to a colleague, answer, note, end, set aside; and what came another way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms import audit, dates
from directory import codes
from directory.actions.consultations import news, states, tallies
from directory.actions.consultations.sending import (
    Said,
    Sent,
    _take_over,
    clean,
    form_hash,
    made_once,
    sounds_urgent,
)
from directory.enums import (
    CHOSEN_OUTCOMES,
    OPEN_CONSULTATIONS,
    Author,
    ConsultationState,
    Method,
    NoteKind,
)
from directory.models import Consultation, ConsultationDesk, DeskNote, Message, User
from directory.permissions import sits_at, supervises
from directory.queries.consultations import people_at

State = ConsultationState
NUMBERS_A_CODE = 8  # of 8 characters each: 71 of the 80 that a code of the trail holds


def kept(by: User, consultation: Consultation, *, among: tuple[str, ...] = OPEN_CONSULTATIONS) -> Consultation:
    """The row as it is now, held, if this person's desk has it. Raises PermissionDenied, TooLate."""
    if not Consultation.objects.kept_by(by).filter(pk=consultation.pk).exists():
        raise PermissionDenied
    found = states.locked(consultation)
    if found.state not in among:
        raise states.TooLate
    if not sits_at(by, found.desk):  # handed on meanwhile
        raise PermissionDenied
    return found


@transaction.atomic
def read(*, by: User, consultation: Consultation) -> None:
    """A counsellor opened it: one line in the trail each time, with the desk at which they sit (`at`, its key).

    The first one turns it to 「読みました」.
    """
    if not Consultation.objects.visible_to(by).filter(pk=consultation.pk).exists():
        raise PermissionDenied
    found = states.locked(consultation)
    at = found.desk_id if sits_at(by, found.desk) else found.handed_from_id
    audit.record("consultation.read", by=by, target=consultation, at=at)
    if found.state == State.RECEIVED and sits_at(by, found.desk):
        found.state, found.read_at = State.READ, found.read_at or dates.now()
        found.save(update_fields=["state", "read_at"])


def listed(*, by: User, consultations: Iterable[Consultation]) -> None:
    """The first words of these stood on a page of the inbox: one line in the trail for the page, with their numbers."""
    numbers = [consultation.number for consultation in consultations]
    parts = [numbers[begin : begin + NUMBERS_A_CODE] for begin in range(0, len(numbers), NUMBERS_A_CODE)]
    if parts:
        codes_of: dict[str, Any] = {f"numbers_{place}": "+".join(some) for place, some in enumerate(parts, start=1)}
        audit.record("consultation.listed", by=by, count=len(numbers), **codes_of)


@transaction.atomic
def claim(*, by: User, consultation: Consultation) -> Consultation:
    """引き受ける. Raises TooLate when a colleague was quicker, PermissionDenied."""
    found = kept(by, consultation)
    if found.counsellor != by and has_somebody(found):
        raise states.TooLate
    return _given_to(found, by, by=by)


def has_somebody(consultation: Consultation) -> bool:
    """A counsellor who still sits at the desk has it. Of somebody who left, it is nobody's."""
    return consultation.counsellor is not None and sits_at(consultation.counsellor, consultation.desk)


@transaction.atomic
def assign(*, by: User, consultation: Consultation, to: User | None) -> Consultation:
    """To a colleague of the desk, or back to everybody. The supervisor always; others what is theirs or nobody's.

    Raises TooLate when a colleague has it, PermissionDenied.
    """
    found = kept(by, consultation)
    if not supervises(by, found.desk) and found.counsellor != by and has_somebody(found):
        raise states.TooLate  # a colleague has taken it meanwhile
    if to is not None and not sits_at(to, found.desk):
        raise PermissionDenied
    return _given_to(found, to, by=by)


def _given_to(consultation: Consultation, user: User | None, *, by: User) -> Consultation:
    if consultation.counsellor_id == (user.pk if user else None):
        return consultation
    consultation.counsellor = user
    consultation.save(update_fields=["counsellor"])
    audit.record("consultation.assigned", by=by, target=consultation, to=user.pk if user else None)
    if user is not None and user != by:
        news.assigned(consultation, user)
    return consultation


@transaction.atomic
def answer(*, by: User, consultation: Consultation, text: str, form_key: str, seen: int | None = None) -> Message:
    """A word to the person. The same form again is the first answer. Raises PermissionDenied, TooLate, ValueError.

    `seen`: the last message its writer had before them. Where more has been said since, it is TooLate: they should read
    that first, and nobody gets two answers to one question.
    """
    found = kept(by, consultation, among=(*OPEN_CONSULTATIONS, State.CLOSED))
    newer = found.messages.filter(pk__gt=seen).exclude(form_hash=form_hash(form_key)) if seen is not None else None
    if newer is not None and newer.exists():
        raise states.TooLate
    message, made = Message.objects.get_or_create(
        form_hash=form_hash(form_key),
        defaults={
            "consultation": found, "author": Author.DESK, "desk": found.desk, "by": by, "text": clean(text),
        },
    )  # fmt: skip
    if made:
        found.counsellor = found.counsellor or by
        found.read_at = found.read_at or dates.now()
        states.to_person(found)
        audit.record("consultation.answered", by=by, target=found)
        news.answered(found, message)
    return message


@transaction.atomic
def write_note(
    *, by: User, consultation: Consultation, text: str, kind: str = NoteKind.NOTE, at: dt.datetime | None = None
) -> DeskNote:
    """A thought, or a contact outside; the desk alone reads it. A contact counts as an answer: the clock stops."""
    found = kept(by, consultation, among=(*OPEN_CONSULTATIONS, State.CLOSED))
    row = DeskNote.objects.create(
        consultation=found, desk=found.desk, by=by, kind=kind, text=clean(text), at=at or dates.now()
    )
    if kind != NoteKind.NOTE and found.waits_for_desk:
        found.read_at = found.read_at or dates.now()
        states.to_person(found)
        states.note(found, "contacted")
    audit.record("consultation.noted", by=by, target=found, kind=str(kind))
    return row


@transaction.atomic
def close(*, by: User, consultation: Consultation, outcome: str) -> Consultation:
    """おわりにする, with one of four words for what came of it. The person may write on and opens it again."""
    found = kept(by, consultation)
    if outcome not in dict(CHOSEN_OUTCOMES):
        raise ValueError("An outcome that is chosen.")
    states.to_end(found, State.CLOSED, outcome=outcome)
    tallies.count_in(found)
    states.note(found, "closed")
    audit.record("consultation.closed", by=by, target=found, outcome=outcome)
    news.over(found)
    return found


@transaction.atomic
def set_aside(*, by: User, consultation: Consultation) -> Consultation:
    """No consultation (advertisement, a test): out of the way, gone in two weeks. A further message brings it back."""
    found = kept(by, consultation)
    states.to_end(found, State.SPAM)
    audit.record("consultation.set_aside", by=by, target=found)
    news.over(found)
    news.set_aside(found, [user for user in people_at(found.desk) if user != by and supervises(user, found.desk)])
    return found


@transaction.atomic
def bring_back(*, by: User, consultation: Consultation) -> Consultation:
    """It was one after all."""
    found = kept(by, consultation, among=(State.SPAM,))
    states.to_desk(found, read=True)
    audit.record("consultation.brought_back", by=by, target=found)
    return found


@transaction.atomic
def mark_urgent(*, by: User, consultation: Consultation, urgent: bool) -> Consultation:
    """A person sees more than a list of words."""
    found = kept(by, consultation)
    found.is_urgent = urgent
    found.save(update_fields=["is_urgent"])
    audit.record("consultation.urgent" if urgent else "consultation.not_urgent", by=by, target=found)
    return found


@transaction.atomic
def same_person(*, by: User, consultation: Consultation, other: Consultation | None) -> Consultation:
    """The counsellors think it is somebody they know from another one of this desk; None takes it back."""
    found = kept(by, consultation, among=(*OPEN_CONSULTATIONS, State.CLOSED))
    own = Consultation.objects.kept_by(by).filter(desk=found.desk).exclude(pk=found.pk)
    if other is not None and not own.filter(pk=other.pk).exists():
        raise PermissionDenied
    found.same_person_as = other
    found.save(update_fields=["same_person_as"])
    audit.record("consultation.same_person" if other else "consultation.other_person", by=by, target=found)
    return found


@transaction.atomic
def describe(
    *, by: User, consultation: Consultation, route: str, life_stage: str, heard_of: str, concerns: tuple[str, ...]
) -> Consultation:
    """The coded fields as the counsellors understood it; the tally counts them. Not a word of text."""
    found = kept(by, consultation, among=(*OPEN_CONSULTATIONS, State.CLOSED))
    found.route, found.life_stage, found.heard_of, found.concerns = route, life_stage, heard_of, list(concerns)
    found.save(update_fields=["route", "life_stage", "heard_of", "concerns"])
    audit.record("consultation.described", by=by, target=found)
    return found


@transaction.atomic
def call_another(*, by: User, consultation: Consultation) -> int:
    """もう一人をよぶ: everybody else at the desk hears that somebody wishes for a second pair of eyes; how many."""
    found = kept(by, consultation)
    others = [user for user in people_at(found.desk) if user != by]
    audit.record("consultation.called", by=by, target=found)
    news.called(found, others)
    return len(others)


def enter(
    *,
    by: User,
    desk: ConsultationDesk,
    text: str,
    method: str,
    form_key: str,
    said: Said | None = None,
    at: dt.datetime | None = None,
    outcome: str = "",
) -> Sent:
    """A call, a visit, a letter, a mail: kept in the same place. The code may be handed to the person, or thrown away.

    It is the counsellor's own from the start, and read; with an outcome it is at its end at once. Raises
    PermissionDenied, ValueError, AlreadySent.
    """
    return made_once(
        form_key,
        lambda: _enter(
            by=by, desk=desk, text=text, method=method, form_key=form_key, said=said, at=at, outcome=outcome
        ),
    )


@transaction.atomic
def _enter(
    *,
    by: User,
    desk: ConsultationDesk,
    text: str,
    method: str,
    form_key: str,
    said: Said | None,
    at: dt.datetime | None,
    outcome: str,
) -> Sent:
    if not sits_at(by, desk):
        raise PermissionDenied
    if method not in dict(Method.choices) or method == Method.WEB:
        raise ValueError("A way other than this site.")
    words, code, mark = clean(text), codes.new_code(), form_hash(form_key)
    consultation = Consultation(
        desk=desk, code_hash=codes.code_hash(code), form_hash=mark, method=method, entered_by=by, counsellor=by,
        is_urgent=sounds_urgent(words), read_at=dates.now(), received_at=at or dates.now(),
    )  # fmt: skip
    _take_over(consultation, said or Said())
    states.to_desk(consultation, read=True)
    Message.objects.create(consultation=consultation, text=words, form_hash=mark, at=consultation.received_at)
    audit.record("consultation.entered", by=by, target=consultation, method=str(method))
    if outcome:
        consultation = close(by=by, consultation=consultation, outcome=outcome)
    return Sent(consultation, code)
