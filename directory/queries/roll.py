"""The roll of all public desks as sets of bits, so that filters, counts and order cost nothing among thousands of desks.

Bit n of each set is the desk at place n of `names` (in the order of the list). A desk's channels lie in slots: slot 0 holds
the first channel of every desk, slot 1 the second. So "one channel that is a chat, without voice and open now" is
`slot.kinds[CHAT] & slot.facts[NO_VOICE] & open`, over the slots. What a card shows never comes from here: cards are read
from the database each time. See docs/adr/0022.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import QuerySet

from cms import dates
from directory.enums import LIVE_KINDS, BarrierFact, Whose
from directory.hours import HoursState, Light, OpeningHours
from directory.models import Channel, ConsultationDesk
from directory.queries.committed import Seen, look, still

Hours = tuple[str, int | None]  # the text and the last reception
# The order in which desks are offered; those about to close come last among the open ones.
RANK = {Light.OPEN: 0, Light.ALWAYS: 1, Light.SOON: 2, Light.CLOSED: 3}
FAR = dt.datetime.max.replace(tzinfo=dt.UTC)
Order = tuple[int, dt.datetime]


def order_of(state: HoursState | None) -> Order:
    """Sort key: open, always open, closing soon, then the next to open; unknown hours last."""
    if state is None:
        return 9, FAR
    if state.light is Light.CLOSED:
        return (RANK[state.light], state.opens) if state.opens else (8, FAR)
    return RANK[state.light], dt.datetime.min.replace(tzinfo=dt.UTC)


def best(states: Iterable[HoursState | None]) -> HoursState | None:
    """The state a desk shows: that of its most reachable channel; among open ones the latest to close."""
    known = [state for state in states if state is not None]
    return min(
        known, key=lambda state: (order_of(state), -(state.until.timestamp() if state.until else 0)), default=None
    )


@lru_cache(maxsize=4096)
def _state_of_minute(hours: str, last_reception: int | None, minute: dt.datetime) -> HoursState:
    return OpeningHours(hours, last_reception).state(minute)


def state_of(hours: str, last_reception: int | None, at: dt.datetime) -> HoursState:
    """How it stands; hours know no seconds, so each text is asked once a minute in a process."""
    return _state_of_minute(hours, last_reception, at.replace(second=0, microsecond=0))


def bits_in(bits: int) -> Iterator[int]:
    """The places of the bits, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def united(sets: Iterable[int]) -> int:
    """All the bits of several sets."""
    all_of_them = 0
    for bits in sets:
        all_of_them |= bits
    return all_of_them


class Named(NamedTuple):
    """What is known of a desk without its channels."""

    pk: int
    name: str
    slug: str
    is_national: bool
    age_min: int | None
    age_max: int | None
    for_self: bool
    for_family: bool
    for_supporters: bool


@dataclass
class Slot:
    """One channel of each desk, as sets of desks."""

    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    facts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    hours: dict[Hours, int] = field(default_factory=lambda: defaultdict(int))  # somebody is there while it is open


@dataclass(frozen=True)
class Rows:
    """What the database holds; equal rows make an equal roll."""

    desks: list[tuple[Any, ...]]
    channels: list[tuple[Any, ...]]
    concerns: list[tuple[Any, ...]]


@dataclass(frozen=True)
class Moment:
    """The roll at a minute: by slot the desks whose channel is open, and all desks in the order they are offered."""

    open: list[int]
    ranks: list[tuple[Order, list[int]]]


