"""No wrong door: another desk takes over, once the person has agreed, and nobody tells their story twice (ADR 0055).

The person is asked first, and until they agree nobody elsewhere hears of anything. Then the other organisation is asked
(`directory.actions.handovers`); before its yes it knows codes, after it the whole thread. Between desks of one house
no organisation has to be asked: it moves with the person's yes.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms import audit, dates
from directory.actions import handovers
from directory.actions.consultations import notices, states
from directory.actions.consultations.ending import end_hold
from directory.actions.consultations.moving import move_back
from directory.actions.consultations.receiving import kept
from directory.actions.consultations.sending import NobodyReceives
from directory.actions.handovers import AlreadyAsked, NobodyThere, TooLate
from directory.actions.notifications import notify
from directory.enums import ConsentHow, ConsentState, HandingEvent, HandoverState
from directory.models import ConsentQuestion, Consultation, ConsultationDesk, DeskReception, Handover, User
from directory.permissions import sits_at
from directory.queries.consultations import called_when_urgent, people_at
from directory.queries.consultations.handing_on import (
    KIND,
    consent_of,
    open_question,
    told_before,
    waits_or_runs,
    was_spoken_with,
)

__all__ = ["AlreadyAsked", "NobodyThere", "TooLate"]

CONSENT = "consultation_consent"  # news: the person has answered
BACK = "consultation_back"  # news: it is with the desk again
ANSWER_WITHIN = dt.timedelta(days=3)  # somebody waits: not the week that cases have
WHEN_URGENT = dt.timedelta(days=1)
LONGEST_WORDS = 1000  # characters


# --- the person is asked ---------------------------------------------------------------------------------


@transaction.atomic
def ask(*, by: User, consultation: Consultation, to_desk: ConsultationDesk, words: str = "") -> ConsentQuestion:
    """Ask the person whether that desk may take over. It is their turn; at that desk nobody hears of it.

    Raises PermissionDenied, states.TooLate, NobodyThere (the desk takes nothing just now), AlreadyAsked (one question,
    one hand-over at a time), ValueError for words that are too long.
    """
    found = kept(by, consultation)
    if waits_or_runs(found):
        raise AlreadyAsked
    if to_desk == found.desk or not _takes(to_desk):
        raise NobodyThere
    if len(words) > LONGEST_WORDS:
        raise ValueError("At most LONGEST_WORDS characters.")
    question = ConsentQuestion.objects.create(
        consultation=found, from_desk=found.desk, to_desk=to_desk, words=words.strip() or None, asked_by=by
    )
    found.counsellor = found.counsellor or by
    found.read_at = found.read_at or dates.now()
    states.to_person(found)
    states.note(found, HandingEvent.ASKED)
    audit.record("consultation.consent_asked", by=by, target=found, to=to_desk.slug)
    _tell_person(found, f"consent:{question.pk}")
    return question


def _takes(desk: ConsultationDesk) -> bool:
    return DeskReception.objects.open().filter(desk=desk).exists()


def _tell_person(consultation: Consultation, mark: str) -> None:
    """A neutral mail, if they wished for one."""
    notices.to_person(consultation, key=f"consultation:{consultation.pk}:{mark}")


def answer_question(*, question: ConsentQuestion, agrees: bool) -> ConsentQuestion:
    """The person answers on the reply page; whoever holds the code is the person. Raises states.TooLate."""
    return _answer(question, agrees, how=ConsentHow.PAGE, by=None)


class NotHeard(Exception):
    """It came in writing, and the desk has noted no contact outside: where should it have heard a yes?"""


@transaction.atomic
def record_oral(*, by: User, question: ConsentQuestion, agrees: bool) -> ConsentQuestion:
    """They told the counsellor. Raises PermissionDenied, states.TooLate; NotHeard for a yes that nothing can have carried."""
    if agrees and not was_spoken_with(kept(by, question.consultation)):
        raise NotHeard
    return _answer(question, agrees, how=ConsentHow.ORAL, by=by)


@transaction.atomic
def _answer(question: ConsentQuestion, agrees: bool, *, how: ConsentHow, by: User | None) -> ConsentQuestion:
    found = kept(by, question.consultation) if by else states.locked(question.consultation)
    asked = _still_asked(found, question)
    asked.state, asked.how = (ConsentState.AGREED if agrees else ConsentState.REFUSED), how
    asked.answered_at = dates.now()
    asked.save(update_fields=["state", "how", "answered_at"])
    audit.record(
        "consultation.consented" if agrees else "consultation.consent_refused", by=by, target=found, how=str(how)
    )
    states.to_desk(found, read=True)
    states.note(found, HandingEvent.AGREED if agrees else HandingEvent.REFUSED)
    went_on = agrees and _go_on(found, asked, by)
    _tell_desk(found, asked, "agreed" if went_on else "nobody" if agrees else "refused", by=by)
    return asked


def _still_asked(consultation: Consultation, question: ConsentQuestion) -> ConsentQuestion:
    asked = open_question(consultation)
    if asked is None or asked.pk != question.pk:
        raise states.TooLate
    return asked


def _go_on(consultation: Consultation, question: ConsentQuestion, by: User | None) -> bool:
    """With the person's yes: ask the other organisation, or move between desks of one house. False: nobody is there."""
    desk = question.to_desk
    if not _takes(desk):
        states.note(consultation, HandingEvent.NOBODY_THERE)
        return False
    if desk.organization_id == consultation.desk.organization_id:
        _move(consultation, desk, event=HandingEvent.HANDED_ON, by=by)
        _tell_person(consultation, f"moved:{question.pk}")
        _call(consultation, people_at(desk), f"moved:{question.pk}")
        return True
    actor = _who_asks(question, by)
    try:
        if actor is None:
            raise NobodyThere
        days = WHEN_URGENT if consultation.is_urgent else ANSWER_WITHIN
        row = handovers.propose(
            by=actor, kind=KIND, subject=consultation.pk, to=desk.organization, answer_by=dates.today() + days
        )
    except (NobodyThere, AlreadyAsked, PermissionDenied):  # left meanwhile, on either side
        states.note(consultation, HandingEvent.NOBODY_THERE)
        return False
    question.handover = row.pk
    question.save(update_fields=["handover"])
    return True


