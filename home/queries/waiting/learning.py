"""What waits among the learning cards: how many, no word of them, and no day (a card knows none)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casebook.enums import CardState
from casebook.models import LearningCard
from home.queries.waiting.task import Task


def card_tasks(user: Any) -> list[Task]:
    """Cards that want a second pair of eyes, and own ones that came back: one line each."""
    cards = LearningCard.objects
    found = (
        (cards.own(user).filter(state=CardState.RETURNED).count(), _("Your learning card came back"),
         _("The second person asks for other words."), _("Go on writing"), "pen"),
        (cards.waiting_for(user).count(), _("Learning cards to look through"),
         _("They go into the library when somebody else has read them."), _("Look through"), "eye"),
    )  # fmt: skip
    desk = reverse("members:learning_desk")
    return [Task(title, why, verb, desk, icon, count=count) for count, title, why, verb, icon in found if count]
