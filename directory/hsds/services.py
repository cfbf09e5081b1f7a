"""Desk → HSDS service, with everything below it. The rows must be loaded; nothing here asks the database."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from directory.enums import DIALLED_KINDS, LINKED_KINDS, ChannelKind, Whose
from directory.hours import UnreadableHours
from directory.hours.weekly import Repeating, holiday_rule, repeating
from directory.hsds import ids
from directory.hsds.shapes import (
    Accessibility,
    Contact,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceInBrief,
    Status,
)
from directory.hsds.taxonomies import Attributes
from directory.models import Channel, ConsultationDesk
from directory.models import Organization as Body

LOCATED: dict[str, str] = {
    ChannelKind.VISIT: "physical",
    ChannelKind.LETTER: "postal",
    **dict.fromkeys(LINKED_KINDS, "virtual"),
}
#: Mail addresses, and visits to the home: they lead to people, not to a place.
CONTACTED = frozenset({ChannelKind.MAIL, ChannelKind.HOME_VISIT})
JAPANESE = ("日本語", "ja")


@dataclass(frozen=True)
class City:
    """What ids and words need of the settings."""

    code: str


def organization(body: Body, city: City) -> Organization:
    """The body that runs a desk. Its own words only if it has a public profile."""
    return Organization(
        id=ids.organization_id(body.pk, city.code),
        name=body.name,
        alternate_name=next(iter(body.aliases), None) if body.is_public else None,
        description=(body.description if body.is_public else "") or str(body.get_kind_display()),
        website=iri_to_uri(body.website) or None if body.is_public else None,
    )


def status(channels: list[Channel]) -> Status:
    """A desk all of whose known hours say `off` rests for a while."""
    known = [channel.hours for channel in channels if channel.hours]
    return "temporarily closed" if known and all(hours == "off" for hours in known) else "active"


def in_brief(desk: ConsultationDesk, city: City) -> ServiceInBrief:
    """What can be said with one value each."""
    channels = list(desk.channels.all())
    mail = next((channel.value for channel in channels if channel.kind == ChannelKind.MAIL and channel.value), None)
    return ServiceInBrief(
        id=ids.service_id(desk.slug),
        organization_id=ids.organization_id(desk.organization_id, city.code),
        name=desk.name,
        alternate_name=next(iter(desk.aliases), None),
        description=desk.description or None,
        url=iri_to_uri(desk.website) or None,
        email=mail,
        status=status(channels),
        fees_description=_fees(channels),
        eligibility_description=desk.audience or None,
        minimum_age=desk.age_min,
        maximum_age=desk.age_max,
        assured_date=desk.assured_on,
        last_modified=desk.last_published_at,
        organization=organization(desk.organization, city),
    )


def _fees(channels: list[Channel]) -> str | None:
    """Free only if every channel says so."""
    free = bool(channels) and all(channel.free for channel in channels)
    return _("Free of charge (calls and data may cost)") if free else None


def service(desk: ConsultationDesk, city: City) -> Service:
    """Everything about a desk."""
    own = ids.service_id(desk.slug)
    parts = [(channel, ids.channel_id(desk.slug, channel.pk)) for channel in desk.channels.all()]
    brief = in_brief(desk, city)
    return Service(
        **dict(brief),
        phones=[phone(channel, key, own) for channel, key in parts if channel.kind in DIALLED_KINDS and channel.value],
        schedules=[
            each
            for channel, key in parts
            if channel.kind not in LOCATED
            for each in schedules(channel, key, service=own)
        ],
        service_areas=[ServiceArea(id=ids.part_id(own, "area"), service_id=own, name=desk.area)] if desk.area else [],
        service_at_locations=[at_location(desk, channel) for channel, _key in parts if channel.kind in LOCATED],
        languages=[language(own)],
        contacts=[contact(channel, key, own) for channel, key in parts if channel.kind in CONTACTED],
        attributes=desk_attributes(desk, own).found,
    )


def language(of: UUID) -> Language:
    """Every desk speaks Japanese; other languages are not kept yet, so they are not claimed."""
    name, code = JAPANESE
    return Language(id=ids.part_id(of, "language/ja"), name=name, code=code)


def desk_attributes(desk: ConsultationDesk, own: UUID) -> Attributes:
    """Concerns, voices, promises, and what else HSDS has no field for."""
    said = Attributes(own, "service")
    for concern in desk.concerns.all():
        said.concern(concern)
    said.say_each("voice", desk.worries)
    said.say_each("promise", desk.promises)
    said.say_each("alias", desk.aliases[1:])
    for whose in Whose:
        if getattr(desk, whose.value):
            said.say(f"whose-{whose.value}")
    said.say_if("kana", desk.kana)
    said.say_if("reply-time", desk.reply_time)
    said.say_if("opened-on", desk.opened_on)
    said.say_if("age-as-of", desk.age_as_of.isoformat() if desk.age_as_of else "")
    if desk.is_national:
        said.say("national")
    return said


def channel_attributes(channel: Channel, key: UUID, entity: str) -> Attributes:
    """Kind and barrier facts of a channel."""
    said = Attributes(key, entity)
    said.say("channel-kind", channel.kind)
    for fact in channel.facts:
        said.say(f"fact-{fact.value}")
    said.say_if("last-reception", channel.last_reception)
    return said


def phone(channel: Channel, key: UUID, own: UUID) -> Phone:
    """A telephone or fax number. A sample is marked: it must not ring."""
    said = channel_attributes(channel, key, "phone")
    number = channel.phone
    if number and number.is_sample:
        said.say("sample-number")
    return Phone(
        id=key,
        service_id=own,
        number=channel.value,
        type="fax" if channel.kind == ChannelKind.FAX else "voice",
        description=channel.note or None,
        languages=[language(key)] if channel.kind == ChannelKind.PHONE else [],
        attributes=said.found,
    )


def contact(channel: Channel, key: UUID, own: UUID) -> Contact:
    """A mail address or the visit to the home."""
    said = channel_attributes(channel, key, "contact")
    said.say_if("channel-note", channel.note)
    mail = channel.value if channel.kind == ChannelKind.MAIL else ""
    return Contact(
        id=key, service_id=own, name=str(channel.get_kind_display()), email=mail or None, attributes=said.found
    )


def location(desk: ConsultationDesk, channel: Channel) -> Location:
    """Where one goes, writes to, or which page one opens."""
    key = ids.channel_id(desk.slug, channel.pk)
    said = channel_attributes(channel, key, "location")
    said.say_if("channel-note", channel.note)
    linked = channel.kind in LINKED_KINDS
    return Location(
        id=key,
        location_type=LOCATED[channel.kind],  # type: ignore[arg-type]
        url=iri_to_uri(channel.value) or None if linked else None,
        name=f"{desk.name}（{channel.get_kind_display()}）",
        description=None if linked else channel.value or None,
        languages=[language(key)],
        accessibility=[
            Accessibility(
                id=ids.part_id(key, f"accessibility/{fact.value}"), location_id=key, description=str(fact.label)
            )
            for fact in channel.facts
        ],
        attributes=said.found,
    )


def at_location(desk: ConsultationDesk, channel: Channel) -> ServiceAtLocation:
    """The desk at that place, with the hours there."""
    place = location(desk, channel)
    own = ids.part_id(place.id, "service-at-location")
    return ServiceAtLocation(
        id=own,
        service_id=ids.service_id(desk.slug),
        location_id=place.id,
        description=str(channel.get_kind_display()),
        location=place,
        schedules=schedules(channel, place.id, at_location=own),
    )


def schedules(
    channel: Channel, key: UUID, *, service: UUID | None = None, at_location: UUID | None = None
) -> list[Schedule]:
    """The hours of a channel: what repeats as schedules; all of it as OSM string and in words on each of them.

    Hours without anything that repeats (only dates, or resting) give one schedule with the string alone.
    """
    if not channel.hours:
        return []
    try:
        found: list[Repeating | None] = [*repeating(channel.hours)] or [None]
        rule = holiday_rule(channel.hours).value
    except UnreadableHours:
        found, rule = [None], ""
    shapes = []
    for number, each in enumerate(found, start=1):
        own = ids.part_id(key, f"schedule/{number}")
        said = Attributes(own, "schedule")
        said.say("osm-opening-hours", channel.hours)
        said.say("for-channel", str(key))
        said.say_if("holiday-rule", rule)
        said.say_if("hours-words", channel.hours_text)
        shape = Schedule(
            id=own,
            service_id=service,
            service_at_location_id=at_location,
            attending_type=channel.kind,
            description=str(channel.get_kind_display()),
            notes=channel.hours_words or None,
            attributes=said.found,
        )
        if each is not None:
            shape.freq, shape.wkst, shape.byday = each.freq, "MO", ",".join(each.days)  # type: ignore[assignment]
            shape.opens_at, shape.closes_at = f"{each.opens:%H:%M}+09:00", f"{each.closes:%H:%M}+09:00"
        shapes.append(shape)
    return shapes
