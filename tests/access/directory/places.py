"""Access rows: opportunities to help, and the questions people ask about them."""

from typing import Any

from cms import keys
from directory.actions import opportunities as actions
from tests.access import EVERYONE, SECRETARIAT, Row, all_of, everyone
from tests.factories.places import make_opportunity, make_place, make_question

NO_ID = "00000000-0000-4000-8000-000000000000"
PRIVATE = ("nickname", "email", "phone", "safe_time", "question")


def build(world: Any) -> None:
    """A place, an opportunity of organisation A and a question to it; what the person wrote are canaries."""
    world.place = make_place(name="みんなに見える居場所", organization=world.org_b)
    world.opportunity = make_opportunity(title="みんなに見える手伝い", organization=world.org_a)
    words = {name: world.canary(f"question.{name}") for name in PRIVATE}
    words["email"] += "@example.jp"
    receipt = make_question(world.opportunity, key="k" * 32, **words)
    world.question, world.question_token = receipt.question, receipt.token
    world.canaries["question.token"] = receipt.token


def an_opportunity(world: Any) -> dict[str, Any]:
    return {"slug": world.opportunity.slug}


ANSWERERS = frozenset({"orgadmin"}) | SECRETARIAT
ROWS: list[Row] = [
    everyone("directory:opportunity_list"),
    everyone("directory:opportunity_detail", kwargs=an_opportunity, wrong={"slug": "nosuch1"}),
    everyone(
        "directory:opportunity_ask",
        kwargs=an_opportunity,
        wrong={"slug": "nosuch1"},
        post=422,
        data=lambda world: {"key": keys.new_form_key(actions.FORM_SALT)},
    ),
    # The holder of the link sees that it is kept and may take it back; not even they see what was written.
    everyone(
        "directory:question",
        kwargs=lambda world: {"token": world.question_token},
        wrong={"token": "nosuch"},
        post=302,
        shows={"question.token": EVERYONE},
    ),
    Row(
        "members:opportunities",
        get=all_of(ANSWERERS, 200),
        otherwise=403,
        shows={f"question.{name}": ANSWERERS for name in PRIVATE},
    ),
    Row(
        "members:question_answered",
        kwargs=lambda world: {"pk": world.question.pk},
        wrong={"pk": NO_ID},
        post=all_of(ANSWERERS, 302),
        otherwise=405,
    ),
]
