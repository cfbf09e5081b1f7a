"""Access rows of the way to the readers: a case its author's colleague reads first, one that goes out in the morning."""

from __future__ import annotations

from typing import Any

from tests.access import CASE_DOOR, SECRETARIAT, Row, all_of
from tests.access.casebook.cases import REVIEWERS, WRONG, of, post_only, shows
from tests.factories.cases import TEXTS, make_approved, make_handed_in

FIRST_READER = frozenset({"partner"})  # of the same organisation as the author, member_b


def build(world: Any) -> None:
    """Both of member_b, whose colleague `partner` is: so that the first reader is one of the actors."""
    author, colleague = world.users["member_b"], world.users["partner"]
    world.first = make_handed_in(
        author=author, first_reader=colleague, **{name: world.canary(f"case.first.{name}") for name in TEXTS}
    )
    world.approved = make_approved(
        author=author,
        first_reader=colleague,
        reviewer=world.users["reviewer"],
        **{name: world.canary(f"case.approved.{name}") for name in TEXTS},
    )


ROWS: list[Row] = [
    Row(
        "members:case_first_reading",
        get=all_of(FIRST_READER, 200),
        post=all_of(CASE_DOOR, 405),
        kwargs=of("first"),
        wrong=WRONG,
        shows=shows("first", FIRST_READER, *TEXTS),
    ),
    post_only("members:case_pass_on", of("first"), WRONG, {"partner": 302}),
    Row(
        "members:case_ask_again",
        get=all_of(CASE_DOOR, 405),
        post={"partner": 302},
        kwargs=of("first"),
        wrong=WRONG,
        data=lambda world: {"back-note": "もう少し、おおまかに書いてください。"},
    ),
    post_only("members:case_take_back", of("approved"), WRONG, {"member_b": 302}),
    Row(
        "members:case_decide",
        get=all_of(CASE_DOOR, 405),
        post=all_of(REVIEWERS, 302),
        kwargs=of("submitted"),
        wrong=WRONG,
        data=lambda world: {"verdict": "return", "note": "もう少し、おおまかに書いてください。"},
    ),
    post_only("members:case_assign", of("submitted"), WRONG, dict.fromkeys(SECRETARIAT, 302)),
]
