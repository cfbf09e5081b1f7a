"""Lists of cases, as one person may see them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Expression,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models import Case as Conditional
from django.db.models.functions import Coalesce

from casebook.enums import SHARED_STATES, UNSHARED_STATES, CaseState, OfferState, Stance
from casebook.models import Case, Offer
from casebook.models.cases import CaseQuerySet
from directory.models import Concern
from directory.permissions import can
from directory.roles import Permission

STANDING = (OfferState.OFFERED, OfferState.ACCEPTED)
TURN_OURS = 0  # place in the list of what waits for an answer of the own organisation
TURN_UNSHARED, TURN_RUNNING, TURN_OVER = 1, 2, 3


def concern_names() -> dict[str, str]:
    """Code → name of every concern the city lists."""
    return dict(Concern.objects.values_list("code", "name"))


def with_concern_names(cases: Iterable[Case]) -> list[Case]:
    """The cases, each with `concern_names`: one query for all. Codes that are no more are left out."""
    names, cases = concern_names(), list(cases)
    for case in cases:
        case.concern_names = [names[code] for code in case.concerns if code in names]  # type: ignore[attr-defined]
    return cases


def own_and_shared(user: Any) -> CaseQuerySet:
    """What this person's list speaks of: own cases in every state, and all shared ones."""
    own = Q(author=user) if can(user, Permission.CASES_WRITE) else Q(pk__in=[])
    return Case.objects.visible_to(user).filter(own | Q(state__in=SHARED_STATES))


def answered_by(user: Any) -> QuerySet[Offer, Any]:
    """Cases with a standing answer of the own organisation: a set found once, not a question for each row."""
    return Offer.objects.filter(state__in=STANDING, organization=user.organization_id).order_by().values("case")


def groups(user: Any) -> dict[int, Q]:
    """The parts of the list in their order, each as a condition of its own (as `_turn` says it for one row)."""
    own, answered = Q(organization=user.organization_id), Q(pk__in=answered_by(user))
    running = Q(state=CaseState.RELEASED)
    return {
        TURN_OURS: running & ~own & ~answered,
        TURN_UNSHARED: Q(state__in=UNSHARED_STATES),
        TURN_RUNNING: running & (own | answered),
        TURN_OVER: Q(state=CaseState.CLOSED),
    }


def ordered(user: Any) -> CaseQuerySet:
    """The list in its order: whose turn it is, then the newest first."""
    answered = ExpressionWrapper(Q(pk__in=answered_by(user)), output_field=BooleanField())
    return (
        own_and_shared(user)
        .annotate(answered=answered, turn=_turn(user))
        .order_by("turn", F("released_at").desc(nulls_first=True), "-created_at", "pk")
    )


def listed(user: Any) -> CaseQuerySet:
    """The list with what a line needs."""
    offers = Offer.objects.filter(case=OuterRef("pk"), state__in=STANDING).exclude(stance=Stance.CANNOT_NOW)
    counted = offers.order_by().values("case").annotate(n=Count("pk")).values("n")
    return ordered(user).annotate(offer_count=Coalesce(Subquery(counted), 0))


def _turn(user: Any) -> Expression:
    """Order of the list: what waits for an answer of ours, own drafts, what runs, what is over."""
    others = ~Q(organization=user.organization_id)
    return Conditional(
        When(others, state=CaseState.RELEASED, answered=False, then=Value(TURN_OURS)),
        When(state__in=UNSHARED_STATES, then=Value(TURN_UNSHARED)),
        When(state=CaseState.RELEASED, then=Value(TURN_RUNNING)),
        default=Value(TURN_OVER),
    )


def waiting_count(user: Any) -> int:
    """Released cases of others that the own organisation has not answered; for the navigation and the home."""
    if user.organization_id is None or not can(user, Permission.CASES_OFFER):
        return 0
    return listed(user).filter(turn=TURN_OURS).count()  # type: ignore[misc]  # annotated in `listed`


def can_see(user: Any, case: Case) -> bool:
    """Whether `visible_to` holds for one case."""
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()