class Roll:
    """The public desks, taken apart once; see the head of this module."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.names = [Named(*row) for row in rows.desks]
        self.everyone = (1 << len(self.names)) - 1
        self.slots: list[Slot] = []
        self.concerns: dict[str, int] = defaultdict(int)
        self.hours: dict[int, list[Hours]] = defaultdict(list)  # by place: those of channels with somebody there
        self.board: Any = None  # directory.queries.board keeps the last minute's here
        self._ages: dict[tuple[int, int], int] = {}
        self._moment: tuple[dt.datetime, Moment] | None = None
        places = {desk.pk: place for place, desk in enumerate(self.names)}
        for pk, code in rows.concerns:
            if pk in places:
                self.concerns[code] |= 1 << places[pk]
        taken: dict[int, int] = defaultdict(int)
        for pk, kind, hours, last_reception, *facts in rows.channels:
            if pk in places:
                self._put(places[pk], taken[pk], kind, (hours, last_reception), facts)
                taken[pk] += 1

    def _put(self, place: int, number: int, kind: str, hours: Hours, facts: list[bool]) -> None:
        if number == len(self.slots):
            self.slots.append(Slot())
        slot, bit = self.slots[number], 1 << place
        slot.kinds[kind] |= bit
        for fact, given in zip(BarrierFact, facts, strict=True):
            if given:
                slot.facts[fact.value] |= bit
        if hours[0] and kind in LIVE_KINDS:
            slot.hours[hours] |= bit
            self.hours[place].append(hours)

    def where(self, condition: Callable[[Named], object]) -> int:
        """The desks a condition holds for."""
        return united(1 << place for place, desk in enumerate(self.names) if condition(desk))

    @cached_property
    def national(self) -> int:
        """Confirmed lines for the whole country."""
        return self.where(lambda desk: desk.is_national)

    @cached_property
    def local(self) -> int:
        """Desks of the city."""
        return self.everyone & ~self.national

    @cached_property
    def limited(self) -> int:
        """Desks for people of some age only."""
        return self.where(lambda desk: desk.age_min is not None or desk.age_max is not None)

    @cached_property
    def whose(self) -> dict[Whose, int]:
        """Desks by whose worry they listen to."""
        return {each: self.where(lambda desk, name=each.value: getattr(desk, name)) for each in Whose}  # type: ignore[misc]

    @cached_property
    def timed(self) -> int:
        """Desks with known hours."""
        return united(1 << place for place in self.hours)

    def of_age(self, low: int, high: int) -> int:
        """Desks for somebody between these ages, both included."""
        if (low, high) not in self._ages:
            self._ages[low, high] = self.where(
                lambda desk: (
                    (desk.age_min is None or desk.age_min <= high) and (desk.age_max is None or desk.age_max >= low)
                )
            )
        return self._ages[low, high]

    def moment(self, at: dt.datetime) -> Moment:
        """How all of them stand, worked out once a minute."""
        minute = at.replace(second=0, microsecond=0)
        kept = self._moment
        if kept is None or kept[0] != minute:
            kept = self._moment = (minute, self._at(minute))
        return kept[1]

    def _at(self, minute: dt.datetime) -> Moment:
        groups: dict[Order, list[int]] = {}
        lit = [0] * len(self.slots)
        for number, slot in enumerate(self.slots):
            for hours, bits in slot.hours.items():
                state = state_of(*hours, minute)
                groups.setdefault(order_of(state), [0] * len(self.slots))[number] |= bits
                lit[number] |= bits if state.is_open else 0
        return Moment(lit, sorted(groups.items()))

    def state(self, place: int, at: dt.datetime) -> HoursState | None:
        """How a desk stands, over all its channels."""
        return best(state_of(*hours, at) for hours in self.hours.get(place, ()))


class _Kept(threading.local):
    """The last roll of this thread, what the database looked like then, and the day."""

    seen: Seen | None = None
    day: dt.date | None = None
    roll: Roll | None = None


_kept = _Kept()


def roll_of(user: Any = None) -> Roll:
    """The roll as the database is now. Its three queries are asked only when something in their tables was written."""
    today = dates.today()  # an organisation's last day passes without a write
    if _kept.seen is not None and _kept.roll is not None and _kept.day == today:
        _kept.seen = still(_kept.seen, tables())
        if _kept.seen is not None:
            return _kept.roll
    seen = look(tables())  # before reading
    rows = Rows(*(list(query) for query in queries(user)))
    if _kept.roll is None or _kept.roll.rows != rows:
        _kept.roll = Roll(rows)
    _kept.seen, _kept.day = seen, today
    return _kept.roll


def queries(user: Any) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Everything the roll is made of. Desks are public data: everyone sees the same ones."""
    public = ConsultationDesk.objects.visible_to(user)
    through = ConsultationDesk.concerns.through.objects.filter(consultationdesk__in=public)
    channels = Channel.objects.public().filter(desk__in=public).order_by("desk_id", "sort_order", "pk")
    facts = [fact.value for fact in BarrierFact]
    return (
        public.order_by("kana", "name", "pk").values_list(*Named._fields),
        channels.values_list("desk_id", "kind", "hours", "last_reception", *facts),
        through.order_by("consultationdesk_id", "concern_id").values_list("consultationdesk_id", "concern__code"),
    )


@cache
def tables() -> tuple[str, ...]:
    """The tables those queries read, taken from their SQL: whoever adds one need not remember it here."""
    named = {name for query in queries(None) for name in re.findall(r'"(\w+)"', str(query.query))}
    return tuple(sorted(named & {model._meta.db_table for model in apps.get_models(include_auto_created=True)}))
