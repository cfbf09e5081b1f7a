"""Sentences about what somebody may do with a case they can already see (`visible_to` comes first)."""

from typing import Any

from casebook.enums import EMPTY_STATES, SHARED_STATES, UNDER_WAY, CardState, CaseState, OfferState, Stance
from casebook.models import Case, LearningCard, Offer, Question
from cms import dates
from directory.enums import Side
from directory.models.roles import stands
from directory.permissions import can
from directory.roles import Permission


def can_write(user: Any) -> bool:
    """Write a new case: for an organisation that stands."""
    return can(user, Permission.CASES_WRITE) and stands(user.organization)


def is_author(user: Any, case: Case) -> bool:
    """The person who wrote it, still in the organisation it was written for. A stopped case stands still for them too."""
    mine = case.author_id == user.pk and case.organization_id == user.organization_id
    return mine and case.stopped_at is None and can_write(user)


def can_edit(user: Any, case: Case) -> bool:
    """Change the words: the author, while nobody else reads it."""
    return is_author(user, case) and case.state == CaseState.DRAFT


def can_submit(user: Any, case: Case) -> bool:
    """Hand it in for the anonymity check."""
    return can_edit(user, case)


def can_take_back_to_draft(user: Any, case: Case) -> bool:
    """Go on writing what was handed in, while it is shared with nobody."""
    return is_author(user, case) and case.state in {CaseState.FIRST, CaseState.SUBMITTED, CaseState.APPROVED}


def can_withdraw(user: Any, case: Case) -> bool:
    """Take it back, at any time, alone."""
    return is_author(user, case) and case.state not in EMPTY_STATES


def can_read_first(user: Any, case: Case) -> bool:
    """Pass it on to the anonymity check or ask for a change: the colleague who was asked, else the secretariat."""
    if case.state != CaseState.FIRST or case.author_id == user.pk:
        return False
    if case.first_reader_id is None:
        return can(user, Permission.CASES_READ_FIRST)
    return case.first_reader_id == user.pk and can_write(user)


def checks_from_outside(user: Any, case: Case) -> bool:
    """Of another organisation than the one that wrote it, or of the secretariat (CB-05)."""
    return case.organization_id != user.organization_id or can(user, Permission.CASES_READ_FIRST)


def can_release(user: Any, case: Case) -> bool:
    """Release or return it: a reviewer from outside who is neither the author nor its first reader."""
    mine = user.pk in {case.author_id, case.first_read_by_id}
    free = case.reviewer_id in {None, user.pk} and checks_from_outside(user, case)
    return can(user, Permission.CASES_RELEASE) and case.state == CaseState.SUBMITTED and free and not mine


def can_offer(user: Any, case: Case) -> bool:
    """Answer for the own organisation, unless it is the one that asks."""
    other = case.organization_id != user.organization_id
    return (
        can(user, Permission.CASES_OFFER) and stands(user.organization) and other and case.state == CaseState.RELEASED
    )


def can_answer_offer(user: Any, offer: Offer) -> bool:
    """Accept or decline it."""
    return is_author(user, offer.case) and offer.case.state == CaseState.RELEASED and offer.state == OfferState.OFFERED


def can_withdraw_offer(user: Any, offer: Offer) -> bool:
    """Take an answer back while nobody has relied on it."""
    own = offer.organization_id == user.organization_id
    return can(user, Permission.CASES_OFFER) and own and offer.state == OfferState.OFFERED


def can_close(user: Any, case: Case) -> bool:
    """Say what came of it."""
    return is_author(user, case) and case.state == CaseState.RELEASED


def sees_readers(user: Any, case: Case) -> bool:
    """Who read it, by name: the author's organisation."""
    own = case.organization_id == user.organization_id
    return can(user, Permission.CASES_READ) and own and case.state in SHARED_STATES


