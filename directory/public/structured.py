"""A desk for machines that read pages: schema.org as JSON-LD, from the same channels and the same hours as the page.

Left out: numbers that are held back (they never reach a channel list), samples, and "open now", which would be stale in
an hour. Hours are told as real dates of the coming week, so holidays and days off are in them.
https://schema.org/GovernmentService, https://schema.org/OpeningHoursSpecification
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from cms.dates import JST
from directory.enums import LINKED_KINDS, ChannelKind, OrganizationKind
from directory.hours import Light, OpeningHours
from directory.models import Channel
from directory.phones import PhoneKind
from directory.queries import DeskAt

WEEK = 7
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OFFICIAL = frozenset({OrganizationKind.CITY, OrganizationKind.PUBLIC_BODY})
SAFE = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def filled(**fields: Any) -> dict[str, Any]:
    """Without what is not known: an unknown field is left out, never blank."""
    return {name.replace("at_", "@", 1): value for name, value in fields.items() if value not in ("", None, [], {})}


def opening_hours_of(hours: OpeningHours, at: dt.datetime) -> list[dict[str, Any]]:
    """The stretches of the coming week; all day and every day in one sentence."""
    if hours.state(at).light is Light.ALWAYS:
        return [filled(at_type="OpeningHoursSpecification", dayOfWeek=list(DAYS), opens="00:00", closes="23:59")]
    first = dt.datetime.combine(at.date(), dt.time(), JST)
    return [
        filled(
            at_type="OpeningHoursSpecification",
            validFrom=f"{begin:%Y-%m-%d}",
            validThrough=f"{begin:%Y-%m-%d}",
            dayOfWeek=DAYS[begin.weekday()],
            opens=f"{begin:%H:%M}",
            closes="23:59" if end.time() == dt.time() else f"{end:%H:%M}",  # before `opens`: the next morning
        )
        for begin, end in stretches(hours, first, first + dt.timedelta(days=WEEK))
    ]


def stretches(hours: OpeningHours, first: dt.datetime, last: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """When it is open; what is longer than a day is cut at midnight, as the format knows no longer one."""
    for opened in hours.between(first, last):
        begin = opened.start
        while opened.end - begin > dt.timedelta(days=1):
            midnight = dt.datetime.combine(begin.date() + dt.timedelta(days=1), dt.time(), JST)
            yield begin, midnight
            begin = midnight
        yield begin, opened.end


def way(channel: Channel, at: dt.datetime) -> dict[str, Any]:
    """A channel; empty when nobody could use it from here."""
    hours = channel.opening_hours
    open_at = opening_hours_of(hours, at) if hours else []
    number = channel.phone
    point = filled(
        telephone=number.value if number and number.kind is not PhoneKind.SAMPLE and channel.href else "",
        faxNumber=number.value if number and number.kind is PhoneKind.E164 and channel.kind == ChannelKind.FAX else "",
        email=channel.value if channel.kind == ChannelKind.MAIL else "",
    )
    return filled(
        servicePhone=filled(at_type="ContactPoint", **point, hoursAvailable=open_at) if point else {},
        serviceUrl=channel.value if channel.kind in LINKED_KINDS else "",
        serviceLocation=filled(at_type="Place", address=channel.value, openingHoursSpecification=open_at)
        if channel.kind == ChannelKind.VISIT and channel.value
        else {},
    )


def described(item: DeskAt) -> dict[str, Any]:
    """The desk as a dictionary of schema.org."""
    desk = item.desk
    ways = [{"@type": "ServiceChannel", **found} for each in item.channels if (found := way(each.channel, item.at))]
    owner = desk.organization
    official = owner.kind in OFFICIAL
    return {"@context": "https://schema.org"} | filled(
        at_type="GovernmentService" if official else "Service",
        name=desk.name,
        alternateName=list(desk.aliases),
        description=desk.description,
        url=settings.BASE_URL + desk.get_absolute_url(),
        provider=filled(
            at_type="GovernmentOrganization" if official else "Organization", name=owner.name, url=desk.website
        ),
        areaServed=desk.area,
        audience=filled(
            at_type="PeopleAudience",
            suggestedMinAge=desk.age_min,
            suggestedMaxAge=desk.age_max,
            audienceType=desk.audience,
        )
        if item.has_ages or desk.audience
        else {},
        availableChannel=ways,
    )


def as_json(item: DeskAt) -> SafeString:
    """JSON that cannot end the script element it stands in."""
    return SafeString(json.dumps(described(item), ensure_ascii=False).translate(SAFE))
