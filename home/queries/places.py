"""居場所 with their next dates: from their own hours, and from the events held at or by them. Read-only."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from cms.dates import jst
from directory.models import Place
from directory.queries import places
from directory.queries.places import DROP_ORDER, FOR_WEEKDAYS, PlaceAt, PlaceFilters, When, fitting, in_order, of_days
from workshops.enums import Format
from workshops.models import Occurrence

PAGE = 12
LEAST_OF_A_NAME = 3  # 「家」 alone would match many venues


@dataclass(frozen=True)
class PlaceList:
    """An answer. `dropped` names the wishes that had to go so that something is shown."""

    filters: PlaceFilters
    items: list[PlaceAt]
    total: int
    page: int
    open_today: int
    dropped: tuple[str, ...] = ()

    @property
    def further(self) -> int:
        """How many follow on the next page."""
        return min(PAGE, max(0, self.total - self.page * PAGE))


def folded(name: str) -> str:
    """A venue as it is compared: width and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", name).split()).lower()


def is_at(occurrence: Occurrence, place: Place, names: list[str]) -> bool:
    """The event takes place there: its venue begins with the house's or the place's name; online, by the same people."""
    event = occurrence.event
    if event.format in (Format.ONLINE, Format.BOTH) and place.is_online and event.host_id == place.organization_id:
        return True
    venue = folded(event.venue_name)
    return event.format != Format.ONLINE and any(venue.startswith(name) for name in names)


def names_of(place: Place) -> list[str]:
    """What an event's venue may call it."""
    names = (folded(each) for each in (place.venue_name, place.name, *place.aliases))
    return [name for name in names if len(name) >= LEAST_OF_A_NAME]


def coming_events(at: dt.datetime, ahead: dt.timedelta) -> list[Occurrence]:
    """Public events that take place and are not over, so far ahead. One query with their events."""
    rows = Occurrence.objects.visible_to(AnonymousUser()).scheduled().between(at.date(), (at + ahead).date())
    rows = rows.select_related("event").defer("event__source_row").order_by("starts_at", "pk")
    return [each for each in rows if not each.is_over]


def as_when(occurrence: Occurrence) -> When:
    """An event's time, as a date of a place."""
    ends = jst(occurrence.ends_at) if occurrence.ends_at else None
    event = occurrence.event
    return When(jst(occurrence.starts_at), ends, event.title, f"/events/{event.slug}/", all_day=occurrence.all_day)


def events_at(place: Place, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Those that take place there."""
    names = names_of(place)
    return [each for each in occurrences if is_at(each, place, names)]


def with_dates(found: Iterable[Place], at: dt.datetime, ahead: dt.timedelta = places.AHEAD) -> list[PlaceAt]:
    """The places with state and next dates at an aware moment. One query."""
    occurrences = coming_events(at, FOR_WEEKDAYS)  # who meets once a month has no other date
    known: dict[str, Any] = {}
    return [
        places.place_at(each, at, events=[as_when(o) for o in events_at(each, occurrences)], ahead=ahead, known=known)
        for each in found
    ]


def answer(filters: PlaceFilters, at: dt.datetime, user: Any) -> list[PlaceAt]:
    """The places that fit, those open now first. Two queries."""
    ahead = FOR_WEEKDAYS if filters.weekday is not None else places.AHEAD
    return in_order(of_days(with_dates(fitting(filters, user), at, ahead), filters))


def find_places(filters: PlaceFilters, at: dt.datetime, *, page: int = 1, user: Any = None) -> PlaceList:
    """Places that fit, a page at a time. When nothing fits, wishes go one by one: a dead end helps nobody."""
    asked, found, dropped = filters, answer(filters, at, user), []
    for name in DROP_ORDER:
        if found:
            break
        if filters.has(name):
            dropped.append(name)
            filters = filters.without(name)
            found = answer(filters, at, user)
    page = max(1, min(page, -(-len(found) // PAGE) or 1))
    open_today = sum(1 for item in found if item.opens_today)
    return PlaceList(asked, found[(page - 1) * PAGE : page * PAGE], len(found), page, open_today, tuple(dropped))