def can_ask(user: Any, case: Case) -> bool:
    """Ask the side that wrote it: whoever reads it for another organisation, while it waits for answers."""
    other = case.organization_id != user.organization_id
    return can(user, Permission.CASES_READ) and stands(user.organization) and other and case.state == CaseState.RELEASED


def can_ask_about(user: Any, offer: Offer) -> bool:
    """The author asks whoever made an offer for a little more, before or after taking it up."""
    stands_still = offer.state in {OfferState.OFFERED, OfferState.ACCEPTED}
    return is_author(user, offer.case) and offer.case.state == CaseState.RELEASED and stands_still


def is_asked(user: Any, question: Question) -> bool:
    """Speaks for the side a question is put to: about a case who writes cases there, about an offer who makes offers."""
    if question.case.state != CaseState.RELEASED or not stands(user.organization):
        return False
    if question.offer is not None:
        return question.offer.organization_id == user.organization_id and can(user, Permission.CASES_OFFER)
    return question.case.organization_id == user.organization_id and can(user, Permission.CASES_WRITE)


def can_answer_question(user: Any, question: Question) -> bool:
    """Answer it, once."""
    return question.is_open and is_asked(user, question)


def can_take_question_back(user: Any, question: Question) -> bool:
    """The person who asked, while nobody has answered."""
    mine = question.asked_by_id == user.pk and question.organization_id == user.organization_id
    return mine and question.is_open and can(user, Permission.CASES_READ)


def can_hand_on(user: Any, offer: Offer) -> bool:
    """Ask for a hand-over: the author, from an offer to handle it or to do so together that was taken up."""
    offered_hands = offer.stance in {Stance.CAN_HANDLE, Stance.TOGETHER} and offer.state == OfferState.ACCEPTED
    return offered_hands and is_author(user, offer.case) and offer.case.state == CaseState.RELEASED


def acts_in_handover(user: Any, case: Case, side: str) -> bool:
    """Move a hand-over of a case: on the asking side its author, on the other whoever makes offers."""
    if side == Side.ASKING:
        return is_author(user, case)
    return can(user, Permission.CASES_OFFER) and stands(user.organization)


def can_stop(user: Any, case: Case) -> bool:
    """Pull the brake: everybody before whose eyes it is. A draft nobody else sees needs none."""
    return case.state not in {CaseState.DRAFT, *EMPTY_STATES} and case.stopped_at is None


def can_print(user: Any, case: Case) -> bool:
    """Take it on paper to a meeting: readers of a shared case."""
    return can(user, Permission.CASES_READ) and case.state in SHARED_STATES


def can_keep_on(user: Any, case: Case) -> bool:
    """Say that it is still needed: the author, once its half year is over and while there is time left."""
    due = case.is_due_for_review(dates.today())
    return is_author(user, case) and due and case.expires_on is not None and case.expires_on > dates.today()


def can_learn_from(user: Any, case: Case) -> bool:
    """Write down what was learned: the author of a closed case, for as long as the case is kept."""
    return is_author(user, case) and case.state == CaseState.CLOSED


def can_check_card(user: Any, card: LearningCard) -> bool:
    """Be the second pair of eyes for a card: never its author."""
    return can(user, Permission.CASES_RELEASE) and card.state == CardState.WAITING and card.author_id != user.pk


def can_rewrite_card(user: Any, card: LearningCard) -> bool:
    """Change a card that came back."""
    return card.author_id == user.pk and can_write(user) and card.state == CardState.RETURNED


def can_take_back_card(user: Any, card: LearningCard) -> bool:
    """Take a card back while it is not shown; afterwards nobody knows whose it was."""
    return card.author_id == user.pk and can_write(user) and card.state in UNDER_WAY


def can_retire_card(user: Any, card: LearningCard) -> bool:
    """Take a card out of the library: the secretariat."""
    return can(user, Permission.INCIDENTS_KEEP) and card.state == CardState.SHOWN


def sees_figures(user: Any) -> bool:
    """How many cases there were: everybody who may read cases."""
    return can(user, Permission.CASES_READ)
