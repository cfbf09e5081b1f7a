"""Places at a moment: which fit, which are open, and when next. One truth: the hours function (and events, in `home`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from cms.dates import JST
from directory.enums import Cost, PlaceFact, PlaceKind
from directory.hours import HoursState, Light, OpeningHours
from directory.models import Place
from directory.queries.board import order_of

SHOWN_DATES = 3  # on a card and at the top of a page
#: So far ahead dates are looked for at once; what opens later is asked for singly.
AHEAD = dt.timedelta(days=14)
A_DAY = dt.timedelta(days=1)
#: A day of the week is met at least once in so many days, also 「第5月曜」 of most months.
FOR_WEEKDAYS = dt.timedelta(days=35)
# Which wish is dropped first when nothing fits all of them; the day somebody could go is dropped last.
DROP_ORDER = ("kinds", "age", "online", "free", "facts", "weekday", "today")


@dataclass(frozen=True)
class PlaceFilters:
    """What somebody looks for. Empty = no wish."""

    kinds: tuple[PlaceKind, ...] = ()  # one of them is enough
    facts: tuple[PlaceFact, ...] = ()  # all of them
    age: tuple[int, int] | None = None  # both included
    weekday: int | None = None  # Monday is 0
    today: bool = False
    online: bool = False
    free: bool = False

    @property
    def count(self) -> int:
        """How many wishes there are."""
        single = (self.age, self.weekday is not None, self.today, self.online, self.free)
        return len(self.kinds) + len(self.facts) + sum(1 for each in single if each)

    def has(self, name: str) -> bool:
        """The wish of that name is there (Monday is 0, and a wish)."""
        return getattr(self, name) not in (None, (), False)

    def without(self, name: str) -> PlaceFilters:
        """The same without that wish."""
        blank: Any = {"kinds": (), "facts": (), "age": None, "weekday": None}.get(name, False)
        return replace(self, **{name: blank})


@dataclass(frozen=True)
class When:
    """A time one can go there. `title` and `url` only for an event."""

    start: dt.datetime
    end: dt.datetime | None
    title: str = ""
    url: str = ""
    comment: str = ""
    all_day: bool = False


@dataclass(frozen=True)
class PlaceAt:
    """A place at a moment, as a card shows it. state: None when its hours are unknown."""

    place: Place
    at: dt.datetime
    state: HoursState | None
    dates: tuple[When, ...] = ()

    @property
    def light(self) -> Light:
        """What the window shows."""
        return self.state.light if self.state else Light.CLOSED

    @property
    def is_open(self) -> bool:
        """One can go in now."""
        return self.light is not Light.CLOSED

    @property
    def shown(self) -> tuple[When, ...]:
        """The next dates of a card."""
        return self.dates[:SHOWN_DATES]

    @property
    def today(self) -> tuple[When, ...]:
        """What is still to come, or going on, today."""
        return tuple(each for each in self.dates if each.start.date() <= self.at.date())

    @property
    def is_fresh(self) -> bool:
        """Checked within 90 days."""
        return self.place.is_fresh(self.at.date())

    def on_weekday(self, weekday: int) -> bool:
        """Some known date falls on that day of the week."""
        return self.light is Light.ALWAYS or any(each.start.weekday() == weekday for each in self.dates)

    @property
    def opens_today(self) -> bool:
        """One can still go there today."""
        return self.is_open or bool(self.today)


def opened(hours: OpeningHours, at: dt.datetime, ahead: dt.timedelta = AHEAD) -> tuple[When, ...]:
    """Every stretch in which it is open from `at` on, so far ahead; when there is none, the next one after that.

    Nothing for one that never closes: it has no next time.
    """
    state = hours.state(at)
    if state.light is Light.ALWAYS:
        return ()
    # A day more at both ends: what is under way keeps its beginning, the last one its end.
    asked = hours.between(at - A_DAY, at + ahead + A_DAY)
    stretches = [each for each in asked if each.end > at and each.start < at + ahead]
    if not stretches and state.opens:
        stretches = hours.between(state.opens, state.opens + A_DAY)[:1]
    return tuple(When(each.start.astimezone(JST), each.end.astimezone(JST), comment=each.comment) for each in stretches)


def place_at(
    place: Place,
    at: dt.datetime,
    *,
    events: Iterable[When] = (),
    ahead: dt.timedelta = AHEAD,
    known: dict[str, tuple[HoursState, tuple[When, ...]]] | None = None,
) -> PlaceAt:
    """A place at an aware moment. `events` are dates besides its hours; `known` spares asking equal hours twice."""
    known = {} if known is None else known
    hours = place.opening_hours
    if hours and place.hours not in known:
        known[place.hours] = hours.state(at), opened(hours, at, ahead)
    state, dates = known[place.hours] if hours else (None, ())
    return PlaceAt(place, at, state, tuple(sorted([*dates, *events], key=lambda each: (each.start, bool(each.title)))))


def fitting(filters: PlaceFilters, user: Any) -> list[Place]:
    """Public places that fit everything but the days. One query with their organisations."""
    places = Place.objects.visible_to(user).select_related("organization")
    if filters.kinds:
        places = places.filter(kind__in=filters.kinds)
    places = places.filter(**{fact.value: True for fact in filters.facts})
    if filters.online:
        places = places.filter(is_online=True)
    if filters.free:
        places = places.filter(cost=Cost.FREE)
    if filters.age:
        low, high = filters.age
        places = places.filter(
            Q(age_min__isnull=True) | Q(age_min__lte=high), Q(age_max__isnull=True) | Q(age_max__gte=low)
        )
    return list(places)


def in_order(items: Iterable[PlaceAt]) -> list[PlaceAt]:
    """Open now first, then by the next date; unknown dates last."""
    never = dt.datetime.max.replace(tzinfo=dt.UTC)

    def key(item: PlaceAt) -> tuple[bool, Any, dt.datetime]:
        return (
            not item.is_open,
            order_of(item.state)[0] if item.is_open else 0,
            next((each.start for each in item.dates), never),
        )

    return sorted(items, key=key)


def of_days(items: Iterable[PlaceAt], filters: PlaceFilters) -> list[PlaceAt]:
    """Those open on the wished day."""
    return [
        item
        for item in items
        if (not filters.today or item.opens_today) and (filters.weekday is None or item.on_weekday(filters.weekday))
    ]
