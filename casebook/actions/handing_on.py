"""Handing a case on to the organisation whose offer was taken up. Names are told outside, never here."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casebook.actions.cases import locked
from casebook.actions.guarding import cleared, kept
from casebook.models import Offer
from casebook.permissions import can_hand_on
from casebook.queries import can_see
from casebook.queries.exchange import HANDED_ON
from cms.guard import Dismissal
from directory.actions import handovers
from directory.models import Handover, User


@transaction.atomic
def propose(*, by: User, offer: Offer, answer_by: dt.date | None = None) -> Handover:
    """From an offer that was taken up: ask its organisation to take the case on.

    Raises PermissionDenied, ValueError for a day that cannot be, and of directory.actions.handovers NobodyThere and
    AlreadyAsked.
    """
    case = locked(offer.case)
    offer = Offer.objects.select_for_update(of=("self",)).select_related("organization").get(pk=offer.pk)
    offer.case = case
    if not (can_hand_on(by, offer) and can_see(by, case)):
        raise PermissionDenied
    return handovers.propose(by=by, kind=HANDED_ON, subject=case.pk, to=offer.organization, answer_by=answer_by)


@transaction.atomic
def decline(
    *, by: User, handover: Handover, reason: str, note: str = "", dismissals: Iterable[Dismissal] = ()
) -> Handover:
    """The receiving side cannot. The few words pass the guard. Raises OpenFindings, GuardUnavailable, and as `handovers.decline`."""
    found = cleared({"note": note}, dismissals)
    return handovers.decline(by=by, handover=handover, reason=reason, note=note, dismissals=kept(found.dismissals))
