"""What organisations say to a case: offers, questions, hand-overs, as one person sees them; and who answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casebook.enums import OfferState, Stance
from casebook.models import Case, Offer, Question
from casebook.permissions import (
    acts_in_handover,
    can_answer_offer,
    can_answer_question,
    can_ask,
    can_ask_about,
    can_hand_on,
    can_offer,
    can_take_question_back,
    can_withdraw_offer,
)
from casebook.queries.people import readers_of, roles_with
from directory.enums import HandoverState, Side
from directory.models import Handover, RoleAssignment, User
from directory.roles import Permission

HANDED_ON = "case"  # what hand-overs call a case
STANDING = (OfferState.OFFERED, OfferState.ACCEPTED)


@dataclass(frozen=True)
class Asked:
    """A question, and what this person may do with it. `by_the_case`: the side that wrote the case asks."""

    question: Question
    may_answer: bool
    may_take_back: bool
    ours: bool

    @property
    def by_the_case(self) -> bool:
        """The side that wrote the case asks somebody who made an offer."""
        return self.question.offer_id is not None


@dataclass(frozen=True)
class Offered:
    """An offer with the questions about it, and what this person may do with it."""

    offer: Offer
    questions: list[Asked]
    may_decide: bool
    may_ask: bool
    may_withdraw: bool
    may_hand_on: bool

    @property
    def is_information(self) -> bool:
        """Taking it up means thanking for it: nobody takes anything on."""
        return self.offer.stance == Stance.INFORMATION

    @property
    def is_help(self) -> bool:
        """There is something to take up."""
        return self.offer.stance != Stance.CANNOT_NOW


@dataclass(frozen=True)
class HandedOn:
    """A hand-over, the side this person is on, and where they may take it."""

    handover: Handover
    side: str
    ways: frozenset[str]

    @property
    def receives(self) -> bool:
        """This person's organisation was asked."""
        return self.side == Side.RECEIVING

    @property
    def may_answer(self) -> bool:
        """Take it on, or decline."""
        return HandoverState.ACCEPTED in self.ways

    @property
    def may_finish(self) -> bool:
        """Say that they have met."""
        return HandoverState.DONE in self.ways

    @property
    def may_withdraw(self) -> bool:
        """Take it back, or give it back."""
        return HandoverState.WITHDRAWN in self.ways


@dataclass(frozen=True)
class Exchange:
    """All of it for one person and one case; `handovers` the newest first."""

    offers: list[Offered]
    questions: list[Asked]
    handovers: list[HandedOn]
    own_offer: Offer | None
    is_told: bool
    may_offer: bool
    may_ask: bool

    @property
    def accepted(self) -> bool:
        """An offer was taken up."""
        return any(each.offer.state == OfferState.ACCEPTED for each in self.offers)

    @property
    def helping(self) -> int:
        """How many organisations offered something."""
        return sum(each.is_help and each.offer.state in STANDING for each in self.offers)

    @property
    def handover(self) -> Handover | None:
        """The one the track tells of: what is open, else the newest."""
        rows = [each.handover for each in self.handovers]
        return next((row for row in rows if row.is_open), rows[0] if rows else None)

    @property
    def to_hand_on(self) -> list[Offered]:
        """Offers from which a hand-over may be asked for."""
        return [each for each in self.offers if each.may_hand_on]


def exchange_of(user: Any, case: Case) -> Exchange:
    """What this person, who may see the case, sees of the exchange about it. Three questions to the database."""
    offers = list(Offer.objects.visible_to(user).filter(case=case).select_related("organization"))
    known = {offer.pk: offer for offer in offers}
    for offer in offers:
        offer.case = case
    asked = _asked(user, case, known)
    handed = _handed_on(user, case)
    own = case.organization_id == user.organization_id
    mine = [offer for offer in offers if offer.organization_id == user.organization_id and not own]
    return Exchange(
        offers=[_offered(user, offer, asked, handed) for offer in offers],
        questions=[each for each in asked if not each.by_the_case],
        handovers=handed,
        own_offer=next((offer for offer in mine if offer.state in STANDING), None),
        is_told=own or any(offer.state == OfferState.ACCEPTED for offer in mine),
        may_offer=can_offer(user, case),
        may_ask=can_ask(user, case),
    )


def _asked(user: Any, case: Case, offers: dict[Any, Offer]) -> list[Asked]:
    found = []
    for question in Question.objects.visible_to(user).filter(case=case).select_related("organization"):
        question.case = case
        if question.offer_id is not None:
            question.offer = offers[question.offer_id]
        found.append(
            Asked(
                question,
                may_answer=can_answer_question(user, question),
                may_take_back=can_take_question_back(user, question),
                ours=question.organization_id == user.organization_id,
            )
        )
    return found


def _handed_on(user: Any, case: Case) -> list[HandedOn]:
    rows = Handover.objects.visible_to(user).of(HANDED_ON, case.pk).order_by("-proposed_at", "pk")
    found = []
    for row in rows.select_related("from_organization", "to_organization"):
        side = row.side_of(user)
        ways = row.ways(side) if acts_in_handover(user, case, side) else frozenset()
        found.append(HandedOn(row, side, ways))
    return found


def _offered(user: Any, offer: Offer, asked: Sequence[Asked], handed: Sequence[HandedOn]) -> Offered:
    running = any(
        each.handover.to_organization_id == offer.organization_id
        and (each.handover.is_open or each.handover.state == HandoverState.DONE)
        for each in handed
    )
    return Offered(
        offer,
        [each for each in asked if each.question.offer_id == offer.pk],
        may_decide=can_answer_offer(user, offer),
        may_ask=can_ask_about(user, offer),
        may_withdraw=can_withdraw_offer(user, offer),
        may_hand_on=can_hand_on(user, offer) and not running,
    )


# --- who is told ---------------------------------------------------------------------------------------------


def those_who_answer(question: Question) -> list[User]:
    """The person who wrote the case, or made the offer; when they are gone, all who may speak for their organisation."""
    if question.offer is not None:
        return _speakers(
            question.case, question.offer.organization_id, Permission.CASES_OFFER, question.offer.offered_by
        )
    case = question.case
    return _speakers(case, case.organization_id, Permission.CASES_WRITE, case.author)


def those_who_receive(handover: Handover) -> list[User]:
    """On the receiving side: who made the offer that was taken up; else all who may make offers there."""
    case = Case.objects.filter(pk=handover.subject).first()
    if case is None:
        return []
    taken_up = Offer.objects.filter(
        case=case, organization=handover.to_organization_id, state=OfferState.ACCEPTED
    ).select_related("offered_by")
    offer = taken_up.order_by("-decided_at").first()
    return _speakers(case, handover.to_organization_id, Permission.CASES_OFFER, offer.offered_by if offer else None)


def _speakers(case: Case, organization: int, permission: Permission, first: User | None) -> list[User]:
    """People of an organisation who may read the case and hold the permission: the first of them alone, if there."""
    held = RoleAssignment.objects.active().filter(role__in=roles_with(permission)).values("user")
    people = readers_of(case).filter(organization=organization, pk__in=held)
    if first is not None and people.filter(pk=first.pk).exists():
        return [first]
    return list(people.order_by("pk"))
