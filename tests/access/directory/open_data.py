"""Access rows: the read API and its description. Anybody may read, nobody may write."""

from typing import Any

from directory.hsds import ids
from directory.models import Channel, Concern
from tests.access import Row, everyone
from tests.factories.desks import make_desk

NOTHING = "00000000-0000-4000-8000-000000000000"


def build(world: Any) -> None:
    """A published desk with a room one can go to."""
    world.open_desk = make_desk({"kind": "visit", "value": "福祉会館1階"}, name="データになる窓口")


def place(world: Any) -> Any:
    channel = Channel.objects.get(desk=world.open_desk)
    return ids.channel_id(world.open_desk.slug, channel.pk)


def one(route: str, made: Any) -> Row:
    """A thing by its UUID."""
    return everyone(f"directory:{route}", kwargs=lambda world: {"id": str(made(world))}, wrong={"id": NOTHING})


ROWS: list[Row] = [
    everyone("directory:api_docs"),
    everyone("directory:openapi"),
    everyone("directory:hsds"),
    everyone("directory:hsds_services"),
    one("hsds_service", lambda world: ids.service_id(world.open_desk.slug)),
    everyone("directory:hsds_organizations"),
    one("hsds_organization", lambda world: ids.organization_id(world.open_desk.organization_id, "")),
    everyone("directory:hsds_service_at_locations"),
    one("hsds_service_at_location", lambda world: ids.part_id(place(world), "service-at-location")),
    everyone("directory:hsds_locations"),
    one("hsds_location", place),
    everyone("directory:hsds_taxonomies"),
    one("hsds_taxonomy", lambda world: ids.taxonomy_id("tsunagari-terms")),
    everyone("directory:hsds_taxonomy_terms"),
    one("hsds_taxonomy_term", lambda world: ids.concern_id(Concern.objects.all()[0].code)),
]
