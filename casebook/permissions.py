"""Sentences about what somebody may do with a case they can already see (`visible_to` comes first)."""

from typing import Any

from casebook.enums import SHARED_STATES, CaseState, OfferState
from casebook.models import Case, Offer
from directory.models.roles import stands
from directory.permissions import can
from directory.roles import Permission


def can_write(user: Any) -> bool:
    """Write a new case: for an organisation that stands."""
    return can(user, Permission.CASES_WRITE) and stands(user.organization)


def is_author(user: Any, case: Case) -> bool:
    """The person who wrote it, still in the organisation it was written for."""
    return case.author_id == user.pk and case.organization_id == user.organization_id and can_write(user)


def can_edit(user: Any, case: Case) -> bool:
    """Change the words: the author, while nobody else reads it."""
    return is_author(user, case) and case.state == CaseState.DRAFT


def can_submit(user: Any, case: Case) -> bool:
    """Hand it in for the anonymity check."""
    return can_edit(user, case)


def can_withdraw(user: Any, case: Case) -> bool:
    """Take it back, at any time, alone."""
    return is_author(user, case) and case.state != CaseState.WITHDRAWN


def can_release(user: Any, case: Case) -> bool:
    """Release or return it: a reviewer who is not the author."""
    mine = case.author_id == user.pk
    free = case.reviewer_id in {None, user.pk}
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
