"""Answering a case, and the author's answer to that."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from casebook.actions.cases import locked
from casebook.actions.guarding import cleared, kept
from casebook.actions.news import tell
from casebook.enums import OfferState, Stance
from casebook.models import Case, Offer
from casebook.permissions import can_answer_offer, can_offer, can_withdraw_offer
from casebook.queries import can_see
from cms import audit, dates
from cms.guard import Dismissal
from directory.models import User


class AlreadyAnswered(Exception):
    """The organisation has an open answer to this case."""


def offer(
    *,
    by: User,
    case: Case,
    stance: str,
    text: str = "",
    due_on: dt.date | None = None,
    dismissals: Iterable[Dismissal] = (),
) -> Offer:
    """Answer for the own organisation. The author is told.

    Raises PermissionDenied, OpenFindings, GuardUnavailable, AlreadyAnswered; then nothing is stored.
    """
    try:
        return _offer(by=by, case=case, stance=stance, text=text, due_on=due_on, dismissals=dismissals)
    except IntegrityError:
        raise AlreadyAnswered from None


@transaction.atomic
def _offer(
    *, by: User, case: Case, stance: str, text: str, due_on: dt.date | None, dismissals: Iterable[Dismissal]
) -> Offer:
    case = locked(case)
    if not (can_offer(by, case) and can_see(by, case)):
        raise PermissionDenied
    found = cleared({"text": text}, dismissals)
    made = Offer.objects.create(
        case=case,
        organization_id=by.organization_id,  # type: ignore[misc]
        offered_by=by,
        stance=Stance(stance),
        text=text or None,
        dismissals=kept(found.dismissals),
        due_on=due_on,
    )
    audit.record("offer.made", by=by, target=made, case=str(case.pk), stance=str(stance))
    tell(case, f"offer-{made.pk}", [case.author])
    return made


def _locked_offer(offer: Offer) -> Offer:
    case = locked(offer.case)
    fresh = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    fresh.case = case
    return fresh


def _decide(by: User, offer: Offer, state: OfferState) -> Offer:
    offer.state, offer.decided_at = state, dates.now()
    offer.save(update_fields=["state", "decided_at"])
    audit.record(f"offer.{state}", by=by, target=offer, case=str(offer.case_id))
    return offer


@transaction.atomic
def answer(*, by: User, offer: Offer, accept: bool) -> Offer:
    """The author takes an answer up, or declines it. Acceptance tells the other side who asked."""
    offer = _locked_offer(offer)
    if not can_answer_offer(by, offer):
        raise PermissionDenied
    offer = _decide(by, offer, OfferState.ACCEPTED if accept else OfferState.DECLINED)
    tell(offer.case, f"{offer.state}-{offer.pk}", [offer.offered_by])
    return offer


@transaction.atomic
def withdraw_offer(*, by: User, offer: Offer) -> Offer:
    """Take an answer back; its words are gone."""
    offer = _locked_offer(offer)
    if not can_withdraw_offer(by, offer) or not can_see(by, offer.case):
        raise PermissionDenied
    offer.text = offer.dismissals = None
    offer.save(update_fields=["text", "dismissals"])
    return _decide(by, offer, OfferState.WITHDRAWN)
