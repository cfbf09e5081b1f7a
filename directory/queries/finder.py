"""The finder: desks that fit, those one can reach now first. The number of queries does not grow with the desks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import chain, islice
from operator import and_
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Subquery, Value, When
from django.utils.translation import gettext as _

from directory.enums import BarrierFact, ChannelKind, Whose
from directory.hours import HoursState, Light
from directory.models import Channel, ConsultationDesk, DeskReception
from directory.queries.board import Board, OpenDesk, board_at
from directory.queries.roll import Roll, best, bits_in, order_of, state_of, united

PAGE = 20
MEANWHILE = 2  # how many open desks a closed card points to
# Which wish is dropped first when nothing fits all of them; being reachable now is dropped last.
DROP_ORDER = ("age", "whose", "kinds", "concerns", "facts", "now")


@dataclass(frozen=True)
class FinderFilters:
    """What somebody looks for. Empty = no wish."""

    concerns: tuple[str, ...] = ()  # codes; one of them is enough
    kinds: tuple[ChannelKind, ...] = ()  # one of them is enough
    facts: tuple[BarrierFact, ...] = ()  # one channel has all of them
    whose: tuple[Whose, ...] = ()  # one of them is enough
    age: tuple[int, int] | None = None  # both included
    now: bool = False

    @property
    def count(self) -> int:
        """How many wishes there are."""
        single = [1 for name in ("age", "now") if getattr(self, name)]
        return sum(len(getattr(self, each.name)) for each in fields(self) if each.name not in ("age", "now")) + len(
            single
        )

    def wants_channel(self, channel: Channel) -> bool:
        """The channel is of a wished kind and has all wished facts."""
        return (not self.kinds or channel.kind in self.kinds) and all(
            getattr(channel, fact.value) for fact in self.facts
        )


@dataclass(frozen=True)
class ChannelAt:
    """A channel at a moment. state: None when its hours are unknown."""

    channel: Channel
    state: HoursState | None

    @property
    def is_open(self) -> bool:
        """Somebody is there now."""
        return self.channel.is_live and self.state is not None and self.state.is_open

    @property
    def can_be_tapped(self) -> bool:
        """A tap dials or opens it (or would, were the number no sample)."""
        return bool(self.channel.href or self.channel.phone)

    @property
    def can_begin(self) -> bool:
        """A tap leads somewhere: a person who is there, or may be (hours unknown: one can ask), or a letter box."""
        return self.is_open or self.state is None or not self.channel.is_live


@dataclass(frozen=True)
class DeskAt:
    """A desk at a moment, as a card shows it. `wished`: the channels that fit what was looked for."""

    desk: ConsultationDesk
    at: dt.datetime
    channels: tuple[ChannelAt, ...]
    wished: tuple[ChannelAt, ...]
    meanwhile: tuple[OpenDesk, ...] = ()

    @property
    def state(self) -> HoursState | None:
        """How it stands; None when nobody is there at known hours (only letters, or hours unknown)."""
        return best(each.state for each in self.wished if each.channel.is_live)

    @property
    def light(self) -> Light:
        """What the window shows."""
        return self.state.light if self.state else Light.CLOSED

    @property
    def is_open(self) -> bool:
        """Somebody is there."""
        return self.light is not Light.CLOSED

    @property
    def main(self) -> ChannelAt | None:
        """What the first button does: the open channel, a telephone first, then what a tap opens, then a way on foot."""
        open_ones = [each for each in self.wished if each.is_open]
        return min(
            open_ones, key=lambda each: (each.channel.kind != ChannelKind.PHONE, not each.can_be_tapped), default=None
        )

    @property
    def others(self) -> list[ChannelAt]:
        """Further ways that lead somewhere now, with a link."""
        return [each for each in self.channels if each != self.main and each.can_begin and each.channel.href]

    @property
    def facts(self) -> list[BarrierFact]:
        """What makes it easier, over all channels, in the order of the list."""
        return [fact for fact in BarrierFact if any(getattr(each.channel, fact.value) for each in self.channels)]

    @property
    def hours_lines(self) -> list[tuple[str, str]]:
        """(kind, hours in words) of the channels; the kind is blank when all have the same hours."""
        lines = [
            (each.channel.get_kind_display(), words) for each in self.channels if (words := each.channel.hours_words)
        ]
        said = list(dict.fromkeys(words for _kind, words in lines))
        return [("", words) for words in said] if len(said) < 2 else lines

    @property
    def phones(self) -> list[Channel]:
        """The telephones."""
        return [each.channel for each in self.channels if each.channel.kind == ChannelKind.PHONE and each.channel.value]

    @property
    def has_ages(self) -> bool:
        """It is for people of some age only."""
        return self.desk.age_min is not None or self.desk.age_max is not None

    @property
    def is_fresh(self) -> bool:
        """Checked within 90 days."""
        return self.desk.is_fresh(self.at.date())

    @property
    def stale_words(self) -> str:
        """「最終確認から90日以上たっています（確認：2026年5月1日）」; nothing while it is fresh, or was never checked."""
        return self.desk.stale_words(self.at.date())

    @property
    def held_words(self) -> str:
        """「電話番号を確認しています」 while a number is hidden; nothing otherwise."""
        kind = getattr(self.desk, "held_kind", None)  # comes with `with_channels`
        if kind is None:
            return ""
        return (
            _("We are checking the telephone number.")
            if kind == ChannelKind.PHONE
            else _("We are checking how to reach it.")
        )


@dataclass(frozen=True)
class Finder:
    """An answer. `dropped` names the wishes that had to go so that something is shown."""

    filters: FinderFilters
    board: Board
    items: list[DeskAt]
    total: int
    page: int
    national: list[DeskAt]
    dropped: tuple[str, ...] = ()

    @property
    def nobody_here(self) -> bool:
        """No desk of the city is open."""
        return self.board.nobody_local

    @property
    def national_above(self) -> int:
        """How many lines for the whole country stand over the list: those that answer while nobody of the city does."""
        return len(self.board.open_national) if self.nobody_here else 0

    @property
    def further(self) -> int:
        """How many more follow on the next page."""
        return min(PAGE, max(0, self.total - self.page * PAGE))

    @property
    def bar(self) -> DeskAt | None:
        """The desk of the call bar: the first that answers now, one for everybody before one for an age."""
        here = [item for item in [*self.items, *self.national] if item.main and item.main.can_be_tapped]
        return min(here, key=lambda item: item.has_ages and not self.filters.age, default=None)


def with_channels(desks: Any) -> Any:
    """Desks with organisation and those channels that residents may be given: two queries.

    `held_kind`: the kind of a channel that is hidden while its number is checked, a telephone before others; or None.
    `takes_letters`: residents can write to it here, now.
    """
    held = Channel.objects.held().filter(desk=OuterRef("pk"))
    telephone_first = held.order_by(Case(When(kind=ChannelKind.PHONE, then=Value(0)), default=Value(1)), "pk")
    return (
        desks.select_related("organization")
        .annotate(held_kind=Subquery(telephone_first.values("kind")[:1]))
        .annotate(takes_letters=Exists(DeskReception.objects.open().filter(desk=OuterRef("pk"))))
        .prefetch_related(Prefetch("channels", Channel.objects.public().order_by("sort_order", "pk")))
    )


def desk_at(
    desk: ConsultationDesk, at: dt.datetime, *, filters: FinderFilters | None = None, board: Board | None = None
) -> DeskAt:
    """A desk at a moment; its channels must be loaded."""
    channels = tuple(
        ChannelAt(each, state_of(each.hours, each.last_reception, at) if each.hours else None)
        for each in desk.channels.all()
    )
    wanted = tuple(each for each in channels if filters is None or filters.wants_channel(each.channel))
    item = DeskAt(desk, at, channels, wanted or channels)
    if board is None or item.is_open:
        return item
    answering = board.open_local or board.open_national
    return replace(item, meanwhile=tuple(each for each in answering if each.pk != desk.pk)[:MEANWHILE])


def ways(filters: FinderFilters, roll: Roll) -> list[int]:
    """By slot, the desks whose channel is of a wished kind and has all wished facts."""
    found = []
    for slot in roll.slots:
        bits = united(slot.kinds[kind] for kind in filters.kinds) if filters.kinds else united(slot.kinds.values())
        for fact in filters.facts:
            bits &= slot.facts[fact.value]
        found.append(bits)
    return found


def fitting(filters: FinderFilters, board: Board) -> int:
    """Desks of the city that fit, as bits of the roll."""
    roll = board.roll
    bits = roll.local
    if filters.concerns:
        bits &= united(roll.concerns[code] for code in filters.concerns)
    if filters.whose:
        bits &= united(roll.whose[each] for each in filters.whose)
    if filters.age:
        bits &= roll.of_age(*filters.age)
    if filters.kinds or filters.facts or filters.now:
        wished = ways(filters, roll)
        lit = roll.moment(board.at).open if filters.now else wished
        bits &= united(way & each for way, each in zip(wished, lit, strict=True))
    return bits


def in_order(bits: int, filters: FinderFilters, board: Board) -> Iterator[int]:
    """Keys of these desks, those one can reach now by a wished channel first; of equals those for the age asked for."""
    roll = board.roll
    wished = ways(filters, roll)
    ranked = (united(map(and_, slots, wished)) for _order, slots in roll.moment(board.at).ranks)
    for group in chain(ranked, [roll.everyone]):  # at the end those whose hours nobody knows
        here = bits & group
        bits &= ~here
        for part in (here & roll.limited, here & ~roll.limited)[:: 1 if filters.age else -1]:
            yield from (roll.names[place].pk for place in bits_in(part))


def relaxed(filters: FinderFilters, board: Board) -> tuple[FinderFilters, int, tuple[str, ...]]:
    """When nothing fits, wishes are dropped one by one: a dead end helps nobody."""
    found, dropped = fitting(filters, board), []
    order = ("now", *DROP_ORDER) if board.nobody_local else DROP_ORDER
    for name in order:
        if found:
            break
        if getattr(filters, name):
            dropped.append(name)
            filters = without(filters, name)
            found = fitting(filters, board)
    return filters, found, tuple(dropped)


def without(filters: FinderFilters, name: str) -> FinderFilters:
    """The wishes without one group of them."""
    nothing: Any = type(getattr(filters, name))() if name != "age" else None
    return replace(filters, **{name: nothing})


def loaded(keys: Iterable[int], user: Any) -> list[ConsultationDesk]:
    """Desks in the order of their keys."""
    wanted = list(keys)
    desks = {desk.pk: desk for desk in with_channels(ConsultationDesk.objects.visible_to(user).filter(pk__in=wanted))}
    return [desks[pk] for pk in wanted if pk in desks]


def find_desks(filters: FinderFilters, at: dt.datetime, *, page: int = 1, user: Any = None) -> Finder:
    """Desks that fit at an aware moment, a page at a time; national lines stand apart."""
    board = board_at(at, user)
    used, found, dropped = relaxed(filters, board)
    total = found.bit_count()
    page = max(1, min(page, -(-total // PAGE) or 1))
    keys = list(islice(in_order(found, used, board), (page - 1) * PAGE, page * PAGE))
    lines = [board.roll.names[place].pk for place in bits_in(board.roll.national)]
    desks = loaded([*keys, *lines], user)
    items = [desk_at(desk, at, filters=used, board=board) for desk in desks if not desk.is_national]
    national = [desk_at(desk, at, board=board) for desk in desks if desk.is_national]
    national.sort(key=lambda item: order_of(item.state))
    return Finder(filters, board, items, total, page, national, dropped)
