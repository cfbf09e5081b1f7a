"""Learning cards: the news about them, and the morning on which they go out."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casebook.actions import learning
from casebook.enums import CardState
from casebook.models import LearningCard
from cms.signals import ticking
from directory.actions.notifications import Kind, register_kind
from directory.models import Notification
from directory.roles import Permission


def cards_to_check(user: Any, targets: Sequence[str]) -> set[str]:
    """Cards that still wait for somebody like this person."""
    rows = LearningCard.objects.waiting_for(user).filter(pk__in=targets)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def cards_returned(user: Any, targets: Sequence[str]) -> set[str]:
    """Own cards that came back and wait for this person."""
    rows = LearningCard.objects.own(user).filter(state=CardState.RETURNED, pk__in=targets)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def desk(row: Notification) -> str:
    """Where cards under way are seen, own ones and those of others."""
    return reverse("members:learning_desk")


def always(words: str | Promise) -> Callable[[Notification], str]:
    """The same sentence for every piece of news: a card has no number to be called by."""
    return lambda row: str(words)


def show_what_is_due(at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """On the first of the month accepted cards go out together."""
    return {"cards_shown": learning.show_due(at=at)}


def register() -> None:
    """Kinds of news, and the clock of the house."""
    ticking.connect(show_what_is_due, dispatch_uid="casebook.show_what_is_due")
    for name, label, sees, words, permission in (
        (learning.TO_CHECK, _("Learning cards to look through"), cards_to_check,
         _("A learning card waits for a second pair of eyes."), Permission.CASES_RELEASE),
        (learning.RETURNED, _("Own learning cards given back"), cards_returned,
         _("Your learning card was given back to you."), Permission.CASES_WRITE),
    ):  # fmt: skip
        register_kind(
            Kind(
                name=name,
                label=label,
                sees=sees,
                sentence=always(words),
                path=desk,
                sensitive=True,
                thing="card",
                permission=permission,
            )
        )
