"""Access rows: what an organisation proposes for its own desks."""

from typing import Any

from tests.access import Row
from tests.factories.desks import make_desk

NONE = {"slug": "nosuchone"}


def build(world: Any) -> None:
    """A desk of organisation A, where the organisation's administrator works; a word only a draft holds."""
    world.own_desk = make_desk(name="団体Aの窓口", organization=world.org_a)
    world.own_desk.description = world.canary("desk.draft")
    world.own_desk.save_revision(user=world.users["orgadmin"])


def its_slug(world: Any) -> dict[str, Any]:
    return {"slug": world.own_desk.slug}


DRAFT = {"desk.draft": {"orgadmin"}}
ROWS: list[Row] = [
    Row("members:desks", get={"orgadmin": 200}, otherwise=403),
    Row("members:desk_new", get={"orgadmin": 200}, post={"orgadmin": 200}, otherwise=403),
    Row(
        "members:desk_propose",
        kwargs=its_slug,
        wrong=NONE,
        get={"orgadmin": 200},
        post={"orgadmin": 200},
        otherwise=403,
        shows=DRAFT,
    ),
    Row("members:desk_proposal", kwargs=its_slug, wrong=NONE, get={"orgadmin": 200}, otherwise=403, shows=DRAFT),
    Row("members:desk_withdraw", kwargs=its_slug, wrong=NONE, post={"orgadmin": 302}, otherwise=405),
]
