"""The finder: desks that fit, those one can reach now first. The number of queries does not grow with the desks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import Case, Prefetch, Q, Value, When

from directory.enums import BarrierFact, ChannelKind, Whose
from directory.hours import HoursState, Light
from directory.models import Channel, ConsultationDesk
from directory.queries.board import Board, OpenDesk, best, board_at, order_of

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
    def can_begin(self) -> bool:
        """A tap leads somewhere now: a person who is there, or a letter box."""
        return self.is_open or not self.channel.is_live


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
        """What the first button does: the open channel, a telephone before others."""
        open_ones = [each for each in self.wished if each.is_open]
        return next(
            (each for each in open_ones if each.channel.kind == ChannelKind.PHONE), open_ones[0] if open_ones else None
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
        return not self.board.open_local

    @property
    def further(self) -> int:
        """How many more follow on the next page."""
        return min(PAGE, max(0, self.total - self.page * PAGE))

    @property
    def bar(self) -> DeskAt | None:
        """The desk of the call bar: the first that answers now, one for everybody before one for an age."""
        here = [item for item in [*self.items, *self.national] if item.is_open and item.main]
        return min(here, key=lambda item: item.has_ages and not self.filters.age, default=None)


def with_channels(desks: Any) -> Any:
    """Desks with organisation and channels: two queries."""
    return desks.select_related("organization").prefetch_related(
        Prefetch("channels", Channel.objects.order_by("sort_order", "pk"))
    )


def desk_at(
    desk: ConsultationDesk, at: dt.datetime, *, filters: FinderFilters | None = None, board: Board | None = None
) -> DeskAt:
    """A desk at a moment; its channels must be loaded."""
    known = board.states if board else {}
    channels = tuple(ChannelAt(each, known.get(each.pk) or each.state(at)) for each in desk.channels.all())
    wanted = tuple(each for each in channels if filters is None or filters.wants_channel(each.channel))
    item = DeskAt(desk, at, channels, wanted or channels)
    if board is None or item.is_open:
        return item
    answering = board.open_local or board.open_national
    return replace(item, meanwhile=tuple(each for each in answering if each.pk != desk.pk)[:MEANWHILE])


def fitting(filters: FinderFilters, user: Any) -> Any:
    """Public desks of the city that fit everything but "now"."""
    desks = ConsultationDesk.objects.visible_to(user).local()
    if filters.concerns:
        through = ConsultationDesk.concerns.through.objects.filter(concern__code__in=filters.concerns)
        desks = desks.filter(pk__in=through.values("consultationdesk_id"))
    if filters.whose:
        wished = Q()
        for each in filters.whose:
            wished |= Q(**{each.value: True})
        desks = desks.filter(wished)
    if filters.age:
        low, high = filters.age
        desks = desks.filter(
            Q(age_min__isnull=True) | Q(age_min__lte=high), Q(age_max__isnull=True) | Q(age_max__gte=low)
        )
    if filters.kinds or filters.facts:
        channels = Channel.objects.filter(**{fact.value: True for fact in filters.facts})
        if filters.kinds:
            channels = channels.filter(kind__in=filters.kinds)
        desks = desks.filter(pk__in=channels.values("desk_id"))
    return desks


def in_order(filters: FinderFilters, board: Board, user: Any) -> list[int]:
    """Keys of the desks that fit, those one can reach now first. One query."""
    limited = Q(age_min__isnull=False) | Q(age_max__isnull=False)
    by_age = Case(When(limited, then=Value(0 if filters.age else 1)), default=Value(1 if filters.age else 0))
    rows = (
        fitting(filters, user)
        .order_by(by_age, "kana", "name", "pk", "channels__sort_order")
        .values_list("pk", "channels__pk", "channels__kind", *(f"channels__{fact.value}" for fact in BarrierFact))
    )
    states: dict[int, list[HoursState | None]] = {}
    for pk, channel, kind, *facts in rows:
        having = dict(zip(BarrierFact, facts, strict=True))
        wished = (not filters.kinds or kind in filters.kinds) and all(having[fact] for fact in filters.facts)
        states.setdefault(pk, []).append(board.states.get(channel) if wished else None)
    shown = {pk: best(each) for pk, each in states.items()}
    keys = [pk for pk, state in shown.items() if not filters.now or (state and state.is_open)]
    return sorted(keys, key=lambda pk: order_of(shown[pk]))


def relaxed(filters: FinderFilters, board: Board, user: Any) -> tuple[FinderFilters, list[int], tuple[str, ...]]:
    """When nothing fits, wishes are dropped one by one: a dead end helps nobody."""
    found, dropped = in_order(filters, board, user), []
    order = DROP_ORDER if board.open_local else ("now", *DROP_ORDER)
    for name in order:
        if found:
            break
        if getattr(filters, name):
            dropped.append(name)
            none: Any = type(getattr(filters, name))() if name != "age" else None
            filters = replace(filters, **{name: none})
            found = in_order(filters, board, user)
    return filters, found, tuple(dropped)


def loaded(keys: Iterable[int], user: Any) -> list[ConsultationDesk]:
    """Desks in the order of their keys."""
    wanted = list(keys)
    desks = {desk.pk: desk for desk in with_channels(ConsultationDesk.objects.visible_to(user).filter(pk__in=wanted))}
    return [desks[pk] for pk in wanted if pk in desks]


def find_desks(filters: FinderFilters, at: dt.datetime, *, page: int = 1, user: Any = None) -> Finder:
    """Desks that fit at an aware moment, a page at a time; national lines stand apart."""
    board = board_at(at, user)
    used, keys, dropped = relaxed(filters, board, user)
    page = max(1, min(page, -(-len(keys) // PAGE) or 1))
    items = [desk_at(d, at, filters=used, board=board) for d in loaded(keys[(page - 1) * PAGE : page * PAGE], user)]
    lines = with_channels(ConsultationDesk.objects.visible_to(user).national())
    national = sorted((desk_at(desk, at, board=board) for desk in lines), key=lambda item: order_of(item.state))
    return Finder(filters, board, items, len(keys), page, national, dropped)
