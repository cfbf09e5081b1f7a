"""What the read API asks: pages of public things with a constant number of queries, and one thing by its UUID."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from cms.models import SiteSettings
from directory.hsds import ids, services
from directory.hsds.services import LOCATED, City
from directory.hsds.shapes import (
    OrganizationWithServices,
    Page,
    Service,
    ServiceAtLocation,
    ServiceAtLocationWithService,
    ServiceInBrief,
)
from directory.hsds.taxonomies import CONCERNS, TAXONOMIES, TERMS, Attributes
from directory.models import Channel, Concern, ConsultationDesk, Organization
from directory.queries import board_at
from directory.queries.finder import with_channels

_T = TypeVar("_T")
_S = TypeVar("_S")
NOBODY = AnonymousUser()


@dataclass(frozen=True)
class Wanted:
    """Which services. None: no wish. `open_at`: somebody is there at that moment, by the same function as the badge."""

    organization_id: UUID | None = None
    taxonomy_id: UUID | None = None
    taxonomy_term_id: UUID | None = None
    modified_after: dt.datetime | None = None
    open_at: dt.datetime | None = None


def city() -> City:
    """The settings that ids need. One query."""
    return City((SiteSettings.objects.first() or SiteSettings()).municipality_code)


def page_of(rows: Any, number: int, size: int, shape: Callable[[Any], _T]) -> Page[_T]:
    """One page of a queryset or list; beyond the last one it is empty."""
    total = len(rows) if isinstance(rows, list) else rows.count()
    pages = max(1, -(-total // size))
    found = [shape(row) for row in rows[(number - 1) * size : number * size]]
    return Page(
        total_items=total,
        total_pages=pages,
        page_number=number,
        size=len(found),
        first_page=number == 1,
        last_page=number == pages,
        empty=not found,
        contents=found,
    )


def public() -> Any:
    """Public desks, nothing loaded with them."""
    return ConsultationDesk.objects.visible_to(NOBODY).order_by("slug")


def loaded(desks: Any) -> Any:
    """With organisation, channels that are not held back, and concerns: four queries."""
    return with_channels(desks).prefetch_related("concerns")


def desks_for(wanted: Wanted, place: City) -> Any:
    """Public desks that fit."""
    desks = public()
    if wanted.modified_after:
        desks = desks.filter(last_published_at__gte=wanted.modified_after)
    if wanted.organization_id:
        desks = desks.filter(organization=organization_key(wanted.organization_id, place))
    if wanted.taxonomy_term_id:
        codes = Concern.objects.values_list("code", flat=True)
        code = next((each for each in codes if ids.concern_id(each) == wanted.taxonomy_term_id), "")
        desks = desks.filter(concerns__code=code)
    if wanted.taxonomy_id and wanted.taxonomy_id != TAXONOMIES[TERMS].id:
        known = wanted.taxonomy_id == TAXONOMIES[CONCERNS].id
        desks = desks.filter(concerns__isnull=False).distinct() if known else desks.none()
    if wanted.open_at:
        board = board_at(wanted.open_at, NOBODY)
        desks = desks.filter(pk__in=[desk.pk for desk in (*board.open_local, *board.open_national)])
    return desks


def service_page(wanted: Wanted, number: int, size: int, *, full: bool) -> Page[Any]:
    """Services; `full` with everything below them."""
    place = city()
    shape: Callable[[ConsultationDesk], ServiceInBrief] = (
        (lambda desk: services.service(desk, place)) if full else (lambda desk: services.in_brief(desk, place))
    )
    return page_of(loaded(desks_for(wanted, place)), number, size, shape)


def one_service(key: UUID) -> Service | None:
    """A service with everything below it; None when there is none."""
    slug = the_one(public().values_list("slug", flat=True), lambda slug: ids.service_id(slug) == key)
    desk = loaded(public().filter(slug=slug)).first() if slug else None
    return services.service(desk, city()) if desk else None


def the_one(rows: Iterable[_S], fits: Callable[[_S], bool]) -> _S | None:
    """UUIDs are made, not stored: the row that yields this one. A hash each, some milliseconds for thousands."""
    return next((row for row in rows if fits(row)), None)


def bodies() -> Any:
    """Organisations that run a public desk."""
    return Organization.objects.filter(pk__in=public().order_by().values("organization_id")).order_by("pk")


def organization_key(key: UUID, place: City) -> int:
    """The number of an organisation; 0 when there is none."""
    numbers = bodies().values_list("pk", flat=True)
    return the_one(numbers, lambda pk: ids.organization_id(pk, place.code) == key) or 0


def organization_page(number: int, size: int, *, full: bool, full_service: bool) -> Page[Any]:
    """Organisations; with their services if `full` or `full_service`."""
    place = city()
    if not (full or full_service):
        return page_of(bodies(), number, size, lambda body: services.organization(body, place))
    found = page_of(bodies(), number, size, lambda body: body)
    shapes = with_services(found.contents, place, full_service=full_service)
    return Page(**{**dict(found), "contents": shapes})


def one_organization(key: UUID, *, full_service: bool) -> OrganizationWithServices | None:
    """An organisation with its services; None when there is none."""
    place = city()
    pk = organization_key(key, place)
    found = with_services(bodies().filter(pk=pk), place, full_service=full_service)
    return found[0] if found else None


def with_services(rows: Iterable[Organization], place: City, *, full_service: bool) -> list[OrganizationWithServices]:
    """Organisations with the services they run: a constant number of queries."""
    known = list(rows)
    of_body: dict[int, list[ServiceInBrief]] = {body.pk: [] for body in known}
    shape = services.service if full_service else services.in_brief
    for desk in loaded(public().filter(organization__in=list(of_body))):
        of_body[desk.organization_id].append(shape(desk, place))
    return [_with_services(body, of_body[body.pk], place) for body in known]


def _with_services(body: Organization, run: Sequence[ServiceInBrief], place: City) -> OrganizationWithServices:
    said = Attributes(ids.organization_id(body.pk, place.code), "organization")
    said.say("organization-kind", body.kind)
    return OrganizationWithServices(
        **dict(services.organization(body, place)), services=list(run), attributes=said.found
    )


def located() -> Any:
    """Channels of public desks that are places: houses, letter boxes, pages."""
    channels = Channel.objects.public().filter(desk__in=public().order_by(), kind__in=list(LOCATED))
    return channels.select_related("desk").order_by("desk__slug", "sort_order", "pk")


def location_page(number: int, size: int) -> Page[Any]:
    """Locations."""
    return page_of(located(), number, size, lambda channel: services.location(channel.desk, channel))


def one_channel(fits: Callable[[UUID], bool]) -> Channel | None:
    """The located channel whose UUID fits."""
    rows = located().values_list("desk__slug", "pk")
    found = the_one(rows, lambda row: fits(ids.channel_id(*row)))
    channel: Channel | None = located().filter(pk=found[1]).first() if found else None
    return channel


def at_location_page(wanted: Wanted, number: int, size: int, *, full: bool) -> Page[Any]:
    """Services at locations; `full` with the service in brief."""
    place = city()
    channels = located().filter(desk__in=desks_for(wanted, place).order_by())
    if not full:
        return page_of(channels, number, size, lambda channel: services.at_location(channel.desk, channel))
    found = page_of(channels, number, size, lambda channel: channel)
    return Page(**{**dict(found), "contents": with_service(found.contents, place)})


def one_at_location(key: UUID) -> ServiceAtLocation | None:
    """A service at a location; None when there is none."""
    channel = one_channel(lambda made: ids.part_id(made, "service-at-location") == key)
    return with_service([channel], city())[0] if channel else None


def with_service(channels: list[Channel], place: City) -> list[ServiceAtLocationWithService]:
    """Places with the service in brief beside each."""
    desks = {desk.pk: desk for desk in loaded(public().filter(pk__in=[channel.desk_id for channel in channels]))}
    return [
        ServiceAtLocationWithService(
            **dict(services.at_location(channel.desk, channel)),
            service=services.in_brief(desks[channel.desk_id], place),
        )
        for channel in channels
    ]
