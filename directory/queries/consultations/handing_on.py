"""Handing on: what each side may know of it, and when (ADR 0055)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from directory.enums import (
    OPEN_CONSULTATIONS,
    OPEN_HANDOVERS,
    ConsentState,
    HandoverState,
    LifeStage,
    Method,
    NoteKind,
    Route,
)
from directory.models import (
    Concern,
    ConsentQuestion,
    Consultation,
    ConsultationDesk,
    DeskNote,
    DeskReception,
    Handover,
    User,
)
from directory.models.consultations.consultations import ConsultationQuerySet
from directory.models.handovers import HandoverQuerySet
from directory.permissions import sits_at, supervises
from directory.queries.consultations import people_at
from directory.queries.handovers import moves_of

KIND = "consultation"  # what hand-overs call it


def asked_of(user: Any) -> ConsultationQuerySet:
    """Consultations that this person's desks are asked to take on, with the person's consent, and have not answered.

    Not `visible_to`: of these only codes are read (`arriving`), not a word, no name, no way of contact.
    """
    waiting = Handover.objects.filter(kind=KIND, state=HandoverState.PROPOSED).order_by().values("pk")
    agreed = ConsentQuestion.objects.filter(
        to_desk__in=Consultation.objects.desks_of(user), state=ConsentState.AGREED, handover__in=waiting
    )
    return Consultation.objects.filter(pk__in=agreed.order_by().values("consultation"), state__in=OPEN_CONSULTATIONS)


def of_what_is_seen(user: Any) -> ConsultationQuerySet:
    """Those of whose hand-overs this person may know: what their desks read, and what they are asked for."""
    read, asked = Consultation.objects.visible_to(user), asked_of(user)
    return Consultation.objects.filter(Q(pk__in=read.order_by().values("pk")) | Q(pk__in=asked.order_by().values("pk")))


def consent_of(handover: Handover) -> ConsentQuestion | None:
    """The person's yes on which a hand-over stands. While it is being proposed: a yes that has led nowhere yet."""
    agreed = ConsentQuestion.objects.filter(consultation=handover.subject, state=ConsentState.AGREED)
    agreed = agreed.select_related("from_desk__organization", "to_desk__organization").order_by("-asked_at", "-pk")
    if handover._state.adding:
        return agreed.filter(handover=None, to_desk__organization=handover.to_organization_id).first()
    return agreed.filter(handover=handover.pk).first()


def open_handover(consultation: Consultation) -> Handover | None:
    """Waiting for an answer, or taken on and not yet done; one at most."""
    return Handover.objects.of(KIND, consultation.pk).open().first()


def open_question(consultation: Consultation) -> ConsentQuestion | None:
    """What the person is asked just now."""
    asked = ConsentQuestion.objects.filter(consultation=consultation, state=ConsentState.ASKED)
    return asked.select_related("from_desk__organization", "to_desk__organization").first()


def above(handover: Handover) -> list[User]:
    """Who hears when nobody has answered for days: supervisors of the desk that is asked, else everybody there."""
    question = consent_of(handover)
    there = people_at(question.to_desk) if question else []
    return [user for user in there if question and supervises(user, question.to_desk)] or there


# --- the desk that is asked ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Arriving:
    """What a desk knows of a consultation before it has said yes. Codes in words; nothing anybody wrote."""

    key: UUID
    number: str
    method: str
    route: str
    life_stage: str
    concerns: list[str]
    is_urgent: bool
    handover: Handover
    from_desk: ConsultationDesk
    to_desk: ConsultationDesk


CODES = ("pk", "number", "method", "route", "life_stage", "concerns", "is_urgent")


def arriving(user: Any, key: UUID | None = None) -> list[Arriving]:
    """What waits for an answer of this person's desks (one of them with `key`), urgent ones first. Four questions."""
    rows = {row["pk"]: row for row in (asked_of(user).filter(pk=key) if key else asked_of(user)).values(*CODES)}
    handovers = Handover.objects.filter(kind=KIND, subject__in=rows, state=HandoverState.PROPOSED)
    waiting = {row.pk: row for row in handovers.select_related("from_organization")}
    agreed = ConsentQuestion.objects.filter(handover__in=waiting).defer("words")
    desks = {each.handover: each for each in agreed.select_related("from_desk__organization", "to_desk")}
    names = dict(Concern.objects.values_list("code", "name"))
    found = [_arriving(rows[row.subject], row, desks[row.pk], names) for row in waiting.values() if row.pk in desks]
    return sorted(found, key=lambda each: (not each.is_urgent, each.handover.answer_by, each.handover.proposed_at))


def _arriving(row: dict[str, Any], handover: Handover, question: ConsentQuestion, names: dict[str, str]) -> Arriving:
    return Arriving(
        key=row["pk"],
        number=row["number"],
        method=str(Method(row["method"]).label),
        route=str(Route(row["route"]).label),
        life_stage=str(LifeStage(row["life_stage"]).label),
        concerns=[names[code] for code in row["concerns"] if code in names],
        is_urgent=row["is_urgent"],
        handover=handover,
        from_desk=question.from_desk,
        to_desk=question.to_desk,
    )


