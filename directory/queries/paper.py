"""Desks for paper: no "now", which paper cannot know; those that never close first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from directory.hours import Light
from directory.queries.board import board_at
from directory.queries.finder import DeskAt, FinderFilters, desk_at, fitting, loaded
from directory.queries.roll import bits_in

MOST = 300  # desks on one printout


@dataclass(frozen=True)
class Paper:
    """What is printed: desks of the city, lines for the whole country, and how many desks did not find room."""

    desks: list[DeskAt]
    national: list[DeskAt]
    left_out: int


def on_paper(filters: FinderFilters, at: dt.datetime, *, slugs: Collection[str] = (), user: Any = None) -> Paper:
    """The desks that fit (of these slugs only, when some are given) as they are known at a moment. Two queries at most
    beside those of the roll."""
    board = board_at(at, user)
    roll = board.roll
    bits = fitting(replace(filters, now=False), board) | (0 if slugs else roll.national)
    if slugs:
        bits = roll.everyone & roll.where(lambda desk: desk.slug in slugs)
    keys = [roll.names[place].pk for place in bits_in(bits & roll.local)]
    lines = [roll.names[place].pk for place in bits_in(bits & roll.national)]
    items = [desk_at(desk, at, filters=filters) for desk in loaded([*keys[:MOST], *lines[:MOST]], user)]
    items.sort(key=lambda item: item.light is not Light.ALWAYS)
    return Paper(
        [item for item in items if not item.desk.is_national],
        [item for item in items if item.desk.is_national],
        max(0, len(keys) - MOST),
    )
