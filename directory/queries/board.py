"""Who is there at a moment: for home, finder and call bar, from the roll of all public desks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from directory.enums import ChannelKind
from directory.hours import HoursState, Light, closes_words
from directory.models import Channel
from directory.queries.roll import RANK, Roll, bits_in, order_of, roll_of, united


@dataclass(frozen=True)
class OpenDesk:
    """A desk where somebody is there, or will be next."""

    pk: int
    name: str
    slug: str
    is_national: bool
    for_all: bool  # no bounds of age: what is offered to somebody we know nothing about
    state: HoursState

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("directory:desk_detail", args=[self.slug])

    def until_words(self, at: dt.datetime) -> str:
        """「きょう 22時」; nothing when it never closes."""
        return closes_words(self.state.until, at) if self.state.until else ""


@dataclass(frozen=True)
class Board:
    """All public desks with known hours at a moment."""

    at: dt.datetime
    roll: Roll

    @cached_property
    def lit(self) -> int:
        """The desks where somebody is there, as bits of the roll."""
        return united(self.roll.moment(self.at).open)

    def _desks(self, bits: int) -> Iterator[OpenDesk]:
        for place in bits_in(bits):
            named, state = self.roll.names[place], self.roll.state(place, self.at)
            if state:
                for_all = named.age_min is None and named.age_max is None
                yield OpenDesk(named.pk, named.name, named.slug, named.is_national, for_all, state)

    @cached_property
    def open_local(self) -> list[OpenDesk]:
        """Desks of the city where somebody is there: those for everybody first, those about to close last."""
        here = self._desks(self.lit & self.roll.local)
        return sorted(here, key=lambda desk: (desk.state.light is Light.SOON, not desk.for_all, order_of(desk.state)))

    @cached_property
    def open_national(self) -> list[OpenDesk]:
        """Confirmed lines for the whole country that answer now, those open day and night first."""
        lines = self._desks(self.lit & self.roll.national)
        return sorted(lines, key=lambda desk: (desk.state.light is not Light.ALWAYS, order_of(desk.state)))

    @property
    def nobody_local(self) -> bool:
        """No desk of the city is open."""
        return not self.lit & self.roll.local

    @property
    def closed_local(self) -> int:
        """How many desks of the city are closed."""
        return (self.roll.timed & self.roll.local & ~self.lit).bit_count()

    @cached_property
    def letter_boxes(self) -> int:
        """How many desks of the city one can write to at any hour."""
        written = (slot.kinds[kind] for slot in self.roll.slots for kind in (ChannelKind.MAIL, ChannelKind.FORM))
        return (united(written) & self.roll.local).bit_count()

    @property
    def always(self) -> bool:
        """Some desk of the city never closes: the lighthouse."""
        return any(desk.state.light is Light.ALWAYS for desk in self.open_local)

    @cached_property
    def next_opening(self) -> OpenDesk | None:
        """The closed desk of the city that opens first."""
        closed = self.roll.local & ~self.lit
        for order, slots in self.roll.moment(self.at).ranks:
            if order[0] == RANK[Light.CLOSED] and (waiting := closed & united(slots)):
                return next(self._desks(waiting & -waiting), None)
        return None


def board_at(at: dt.datetime, user: Any = None) -> Board:
    """The board at an aware moment. Worked out once a minute while nothing is written; see `roll_of`."""
    roll, minute = roll_of(user), at.replace(second=0, microsecond=0)
    if roll.board is None or roll.board.at != minute:
        roll.board = Board(minute, roll)
    return roll.board


def first_call(channels: Iterable[Channel]) -> Channel | None:
    """The telephone of a desk, else its first channel."""
    known = list(channels)
    return next((channel for channel in known if channel.kind == ChannelKind.PHONE), known[0] if known else None)
