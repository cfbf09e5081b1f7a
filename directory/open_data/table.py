"""Desks → rows of desks.csv. Three queries and those of the settings, however many desks there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from cms.dates import jst
from cms.exports import Cell, tabular
from cms.models import SiteSettings
from cms.open_data import Table
from directory.enums import BarrierFact, ChannelKind
from directory.hours import UnreadableHours
from directory.hours.weekly import holiday_rule
from directory.models import Channel, ConsultationDesk
from directory.open_data.columns import CHANNEL, DESK, FEWEST, GROUPS, heading
from directory.queries.finder import with_channels

HIRAGANA = range(ord("ぁ"), ord("ゖ") + 1)
#: Kind of channel → the column its value stands in.
VALUE_COLUMNS = {
    ChannelKind.PHONE: "phone",
    ChannelKind.FAX: "fax",
    ChannelKind.MAIL: "mail",
    ChannelKind.FORM: "form",
    ChannelKind.CHAT: "link",
    ChannelKind.LINE: "link",
    ChannelKind.ONLINE: "link",
    ChannelKind.VISIT: "place",
    ChannelKind.HOME_VISIT: "place",
    ChannelKind.LETTER: "place",
}
GROUP_VALUES: dict[str, Callable[[ConsultationDesk], list[str]]] = {
    "concerns": lambda desk: [concern.code for concern in desk.concerns.all()],
    "worries": lambda desk: list(desk.worries),
    "promises": lambda desk: list(desk.promises),
    "aliases": lambda desk: list(desk.aliases),
}


def katakana(text: str) -> str:
    """ひらがな as カタカナ."""
    return "".join(chr(ord(sign) + 96) if ord(sign) in HIRAGANA else sign for sign in text)


def public_desks() -> Any:
    """What residents see, with organisation, channels (none that is held back) and concerns; in a steady order."""
    desks = ConsultationDesk.objects.visible_to(AnonymousUser())
    return with_channels(desks).prefetch_related("concerns").order_by("slug")


def updated_on() -> dt.date | None:
    """The day (JST) on which a public desk was last published."""
    moments = ConsultationDesk.objects.visible_to(AnonymousUser()).order_by("-last_published_at")
    moment = moments.exclude(last_published_at=None).values_list("last_published_at", flat=True).first()
    return jst(moment).date() if moment else None


def desk_values(desk: ConsultationDesk, city: SiteSettings) -> dict[str, Cell]:
    """Cells of the desk, by field."""
    published = desk.last_published_at
    return {
        "municipality": city.municipality_code,
        "id": desk.slug,
        "municipality_name": tabular(city.municipality_name),
        "name": tabular(desk.name),
        "kana": katakana(tabular(desk.kana)),
        "organization": tabular(desk.organization.name),
        "organization_kind": desk.organization.kind,
        "description": tabular(desk.description),
        "for_self": desk.for_self,
        "for_family": desk.for_family,
        "for_supporters": desk.for_supporters,
        "age_min": desk.age_min,
        "age_max": desk.age_max,
        "age_as_of": desk.age_as_of,
        "audience": tabular(desk.audience),
        "area": tabular(desk.area),
        "is_national": desk.is_national,
        "reply_time": tabular(desk.reply_time),
        "opened_on": desk.opened_on,
        "website": desk.website,
        "assured_on": desk.assured_on,
        "updated_on": jst(published).date() if published else None,
    }


def channel_values(channel: Channel | None, order: int) -> dict[str, Cell]:
    """Cells of a channel, by field; all blank for a desk that has none at this moment."""
    values: dict[str, Cell] = dict.fromkeys(CHANNEL)
    if channel is None:
        return values
    number = channel.phone
    kind = ChannelKind(channel.kind)
    values |= {fact.value: True if getattr(channel, fact.value) else None for fact in BarrierFact}
    return values | {
        "order": order,
        "kind": kind.value,
        VALUE_COLUMNS[kind]: number.display if number else tabular(channel.value),
        "number_kind": number.kind.value if number else None,
        "hours": channel.hours,
        "hours_words": tabular(channel.hours_words),
        "holidays": holidays(channel.hours),
        "last_reception": channel.last_reception,
        "note": tabular(channel.note),
    }


def holidays(hours: str) -> str:
    """The code of the holiday rule; blank while the hours are unknown."""
    try:
        return holiday_rule(hours).value if hours else ""
    except UnreadableHours:
        return ""


def widths(desks: list[ConsultationDesk]) -> dict[str, int]:
    """How many columns each group takes: as many as the desk with the most needs, and never fewer than `FEWEST`."""
    return {name: max([FEWEST[name], *(len(values(desk)) for desk in desks)]) for name, values in GROUP_VALUES.items()}


def header_of(width: dict[str, int]) -> list[str]:
    """All headings."""
    groups = [heading(column, number) for name, column in GROUPS.items() for number in range(1, width[name] + 1)]
    return [column.heading for column in (*DESK.values(), *CHANNEL.values())] + groups


def table(most: int | None = None) -> Table:
    """One row a channel, of the first `most` desks or of all."""
    desks = list(public_desks()[:most])
    city = SiteSettings.objects.first() or SiteSettings()
    width = widths(desks)
    rows: list[list[Cell]] = []
    for desk in desks:
        own = list(desk_values(desk, city).values())
        groups: list[Cell] = []
        for name, values in GROUP_VALUES.items():
            said: list[Cell] = [tabular(text) for text in values(desk)]
            groups += said + [None] * (width[name] - len(said))
        channels: list[Channel | None] = list(desk.channels.all()) or [None]
        rows += [
            own + list(channel_values(channel, order).values()) + groups
            for order, channel in enumerate(channels, start=1)
        ]
    return Table(header_of(width), rows)
