"""Access rows: desks as residents see them."""

from typing import Any

from tests.access import Row, everyone
from tests.factories.desks import make_desk


def build(world: Any) -> None:
    """A published desk."""
    world.desk = make_desk(name="みんなに見える窓口")


ROWS: list[Row] = [
    everyone("directory:desk_list"),
    everyone("directory:desk_cards"),
    everyone("directory:desk_memo"),
    everyone("directory:desk_detail", kwargs=lambda world: {"slug": world.desk.slug}, wrong={"slug": "nosuch1"}),
]
