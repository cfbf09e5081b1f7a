"""An event for machines that read pages: schema.org as JSON-LD, from the same rows as the page.

Left out: the address of the online meeting, which only those who are registered are told; people who register.
https://schema.org/Event, https://schema.org/EventSeries
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from cms.dates import JST
from workshops.enums import Format, Unit, Way
from workshops.models import Event, EventPage, Occurrence, Speaker
from workshops.queries.events import FREE

register = template.Library()
SAFE = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}
STATUS = "https://schema.org/Event"
MODES = {Format.VENUE: "Offline", Format.ONLINE: "Online", Format.BOTH: "Mixed"}


def filled(**fields: Any) -> dict[str, Any]:
    """Without what is not known: an unknown field is left out, never blank."""
    return {name.replace("at_", "@", 1): value for name, value in fields.items() if value not in ("", None, [], {})}


@register.simple_tag
def event_structured(page: EventPage) -> SafeString:
    """The JSON inside `<script type="application/ld+json">`; "" on a copy that is linked with nothing."""
    event = page.event
    dates = list(event.occurrences.upcoming().select_related("event")) if event else []
    if event and not dates:
        dates = list(event.occurrences.select_related("event").order_by("-starts_at")[:1])
    if event is None or not dates:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", **structured(event, dates, page)}, ensure_ascii=False)
    return SafeString(text.translate(SAFE))  # nothing in it can end the script


def structured(event: Event, dates: list[Occurrence], page: EventPage) -> dict[str, Any]:
    """One event; with several dates a series whose parts they are."""
    address = f"{settings.BASE_URL}/events/{event.slug}/"
    common = about(event, page, address)
    if len(dates) == 1:
        return {"@type": "Event", **common, **at_time(dates[0])}
    parts = [
        {
            "@type": "Event", "name": page.title, "url": address, "superEvent": {"@id": f"{address}#series"},
            **{key: common[key] for key in ("location", "eventAttendanceMode", "offers") if key in common},
            **at_time(each),
        }
        for each in dates
    ]  # fmt: skip
    return {
        "@type": "EventSeries",
        "@id": f"{address}#series",
        **common,
        "startDate": written(dates[0].starts_at, all_day=dates[0].all_day),
        "subEvent": parts,
    }


def about(event: Event, page: EventPage, address: str) -> dict[str, Any]:
    """What is true of every date."""
    speakers = Speaker.objects.filter(session__event=event).select_related("session").order_by("session__order")
    partners = [{"@type": "Organization", "name": each.name} for each in event.partners.all()]
    host = [filled(at_type="Organization", name=event.host_name, url=event.url)] if event.host_name else []
    return filled(
        name=page.title,
        description=page.introduction or event.summary,
        url=address,
        inLanguage="ja",
        eventAttendanceMode=f"https://schema.org/{MODES[Format(event.format)]}EventAttendanceMode",
        location=location(event, address),
        organizer=[*host, *partners],
        performer=[
            filled(
                at_type="Person",
                name=each.name,
                affiliation=filled(at_type="Organization", name=each.affiliation) if each.affiliation else None,
            )
            for each in speakers
        ],
        offers=offers(event, address),
        isAccessibleForFree=True if event.fee_text.startswith(FREE) else None,
    )


def location(event: Event, address: str) -> Any:
    """The venue, or this site's page in place of the meeting's own address, or both."""
    place = filled(at_type="Place", name=event.venue_name, address=event.venue_address or event.venue_name)
    screen = {"@type": "VirtualLocation", "url": address}
    if event.format == Format.ONLINE:
        return screen
    here = place if len(place) > 1 else None
    if event.format == Format.BOTH:
        return [each for each in (here, screen) if each]
    return here


def offers(event: Event, address: str) -> dict[str, Any] | None:
    """A price only when it is known to be none."""
    if not event.fee_text.startswith(FREE):
        return None
    return filled(
        at_type="Offer",
        price=0,
        priceCurrency="JPY",
        url=address,
        validFrom=written(event.opens_at, all_day=False) if event.opens_at else None,
    )


def at_time(occurrence: Occurrence) -> dict[str, Any]:
    """When, whether it takes place, and how many people find room (known only where seats are people)."""
    ends = occurrence.ends_at
    if occurrence.all_day and ends:
        ends -= dt.timedelta(days=1)
    room = {part.way: part.capacity for part in occurrence.parts} if occurrence.event.unit == Unit.PERSON else {}
    known = [capacity for capacity in room.values() if capacity is not None]
    return filled(
        startDate=written(occurrence.starts_at, all_day=occurrence.all_day),
        endDate=written(ends, all_day=occurrence.all_day) if ends else None,
        eventStatus=STATUS + status(occurrence),
        previousStartDate=(
            written(occurrence.moved_from, all_day=False) if status(occurrence) == "Rescheduled" else None
        ),
        maximumAttendeeCapacity=sum(known) if known and len(known) == len(room) else None,
        maximumPhysicalAttendeeCapacity=room.get(Way.VENUE) if len(room) > 1 else None,
        maximumVirtualAttendeeCapacity=room.get(Way.ONLINE) if len(room) > 1 else None,
    )


def status(occurrence: Occurrence) -> str:
    """schema.org's word for how a date stands."""
    if occurrence.is_cancelled:
        return "Cancelled"
    if occurrence.is_postponed:
        return "Postponed"
    return "Rescheduled" if occurrence.moved_from else "Scheduled"


def written(moment: dt.datetime | None, *, all_day: bool) -> str | None:
    """ISO 8601 in Japanese time."""
    if moment is None:
        return None
    here = moment.astimezone(JST)
    return f"{here:%Y-%m-%d}" if all_day else here.isoformat(timespec="seconds")
