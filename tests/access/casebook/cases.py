"""Access rows of the room `casebook`: one case in each state, and an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from casebook.actions import closing
from tests.access import CASE_DOOR, CORE, Row, all_of
from tests.access.casebook.exchange import SAID
from tests.factories.cases import TEXTS, make_case, make_offer, make_released, make_submitted

WRONG = {"pk": UUID(int=0)}
WRONG_OFFER = {**WRONG, "offer": UUID(int=0)}
WRITERS = CORE | {"partner"}
REVIEWERS = frozenset({"secretariat", "reviewer", "both"})
AUTHOR = frozenset({"member"})
# The released case is for core members without the organisation of `excluded`; the secretariat counts as core.
READERS = frozenset({"member", "member_b", "secretariat", "both"})


def build(world: Any) -> None:
    """A draft, a submitted, a released and a closed case of `member`, each with words of its own."""
    author = world.users["member"]

    def words(state: str) -> dict[str, Any]:
        return {name: world.canary(f"case.{state}.{name}") for name in TEXTS}

    world.draft = make_case(author=author, **words("draft"))
    world.submitted = make_submitted(author=author, **words("submitted"))
    world.released = make_released(
        author=author, excluded=[world.org_x], reviewer=world.users["reviewer"], **words("released")
    )
    closed = make_released(author=author, excluded=[world.org_x], reviewer=world.users["reviewer"], **words("closed"))
    world.offer = make_offer(world.released, by=world.users["member_b"], text=world.canary("case.offer"))
    note = world.canary("case.closed.note")
    world.closed = closing.close(by=author, case=closed, outcome="found", note=note)


def shows(state: str, actors: frozenset[str], *names: str) -> dict[str, frozenset[str]]:
    """Who may see which words of the case in that state."""
    return {f"case.{state}.{name}": actors for name in names}


def of(name: str) -> Callable[[Any], dict[str, Any]]:
    """Address of the world's case of that name."""
    return lambda world: {"pk": getattr(world, name).pk}


def of_offer(world: Any) -> dict[str, Any]:
    """Address of the answer."""
    return {"pk": world.released.pk, "offer": world.offer.pk}


def post_only(route: str, kwargs: Callable[[Any], dict[str, Any]], wrong: dict[str, Any], post: dict[str, int]) -> Row:
    """A verb: GET is no way to do it."""
    return Row(route, get=all_of(CASE_DOOR, 405), post=post, kwargs=kwargs, wrong=wrong)


HEADLINES = {
    **shows("draft", AUTHOR, "headline"),
    **shows("submitted", AUTHOR, "headline"),
    **shows("released", READERS, "headline"),
    **shows("closed", READERS, "headline"),
    **shows("first", frozenset({"member_b"}), "headline"),
    **shows("approved", frozenset({"member_b"}), "headline"),
}

ROWS: list[Row] = [
    Row("members:case_list", get=all_of(CASE_DOOR, 200), post=all_of(CASE_DOOR, 405), shows=HEADLINES),
    Row("members:case_new", get=all_of(WRITERS, 200), post=all_of(WRITERS, 200)),
    Row("members:case_review_list", get=all_of(REVIEWERS, 200), post=all_of(CASE_DOOR, 405)),
    Row(
        "members:case_detail",
        get=all_of(READERS, 200),
        post=all_of(CASE_DOOR, 405),
        kwargs=of("released"),
        wrong=WRONG,
        shows={**shows("released", READERS, *TEXTS), "case.offer": READERS, **SAID},
    ),
    Row(
        "members:case_edit",
        get=all_of(AUTHOR, 200),
        post=all_of(AUTHOR, 200),
        kwargs=of("draft"),
        wrong=WRONG,
        shows=shows("draft", AUTHOR, *TEXTS),
    ),
    post_only("members:case_submit", of("draft"), WRONG, {"member": 302}),
    Row("members:case_close", get=all_of(AUTHOR, 200), post=all_of(AUTHOR, 200), kwargs=of("released"), wrong=WRONG),
    Row("members:case_withdraw", get=all_of(AUTHOR, 200), post=all_of(AUTHOR, 302), kwargs=of("released"), wrong=WRONG),
    Row(
        "members:case_review",
        get=all_of(REVIEWERS, 200),
        post=all_of(CASE_DOOR, 405),
        kwargs=of("submitted"),
        wrong=WRONG,
        shows=shows("submitted", REVIEWERS, *TEXTS),
    ),
    Row(
        "members:case_offer",
        get={"member_b": 200},
        post={"member_b": 200},
        kwargs=of("released"),
        wrong=WRONG,
        shows=shows("released", frozenset({"member_b"}), "asked"),
    ),
    post_only("members:offer_accept", of_offer, WRONG_OFFER, {"member": 302}),
    post_only("members:offer_decline", of_offer, WRONG_OFFER, {"member": 302}),
    post_only("members:offer_withdraw", of_offer, WRONG_OFFER, {"member_b": 302}),
]