# --- whoever reads it ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Handing:
    """How handing on stands, for a counsellor who reads the consultation, and what they may do.

    `question`: the person is asked, and has not answered. `handover`: another organisation is asked, or has taken it
    on and not yet said that it is done; `asked_desk` is the desk. `ways`: states to which this person may take it.
    `refusal`: what was declined last, while nothing else was tried since.
    """

    question: ConsentQuestion | None
    handover: Handover | None
    asked_desk: ConsultationDesk | None
    ways: frozenset[str]
    receives: bool
    refusal: Handover | None
    has_it: bool
    may_ask: bool
    back_to: ConsultationDesk | None

    @property
    def may_finish(self) -> bool:
        """Say that it is settled here: the desk before sees nothing more."""
        return HandoverState.DONE in self.ways

    @property
    def may_withdraw(self) -> bool:
        """Take it back, or give it back to the desk before."""
        return HandoverState.WITHDRAWN in self.ways

    @property
    def is_quiet(self) -> bool:
        """There is nothing to say and nothing to do."""
        return not (self.question or self.handover or self.refusal or self.may_ask or self.back_to)


def handing_of(user: Any, consultation: Consultation) -> Handing:
    """For the page of a consultation this person may read."""
    question, handover = open_question(consultation), open_handover(consultation)
    consent = consent_of(handover) if handover else None
    mine = sits_at(user, consultation.desk)
    free = mine and consultation.is_open and not question and not handover
    reception = DeskReception.objects.receiving() if mine and consultation.is_open else None
    back = reception.desk if reception and reception.desk != consultation.desk else None
    return Handing(
        question=question,
        handover=handover,
        asked_desk=consent.to_desk if consent else None,
        ways=moves_of(user, handover) if handover else frozenset(),
        receives=bool(consent and mine and consent.to_desk == consultation.desk),
        refusal=_refusal(user, consultation) if free else None,
        has_it=mine,
        may_ask=free,
        back_to=None if consultation.handed_from_id else back,
    )


def _refusal(user: Any, consultation: Consultation) -> Handover | None:
    """The last hand-over, if it was declined and the person was not asked again since."""
    rows = Handover.objects.visible_to(user).of(KIND, consultation.pk).select_related("to_organization")
    last = rows.order_by("-proposed_at", "pk").first()
    asked = ConsentQuestion.objects.filter(consultation=consultation).order_by("asked_at", "pk").last()
    stands = last is not None and asked is not None and asked.handover == last.pk
    return last if last is not None and stands and last.state == HandoverState.DECLINED else None


def handovers_of(user: Any, consultation: Consultation) -> HandoverQuerySet:
    """All of one consultation that this person may know of."""
    return Handover.objects.visible_to(user).of(KIND, consultation.pk)


def desks_to_ask(consultation: Consultation) -> tuple[list[ConsultationDesk], list[ConsultationDesk]]:
    """Desks that take letters just now, without its own: those for its concerns, and the others."""
    taking = DeskReception.objects.open().exclude(desk=consultation.desk).values("desk")
    desks = ConsultationDesk.objects.filter(pk__in=taking).select_related("organization").prefetch_related("concerns")
    wanted = set(consultation.concerns)
    fitting = [desk for desk in desks if wanted & {concern.code for concern in desk.concerns.all()}]
    return fitting, [desk for desk in desks if desk not in fitting]


# --- the person ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PersonsView:
    """How handing on stands, for the person on the reply page.

    `question`: they are asked (`to_desk`, `words`). `asked_desk`: that desk was asked with their consent and has not
    answered. `former`: the desk before still reads along. `may_object`: `handing_on.object_to` takes it back now.
    """

    question: ConsentQuestion | None
    asked_desk: ConsultationDesk | None
    former: ConsultationDesk | None

    @property
    def may_object(self) -> bool:
        """Until it is done."""
        return bool(self.question or self.asked_desk or self.former)


def handing_for_person(consultation: Consultation) -> PersonsView:
    """For the reply page."""
    handover = Handover.objects.of(KIND, consultation.pk).filter(state=HandoverState.PROPOSED).first()
    consent = consent_of(handover) if handover else None
    return PersonsView(
        question=open_question(consultation),
        asked_desk=consent.to_desk if consent else None,
        former=consultation.handed_from,
    )


def numbers(keys: Iterable[UUID]) -> dict[UUID, str]:
    """What each consultation is called."""
    return dict(Consultation.objects.filter(pk__in=list(keys)).order_by().values_list("pk", "number"))


def told_before(consultation: Consultation, desk: ConsultationDesk) -> bool:
    """Whether the person read, before they wrote, that it may go to that desk; within one house nobody need say so."""
    return desk.pk == consultation.returns_to_id or desk.organization_id == consultation.desk.organization_id


def was_spoken_with(consultation: Consultation) -> bool:
    """Whether its desk has met or heard the person outside this site, as far as it has written down."""
    contacts = DeskNote.objects.filter(consultation=consultation, desk=consultation.desk).exclude(kind=NoteKind.NOTE)
    return consultation.method != Method.WEB or contacts.exists()


def waits_or_runs(consultation: Consultation) -> bool:
    """A question or a hand-over is open: one thing at a time."""
    rows = Handover.objects.of(KIND, consultation.pk).filter(state__in=OPEN_HANDOVERS)
    return open_question(consultation) is not None or rows.exists()
