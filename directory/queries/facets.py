"""How many desks each wish would leave: beside every choice of the finder, so that nobody runs into a wall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from directory.enums import BarrierFact, ChannelKind, Whose
from directory.queries.board import Board
from directory.queries.finder import FinderFilters, fitting


@dataclass(frozen=True)
class Facets:
    """Numbers of desks of the city by choice, the wishes of the other groups given.

    In a group where one of several is enough (`concerns`, `kinds`, `whose`, `ages`) a number says what the choice alone
    would leave; `facts` must all hold, so there a number says what is left with this one added.
    """

    concerns: dict[str, int]
    kinds: dict[ChannelKind, int]
    facts: dict[BarrierFact, int]
    whose: dict[Whose, int]
    ages: dict[tuple[int, int] | None, int]
    now: int


def facets_of(
    filters: FinderFilters, board: Board, *, concerns: Iterable[str], ages: Iterable[tuple[int, int]]
) -> Facets:
    """The numbers beside the choices, for these codes and ages. No query: all of it comes from the roll."""

    def left(wishes: FinderFilters) -> int:
        return fitting(wishes, board).bit_count()

    return Facets(
        concerns={code: left(replace(filters, concerns=(code,))) for code in concerns},
        kinds={kind: left(replace(filters, kinds=(kind,))) for kind in ChannelKind},
        facts={fact: left(replace(filters, facts=tuple({*filters.facts, fact}))) for fact in BarrierFact},
        whose={each: left(replace(filters, whose=(each,))) for each in Whose},
        ages={age: left(replace(filters, age=age)) for age in (None, *ages)},
        now=left(replace(filters, now=True)),
    )