def _who_asks(question: ConsentQuestion, by: User | None) -> User | None:
    """In whose name the other organisation is asked: whoever asked the person, while they sit there; else a colleague."""
    there = people_at(question.from_desk)
    wanted = [by, question.asked_by, question.consultation.counsellor]
    return next((user for user in wanted if user is not None and user in there), there[0] if there else None)


@transaction.atomic
def take_question_back(*, by: User, question: ConsentQuestion) -> ConsentQuestion:
    """The desk thinks better of it before the person has answered. Raises PermissionDenied, states.TooLate."""
    found = kept(by, question.consultation)
    asked = _still_asked(found, question)
    asked.state, asked.answered_at = ConsentState.TAKEN_BACK, dates.now()
    asked.save(update_fields=["state", "answered_at"])
    states.to_desk(found, read=True)
    states.note(found, HandingEvent.QUESTION_BACK)
    audit.record("consultation.consent_taken_back", by=by, target=found)
    return asked


# --- the other organisation answers ----------------------------------------------------------------------


def _both(handover: Handover) -> tuple[Consultation, ConsentQuestion]:
    """The consultation as it is now, held, and the yes it stands on. Raises states.TooLate, PermissionDenied."""
    consent = consent_of(handover) if handover.kind == KIND else None
    if consent is None:
        raise PermissionDenied
    return states.locked(consent.consultation), consent


@transaction.atomic
def accept(*, by: User, handover: Handover) -> Consultation:
    """That desk has it from now on, with the whole thread; the desk before reads along until it is done.

    Raises PermissionDenied, TooLate, states.TooLate; the same of the other verbs here.
    """
    found, consent = _both(handover)
    handovers.accept(by=by, handover=handover)
    _move(found, consent.to_desk, event=HandingEvent.HANDED_ON, by=by, counsellor=by, handed_from=found.desk)
    _tell_person(found, f"handed:{handover.pk}")
    return found


@transaction.atomic
def decline(*, by: User, handover: Handover, reason: str) -> Consultation:
    """That desk cannot, for a coded reason and without a word. Who has it goes on. ValueError for an unknown reason."""
    found, _consent = _both(handover)
    handovers.decline(by=by, handover=handover, reason=reason)
    states.to_desk(found, read=True)
    states.note(found, HandingEvent.STAYS)
    _tell_person(found, f"stays:{handover.pk}")
    return found


@transaction.atomic
def done(*, by: User, handover: Handover) -> Consultation:
    """It has settled there: from now on the desk before sees nothing of it."""
    found, _consent = _both(handover)
    handovers.done(by=by, handover=handover)
    found.handed_from = None
    found.save(update_fields=["handed_from"])
    states.note(found, HandingEvent.TAKEN_OVER)
    return found


