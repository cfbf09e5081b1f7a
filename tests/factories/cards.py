"""Learning cards for tests: made through the actions, so that every rule holds for them too."""

from __future__ import annotations

from typing import Any

from casebook.actions import closing, learning
from casebook.enums import CardState
from casebook.models import Case, LearningCard
from cms import dates
from tests.factories.cases import make_released, make_reviewer

CODED: dict[str, Any] = {
    "concerns": ["k3", "k5"],
    "bodies": ["b3"],
    "life_stage": "m1",
    "outcome": "found",
    "fiscal_year": dates.fiscal_year(dates.today()),
    "materials": [],
}
TEXTS = {
    "title": "役目があると、来やすい",
    "learned": "さそうより、手伝いをお願いするほうが来やすい人がいる。",
    "tried": "十分で終わる手伝いを三つ用意した。",
    "worked": "ことわってもよいと先に伝えた。",
    "hard": "人の多い日に、頼みごとが見つからなかった。",
    "schemes": "重層的支援体制整備事業",
}


def make_closed(**changes: Any) -> Case:
    """A case that came to its end."""
    case = make_released(**changes)
    return closing.close(by=case.author, case=case, outcome="found")


def make_card(*, case: Case | None = None, **changes: Any) -> LearningCard:
    """Handed in by the author of a closed case; waits for the second pair of eyes."""
    case = case or make_closed()
    texts = {name: changes.pop(name, text) for name, text in TEXTS.items()}
    return learning.hand_in(by=case.author, case=case, coded={**CODED, **changes}, texts=texts)


def make_ready(*, reviewer: Any = None, **changes: Any) -> LearningCard:
    """Goes out on the first of next month."""
    return learning.accept(by=reviewer or make_reviewer(), card=make_card(**changes))


def make_shown(**changes: Any) -> LearningCard:
    """In the library, as if its morning had come."""
    card = make_ready(**changes)
    LearningCard.objects.filter(pk=card.pk).update(state=CardState.SHOWN, author=None, goes_out_on=None)
    card.refresh_from_db()
    return card
