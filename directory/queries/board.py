"""Who is there at a moment: one query over the hours of all public desks, for home, finder and call bar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from directory.enums import LIVE_KINDS, ChannelKind
from directory.hours import HoursState, Light, OpeningHours, closes_words
from directory.models import Channel, ConsultationDesk

# The order in which desks are offered; those about to close come last among the open ones.
RANK = {Light.OPEN: 0, Light.ALWAYS: 1, Light.SOON: 2, Light.CLOSED: 3}
FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


def order_of(state: HoursState | None) -> tuple[int, dt.datetime]:
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
    """All public desks with known hours at a moment. `states` is by channel."""

    at: dt.datetime
    states: dict[int, HoursState] = field(default_factory=dict)
    desks: tuple[OpenDesk, ...] = ()

    @property
    def open_local(self) -> list[OpenDesk]:
        """Desks of the city where somebody is there: those for everybody first, those about to close last."""
        here = [desk for desk in self.desks if desk.state.is_open and not desk.is_national]
        return sorted(here, key=lambda desk: (desk.state.light is Light.SOON, not desk.for_all, order_of(desk.state)))

    @property
    def open_national(self) -> list[OpenDesk]:
        """Confirmed lines for the whole country that answer now, those open day and night first."""
        lines = [desk for desk in self.desks if desk.state.is_open and desk.is_national]
        return sorted(lines, key=lambda desk: desk.state.light is not Light.ALWAYS)

    @property
    def closed_local(self) -> int:
        """How many desks of the city are closed."""
        return sum(1 for desk in self.desks if not desk.is_national) - len(self.open_local)

    @property
    def always(self) -> bool:
        """Some desk of the city never closes: the lighthouse."""
        return any(desk.state.light is Light.ALWAYS for desk in self.open_local)

    @property
    def next_opening(self) -> OpenDesk | None:
        """The closed desk of the city that opens first."""
        waiting = [desk for desk in self.desks if not desk.is_national and desk.state.opens]
        return min(waiting, key=lambda desk: order_of(desk.state), default=None)


def state_of(hours: str, at: dt.datetime, known: dict[str, HoursState]) -> HoursState:
    """Many desks share their hours: each text is asked once."""
    if hours not in known:
        known[hours] = OpeningHours(hours).state(at)
    return known[hours]


def board_at(at: dt.datetime, user: Any = None) -> Board:
    """The board at an aware moment: one query, whatever the number of desks."""
    rows = (
        Channel.objects.filter(desk__in=ConsultationDesk.objects.visible_to(user), kind__in=LIVE_KINDS)
        .exclude(hours="")
        .order_by("desk__kana", "desk__name", "desk_id", "sort_order")
        .values_list(
            "pk", "hours", "desk_id", "desk__name", "desk__slug", "desk__is_national", "desk__age_min", "desk__age_max"
        )
    )
    known: dict[str, HoursState] = {}
    states: dict[int, HoursState] = {}
    named: dict[int, tuple[str, str, bool, bool]] = {}
    of_desk: dict[int, list[HoursState]] = {}
    for channel, hours, desk, name, slug, national, *ages in rows:
        states[channel] = state_of(hours, at, known)
        named[desk] = (name, slug, national, ages == [None, None])
        of_desk.setdefault(desk, []).append(states[channel])
    desks = [OpenDesk(desk, *named[desk], state) for desk, each in of_desk.items() if (state := best(each))]
    return Board(at, states, tuple(sorted(desks, key=lambda desk: order_of(desk.state))))


def first_call(channels: Iterable[Channel]) -> Channel | None:
    """The telephone of a desk, else its first channel."""
    known = list(channels)
    return next((channel for channel in known if channel.kind == ChannelKind.PHONE), known[0] if known else None)