@transaction.atomic
def withdraw(*, by: User, handover: Handover, reason: str = "") -> Consultation:
    """Taken back by the side that asked, or given back by the side that took it on; then with a coded reason."""
    found, _consent = _both(handover)
    was_taken_on = found.handed_from_id is not None
    handovers.withdraw(by=by, handover=handover, reason=reason)
    if was_taken_on:
        _return(found, handover, event=HandingEvent.CAME_BACK, by=by)
        _tell_person(found, f"returned:{handover.pk}")
    else:
        states.note(found, HandingEvent.STAYS)
    return found


@transaction.atomic
def object_to(*, consultation: Consultation) -> Consultation:
    """The person does not wish it (any more), at any moment until it is done. Raises states.TooLate when nothing runs."""
    found = states.locked(consultation)
    asked = open_question(found)
    if asked is not None:
        return _answer(asked, False, how=ConsentHow.PAGE, by=None).consultation
    row = Handover.objects.of(KIND, found.pk).open().first()
    if row is None:
        raise states.TooLate
    audit.record("consultation.objected", by=None, target=found)
    handovers.end_as_wished(kind=KIND, subject=found.pk)
    if row.state == HandoverState.ACCEPTED and found.handed_from_id:
        _return(found, row, event=HandingEvent.OBJECTED, by=None)
    else:
        states.to_desk(found, read=True)
        states.note(found, HandingEvent.OBJECTED)
    return found


# --- moving ----------------------------------------------------------------------------------------------


def _move(
    consultation: Consultation,
    desk: ConsultationDesk,
    *,
    event: HandingEvent,
    by: User | None,
    counsellor: User | None = None,
    handed_from: ConsultationDesk | None = None,
) -> None:
    """That desk has it, its clock begins. Notes stay with the desk that wrote them; so does whom it took for whom."""
    before, was_held = consultation.desk.slug, end_hold(consultation, by=by)
    consultation.desk, consultation.counsellor, consultation.handed_from = desk, counsellor, handed_from
    consultation.same_person_as = None
    states.to_desk(consultation)
    Consultation.objects.filter(same_person_as=consultation).update(same_person_as=None)
    if was_held:
        states.note(consultation, "hold_over")
    states.note(consultation, event)
    audit.record("consultation.moved", by=by, target=consultation, desk=before, to=desk.slug, event=str(event))


def _return(consultation: Consultation, handover: Handover, *, event: HandingEvent, by: User | None) -> None:
    """To the desk before, and there to whoever had asked, if they still sit there."""
    former = consultation.handed_from or consultation.desk
    asker = handover.proposed_by if sits_at(handover.proposed_by, former) else None
    _move(consultation, former, event=event, by=by, counsellor=asker)
    _call(consultation, [asker] if asker else people_at(former), f"back:{handover.pk}")


def _call(consultation: Consultation, people: list[User], mark: str) -> None:
    """It has come to these people; when it is urgent, whoever is on call hears at once."""
    key = f"consultation:{consultation.pk}:{mark}"
    notify(kind=BACK, people=people, target=consultation.pk, key=key)
    if consultation.is_urgent:
        notices.call(consultation, called_when_urgent(consultation.desk), key=key)


def _tell_desk(consultation: Consultation, question: ConsentQuestion, what: str, *, by: User | None) -> None:
    """Who asked hears what the person said; everybody at that desk where they have left. Not who wrote it down."""
    desk = question.from_desk
    people = [question.asked_by] if sits_at(question.asked_by, desk) else people_at(desk)
    key = f"consultation:{consultation.pk}:consent:{question.pk}"
    notify(kind=CONSENT, people=[user for user in people if user != by], target=consultation.pk, key=key, what=what)


class NotAsked(Exception):
    """No form has told this person where it may go: they are asked first, and the counsellor says so."""


@transaction.atomic
def give_back(*, by: User, consultation: Consultation, was_asked: bool = False) -> Consultation:
    """To the desk that receives everything (its name stood on the form before somebody wrote: no consent is needed).

    `was_asked`: the counsellor has asked the person; without it NotAsked where no form named that desk. Raises PermissionDenied where it is that desk itself, NobodyReceives, states.TooLate; AlreadyAsked while it was
    taken on from another desk and is not done: then it goes back there (`withdraw`).
    """
    found = kept(by, consultation)
    reception = DeskReception.objects.receiving()
    if reception is None:
        raise NobodyReceives
    if reception.desk == found.desk:
        raise PermissionDenied
    if found.handed_from_id:
        raise AlreadyAsked
    if not (was_asked or told_before(found, reception.desk)):
        raise NotAsked
    states.to_desk(found)  # whoever's turn it was: the desk says a first word
    note = move_back(found, reception.desk, by=by)
    _tell_person(found, f"back:{note.pk}")
    return found
