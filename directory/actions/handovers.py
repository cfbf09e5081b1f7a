"""Verbs of a hand-over: ask, take on, decline, say that it is done, take back; and the clock that reminds.

No name and no word about a person travels here: what is handed on stays where it is, and people speak with each other
outside. The few words a refusal may carry are let through the guard by the room that owns the thing.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cms import audit, dates
from directory.actions import handover_news as news
from directory.actions.roles import holders_of
from directory.enums import OPEN_HANDOVERS, DeclineReason, HandoverState, WithdrawReason
from directory.models import Handover, Organization, User
from directory.models.handovers import MOVES, HandoverQuerySet, Subject, subject_of
from directory.models.roles import stands

ANSWER_WITHIN = dt.timedelta(days=7)
LONGEST_WAIT = dt.timedelta(days=30)
SECRETARIAT_AFTER = dt.timedelta(days=3)
MORNING = 8  # o'clock in Japan: nobody is reminded at night


class TooLate(Exception):
    """It is no longer where this verb begins: somebody was quicker, or it is over."""


class ReasonDue(Exception):
    """It has been taken on: whoever takes it back says why."""


class AlreadyAsked(Exception):
    """That organisation has been asked about this already, and it is not over."""


class NobodyThere(Exception):
    """Nobody in that organisation could answer."""


def propose(*, by: User, kind: str, subject: uuid.UUID, to: Organization, answer_by: dt.date | None = None) -> Handover:
    """Ask another organisation to take something on; it has a week unless another day is given.

    Raises PermissionDenied, ValueError for a day that cannot be, NobodyThere, AlreadyAsked.
    """
    today = dates.today()
    answer_by = answer_by or today + ANSWER_WITHIN
    if not today <= answer_by <= today + LONGEST_WAIT:
        raise ValueError("An answer is asked for between today and in thirty days.")
    try:
        return _propose(by=by, kind=kind, subject=subject, to=to, answer_by=answer_by)
    except IntegrityError:
        raise AlreadyAsked from None


@transaction.atomic
def _propose(*, by: User, kind: str, subject: uuid.UUID, to: Organization, answer_by: dt.date) -> Handover:
    asking = by.organization
    if asking is None or asking.pk == to.pk or not (stands(asking) and stands(to)):
        raise PermissionDenied
    asked = Handover(
        kind=kind, subject=subject, from_organization=asking, to_organization=to, proposed_by=by, answer_by=answer_by
    )
    about = _allowed(by, asked)
    people = list(about.people(asked))
    if not people:
        raise NobodyThere
    asked.save(force_insert=True)
    _record("proposed", by, asked, answer_by=str(answer_by))
    news.tell(asked, news.ASKED, people)
    return asked


def _allowed(by: User, handover: Handover) -> Subject:
    """What is known about the thing, for whoever may see it and act for their side. PermissionDenied for others."""
    about, side = subject_of(handover.kind), handover.side_of(by)
    if about is None or not side or not stands(by.organization):
        raise PermissionDenied
    if not about.may_see(by).filter(pk=handover.subject).exists() or not about.may_act(by, handover, side):
        raise PermissionDenied
    return about


def _held(by: User, handover: Handover, to: HandoverState) -> Handover:
    """The row as it is now, locked, if this person may take it to that state. PermissionDenied, TooLate."""
    fresh = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    _allowed(by, fresh)
    side = fresh.side_of(by)
    if not any(side in ways.get(to, ()) for ways in MOVES.values()):
        raise PermissionDenied
    if to not in fresh.ways(side):
        raise TooLate
    return fresh


def _record(event: str, by: User | None, handover: Handover, **codes: str) -> None:
    audit.record(
        f"handover.{event}", by=by, target=handover, kind=handover.kind, subject=str(handover.subject), **codes
    )


def _move(by: User, handover: Handover, to: HandoverState, **changes: Any) -> Handover:
    """Write the new state down, with its moments."""
    now, ends = dates.now(), to not in OPEN_HANDOVERS
    if handover.answered_at is None and to != HandoverState.WITHDRAWN:
        changes |= {"answered_at": now, "answered_by": by}
    if ends:
        changes |= {"ended_at": now, "ended_by": by}
    handover.state = to
    for name, value in changes.items():
        setattr(handover, name, value)
    handover.save(update_fields=["state", *changes])
    _record(str(to), by, handover, **({"reason": handover.reason} if handover.reason else {}))
    return handover


@transaction.atomic
def accept(*, by: User, handover: Handover) -> Handover:
    """The receiving side takes it on. The asking side hears of it. PermissionDenied, TooLate."""
    moved = _move(by, _held(by, handover, HandoverState.ACCEPTED), HandoverState.ACCEPTED)
    news.tell(moved, news.ACCEPTED, [moved.proposed_by])
    return moved


@transaction.atomic
def decline(
    *, by: User, handover: Handover, reason: str, note: str = "", dismissals: list[dict[str, Any]] | None = None
) -> Handover:
    """The receiving side cannot, for a coded reason. `note` has passed the guard of the room that calls.

    Raises PermissionDenied, TooLate, ValueError for a reason that is not on the list.
    """
    changes = {"reason": DeclineReason(reason), "note": note or None, "dismissals": dismissals or None}
    moved = _move(by, _held(by, handover, HandoverState.DECLINED), HandoverState.DECLINED, **changes)
    news.tell(moved, news.DECLINED, [moved.proposed_by])
    return moved


@transaction.atomic
def done(*, by: User, handover: Handover) -> Handover:
    """The receiving side has met whom it is about: connected. PermissionDenied, TooLate."""
    moved = _move(by, _held(by, handover, HandoverState.DONE), HandoverState.DONE)
    news.tell(moved, news.CONNECTED, [moved.proposed_by])
    return moved


@transaction.atomic
def withdraw(*, by: User, handover: Handover, reason: str = "") -> Handover:
    """The asking side takes it back at any time; the receiving side gives back what it has taken on.

    Once it was taken on, a coded reason is due (ReasonDue without, ValueError for one that is not on the list); before,
    none is kept. PermissionDenied, TooLate.
    """
    held = _held(by, handover, HandoverState.WITHDRAWN)
    if held.state == HandoverState.ACCEPTED and not reason:
        raise ReasonDue
    changes = {"reason": WithdrawReason(reason)} if held.state == HandoverState.ACCEPTED else {}
    people = list(news.other_side(held, by))
    moved = _move(by, held, HandoverState.WITHDRAWN, **changes)
    news.tell(moved, news.WITHDRAWN, people)
    return moved


@transaction.atomic
def end_unanswered(*, by: User | None, kind: str, subject: uuid.UUID) -> int:
    """The thing is closed: nobody need answer any more. What was taken on stays taken on. How many ended.

    Whether `by` may end the thing itself was asked by its room; so for `forget`.
    """
    return len(_end(by, Handover.objects.of(kind, subject).filter(state=HandoverState.PROPOSED)))


@transaction.atomic
def forget(*, by: User | None, kind: str, subject: uuid.UUID) -> int:
    """The thing is gone: what is open ends, words of refusals are emptied. How many ended."""
    ended = _end(by, Handover.objects.of(kind, subject).open())
    Handover.objects.of(kind, subject).update(note=None, dismissals=None)
    return len(ended)


@transaction.atomic
def end_as_wished(*, kind: str, subject: uuid.UUID) -> int:
    """Whom it is about wishes otherwise: what is open ends, and who asked hears of it. How many ended.

    Whether it was they who said so was asked by the thing's room.
    """
    ended = _end(None, Handover.objects.of(kind, subject).open(), why=WithdrawReason.WISH)
    for row in ended:
        news.tell(row, news.WITHDRAWN, [row.proposed_by])
    return len(ended)


def _end(by: User | None, rows: HandoverQuerySet, why: WithdrawReason = WithdrawReason.ENDED) -> list[Handover]:
    now, ending = dates.now(), list(rows.select_for_update(of=("self",)))
    for row in ending:
        reason = why if row.state == HandoverState.ACCEPTED else ""
        Handover.objects.filter(pk=row.pk).update(
            state=HandoverState.WITHDRAWN, reason=reason, ended_at=now, ended_by=by
        )
        _record("ended", by, row)
    return ending


# --- the clock ---------------------------------------------------------------------------------------------


def remind(at: dt.datetime) -> int:
    """On every tick: the day of the answer has come, or was three days ago. Once each, in the morning; safe to repeat."""
    moment = dates.jst(at)
    if moment.hour < MORNING:
        return 0
    today = moment.date()
    told = 0
    for row in Handover.objects.unanswered(today).filter(reminded_at=None).select_related("proposed_by"):
        told += _reminded(row, at)
    late = Handover.objects.unanswered(today - SECRETARIAT_AFTER).filter(escalated_at=None)
    for row in late.select_related("proposed_by"):
        told += _escalated(row, at)
    return told


def _claimed(row: Handover, field: str, at: dt.datetime) -> bool:
    """Whether this process is the one that tells of it, and nobody has answered meanwhile."""
    waiting = Handover.objects.filter(pk=row.pk, state=HandoverState.PROPOSED, **{field: None})
    return bool(waiting.update(**{field: at}))


@transaction.atomic
def _reminded(row: Handover, at: dt.datetime) -> int:
    """Both sides, once. While nobody may see the thing (it was stopped) the reminder waits."""
    about = subject_of(row.kind)
    if about is None:
        return 0
    receiving, asking = about.seen_by(about.people(row), row), about.seen_by([row.proposed_by], row)
    if not (receiving or asking) or not _claimed(row, "reminded_at", at):
        return 0
    _record("reminded", None, row)
    news.tell(row, news.DUE, receiving)
    news.tell(row, news.STILL_WAITING, asking)
    return 1


@transaction.atomic
def _escalated(row: Handover, at: dt.datetime) -> int:
    """The secretariat, whoever stands above on the receiving side, and the asking person once more; it waits likewise."""
    about = subject_of(row.kind)
    if about is None:
        return 0
    office, asking = about.seen_by(holders_of(news.SECRETARIAT), row), about.seen_by([row.proposed_by], row)
    receiving = about.seen_by(about.above(row), row) if about.above else []
    if not (office or asking or receiving) or not _claimed(row, "escalated_at", at):
        return 0
    _record("escalated", None, row)
    news.tell(row, news.OVERDUE, asking)
    news.tell(row, news.STILL_DUE, receiving)
    news.tell(row, news.OFFICE, office, kind=news.office_kind_of(row.kind))
    return 1
