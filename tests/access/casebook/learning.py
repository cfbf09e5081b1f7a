"""Access rows of learning cards and figures: a card that waits, one that came back, one in the library."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from casebook.actions import learning
from casebook.models import CARD_TEXTS
from tests.access import CASE_DOOR, SECRETARIAT, WORKSPACE, Row, all_of
from tests.access.casebook.cases import AUTHOR, READERS, REVIEWERS, WRITERS, of
from tests.factories.cards import make_card, make_shown

WRONG = {"pk": UUID(int=0)}


def build(world: Any) -> None:
    """Cards of `member`, each with words of its own."""
    author, reviewer = world.users["member"], world.users["reviewer"]

    def words(state: str) -> dict[str, str]:
        return {name: world.canary(f"card.{state}.{name}") for name in CARD_TEXTS}

    world.card_waiting = make_card(case=world.closed, **words("waiting"))
    returned = make_card(case=world.closed, **words("returned"))
    world.card_returned = learning.give_back(by=reviewer, card=returned, note=world.canary("card.returned.note"))
    world.card_shown = make_shown(case=world.closed, reviewer=reviewer, **words("shown"))
    assert author.pk == world.card_waiting.author_id


def shows(state: str, actors: frozenset[str], *names: str) -> dict[str, frozenset[str]]:
    """Who may see which words of the card in that state."""
    return {f"card.{state}.{name}": actors for name in names}


DESK = WRITERS | REVIEWERS

ROWS: list[Row] = [
    Row(
        "members:learning_desk",
        get=all_of(DESK, 200),
        post=all_of(CASE_DOOR, 405),
        shows={**shows("waiting", AUTHOR | REVIEWERS, "title"), **shows("returned", AUTHOR, "title")},
    ),
    Row("members:case_learning", get=all_of(AUTHOR, 200), post=all_of(AUTHOR, 200), kwargs=of("closed"), wrong=WRONG),
    Row(
        "members:learning_edit",
        get=all_of(AUTHOR, 200),
        post=all_of(AUTHOR, 200),
        kwargs=of("card_returned"),
        wrong=WRONG,
        shows=shows("returned", AUTHOR, *CARD_TEXTS, "note"),
    ),
    Row(
        "members:learning_take_back",
        get=all_of(AUTHOR, 200),
        post=all_of(AUTHOR, 302),
        kwargs=of("card_waiting"),
        wrong=WRONG,
        shows=shows("waiting", AUTHOR, "title"),
    ),
    Row(
        "members:learning_review",
        get=all_of(REVIEWERS, 200),
        post=all_of(CASE_DOOR, 405),
        kwargs=of("card_waiting"),
        wrong=WRONG,
        shows=shows("waiting", REVIEWERS, *CARD_TEXTS),
    ),
    Row(
        "members:learning_accept",
        get=all_of(CASE_DOOR, 405),
        post=all_of(REVIEWERS, 302),
        kwargs=of("card_waiting"),
        wrong=WRONG,
        data=lambda world: dict.fromkeys(["nobody", "nowhere", "useful"], "on"),
    ),
    Row(
        "members:learning_return",
        get=all_of(CASE_DOOR, 405),
        post=all_of(REVIEWERS, 302),
        kwargs=of("card_waiting"),
        wrong=WRONG,
        data=lambda world: {"back-note": "もう少し、短くしてください。"},
    ),
    Row(
        "members:learning_retire",
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 302),
        kwargs=of("card_shown"),
        wrong=WRONG,
        data=lambda world: {"reason": "outdated"},
        shows=shows("shown", SECRETARIAT, "title"),
    ),
    Row("members:case_figures", get=all_of(READERS | {"excluded", "partner"}, 200), post=all_of(CASE_DOOR, 405)),
    Row("members:case_figures_csv", get=all_of(CASE_DOOR, 405), post=all_of(READERS | {"excluded", "partner"}, 200)),
    Row(
        "members:learning",
        get=all_of(WORKSPACE, 200),
        post=all_of(WORKSPACE, 200),
        data=lambda world: {"words": "役目"},
        shows=shows("shown", WORKSPACE, "title", "learned"),
    ),
    Row(
        "members:learning_card",
        get=all_of(WORKSPACE, 200),
        post=all_of(WORKSPACE, 405),
        kwargs=of("card_shown"),
        wrong=WRONG,
        shows=shows("shown", WORKSPACE, *CARD_TEXTS),
    ),
]
