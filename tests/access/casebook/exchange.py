"""Access rows: questions about the released case, and a case of `member` that is handed on to `member_b`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from casebook.actions import handing_on, offers, questions
from tests.access import CASE_DOOR, Row, all_of
from tests.factories.cases import make_offer, make_released

NOTHING = UUID(int=0)
READERS = frozenset({"member", "member_b", "secretariat", "both"})
OTHERS = READERS - {"member"}  # readers who work elsewhere
# On the page of the released case (the row of cases.py).
SAID = dict.fromkeys(["exchange.question", "exchange.answer", "exchange.open"], READERS)
ASKING, HELPING = frozenset({"member"}), frozenset({"member_b"})


def build(world: Any) -> None:
    """On the released case a question with its answer and one without; another case that was handed on twice."""
    author, helper = world.users["member"], world.users["member_b"]
    asked = questions.ask(by=helper, case=world.released, text=world.canary("exchange.question"))
    questions.answer(by=author, question=asked, text=world.canary("exchange.answer"))
    world.exchange_question = questions.ask(by=helper, case=world.released, text=world.canary("exchange.open"))
    world.exchange = make_released(author=author, excluded=[world.org_x], reviewer=world.users["reviewer"])
    offer = make_offer(world.exchange, by=helper, stance="handle", text=world.canary("exchange.offer"))
    offers.answer(by=author, offer=offer, accept=True)
    declined = handing_on.propose(by=author, offer=offer)
    handing_on.decline(by=helper, handover=declined, reason="full", note=world.canary("exchange.note"))
    world.exchange_offer = offer
    world.exchange_handover = handing_on.propose(by=author, offer=offer)


def of(kind: str) -> Callable[[Any], dict[str, Any]]:
    """Address of a thing of the exchange: `kind` is the word in the address."""

    def kwargs(world: Any) -> dict[str, Any]:
        thing = getattr(world, f"exchange_{kind}")
        return {"pk": world.exchange.pk if kind == "handover" else thing.case_id, kind: thing.pk}

    return kwargs


def wrong(kind: str) -> dict[str, Any]:
    """The same where there is nothing."""
    return {"pk": NOTHING, kind: NOTHING}


def verb(route: str, kind: str, who: frozenset[str]) -> Row:
    """Done by a button: GET is no way to do it."""
    return Row(
        f"members:{route}",
        get=all_of(CASE_DOOR, 405),
        post=all_of(who, 302),
        kwargs=of(kind),
        wrong=wrong(kind),
    )


def form(route: str, kind: str, who: frozenset[str], **shows: frozenset[str]) -> Row:
    """A page with a form; sent empty it comes back."""
    return Row(
        f"members:{route}",
        get=all_of(who, 200),
        post=all_of(who, 200),
        kwargs=of(kind),
        wrong=wrong(kind),
        shows={f"exchange.{word}": actors for word, actors in shows.items()},
    )


ROWS: list[Row] = [
    Row(
        "members:case_ask",
        get=all_of(OTHERS, 200),
        post=all_of(OTHERS, 200),
        kwargs=lambda world: {"pk": world.released.pk},
        wrong={"pk": NOTHING},
        shows={"case.released.asked": OTHERS},
    ),
    form("offer_ask", "offer", ASKING, offer=ASKING),
    form("question_answer", "question", ASKING, open=ASKING),
    verb("question_take_back", "question", HELPING),
    form("handover_propose", "offer", ASKING, offer=ASKING),
    verb("handover_accept", "handover", HELPING),
    verb("handover_done", "handover", HELPING),  # too early: said kindly, on the page of the case
    form("handover_decline", "handover", HELPING),
    Row(
        "members:handover_withdraw",
        get=all_of(ASKING, 200),
        post=all_of(ASKING, 302),
        kwargs=of("handover"),
        wrong=wrong("handover"),
    ),
]
