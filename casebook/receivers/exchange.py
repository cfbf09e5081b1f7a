"""What hand-overs have to know of cases: who may see one, who moves it, whom to tell, where it leads."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casebook.models import Case
from casebook.permissions import acts_in_handover
from casebook.queries.exchange import HANDED_ON, those_who_receive
from directory.actions import handover_news
from directory.models import Handover
from directory.models.handovers import Subject
from directory.roles import Permission


def cases_of(user: Any) -> Any:
    """Keys of the cases this person may see at this moment, to be nested in a query."""
    return Case.objects.visible_to(user).order_by().values("pk")


def may_act(user: Any, handover: Handover, side: str) -> bool:
    """Whether this person moves it for that side."""
    case = Case.objects.visible_to(user).filter(pk=handover.subject).first()
    return case is not None and acts_in_handover(user, case, side)


def numbers(keys: Iterable[UUID]) -> dict[UUID, str]:
    """What each case is called."""
    return dict(Case.objects.filter(pk__in=list(keys)).order_by().values_list("pk", "number"))


def path(key: UUID) -> str:
    """The page of the case."""
    return reverse("members:case_detail", args=[key])


def register() -> None:
    """Cases can be handed on."""
    handover_news.register(
        Subject(
            kind=HANDED_ON,
            may_see=cases_of,
            may_act=may_act,
            people=those_who_receive,
            numbers=numbers,
            path=path,
            label=_("Hand-overs of cases"),
            permission=Permission.CASES_OFFER,
        )
    )
