"""The list of cases, narrowed down: as quick with thousands as with a few.

One query counts the visible rows by what one can narrow down by: a case that may not be seen is in no number. From these
counts follows where the page begins; its rows are then found along an index, and no other headline is opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from casebook.enums import SHARED_STATES, LifeStage
from casebook.models import Case
from casebook.models.cases import CaseQuerySet
from casebook.queries.cases import TURN_OURS, TURN_UNSHARED, concern_names, groups, listed, ordered

MINE, WAITING = "mine", "waiting"


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed down to, by codes; "" = everything. Anything that is no code asks for nothing."""

    concern: str = ""
    stage: str = ""
    state: str = ""  # a state; "mine": own ones; "waiting": what our answer is asked for

    @property
    def codes(self) -> tuple[str, str, str]:
        """As they stand in an address."""
        return self.concern, self.stage, self.state

    def fits(self, turn: int, state: str, stage: str, codes: list[str]) -> bool:
        """Whether cases of this kind are wanted ("mine" is asked of the database)."""
        fits_state = turn == TURN_OURS if self.state == WAITING else self.state in {"", MINE, state}
        return fits_state and self.stage in {"", stage} and (not self.concern or self.concern in codes)

    @property
    def any(self) -> bool:
        """Narrowed down at all."""
        return bool(self.concern or self.stage or self.state)


@dataclass(frozen=True)
class Choice:
    """One code to narrow down by, and how many visible cases have it."""

    code: str
    label: str
    count: int


@dataclass
class Listing:
    """A page of the list."""

    cases: list[Case]
    total: int
    page: int
    size: int
    concerns: list[Choice] = field(default_factory=list)
    stages: list[Choice] = field(default_factory=list)
    states: list[Choice] = field(default_factory=list)


def narrowed(cases: CaseQuerySet, user: Any, wanted: Wanted) -> CaseQuerySet:
    """Those of the cases that are wanted."""
    if wanted.concern:
        cases = cases.filter(has_concern(wanted.concern))
    if wanted.stage:
        cases = cases.filter(life_stage=wanted.stage)
    if wanted.state == MINE:
        return cases.filter(author=user)
    if wanted.state == WAITING:
        return cases.filter(turn=TURN_OURS)  # type: ignore[misc]  # annotated in `ordered`
    return cases.filter(state=wanted.state) if wanted.state else cases


def has_concern(code: str) -> Q:
    """Cases with that concern. SQLite has no "contains" for lists: there the code is looked for in the text of the list."""
    if connection.features.supports_json_field_contains:
        return Q(concerns__contains=[code])
    return Q(concerns__icontains=f'"{code}"')


def listing(user: Any, wanted: Wanted, *, page: int, size: int) -> Listing:
    """A page; a number that is too high gives the last one."""
    names = concern_names()
    result = Listing([], 0, page, size)
    turns = _count(result, user, wanted, names)
    result.total = sum(turns.values())
    result.page = page = max(1, min(page, -(-result.total // size)))
    result.cases = list(_rows(user, wanted, turns, (page - 1) * size, size))
    for case in result.cases:
        case.concern_names = [names[code] for code in case.concerns if code in names]  # type: ignore[attr-defined]
    return result


def _rows(user: Any, wanted: Wanted, turns: Counter[int], skip: int, size: int) -> Iterator[Case]:
    """The rows of a page, group after group: each is found along an index, and no other headline is opened."""
    for turn, group in groups(user).items():
        there = turns[turn]
        if skip < there and size > 0:
            newest = "-created_at" if turn == TURN_UNSHARED else "-released_at"
            rows = narrowed(listed(user).filter(group), user, wanted).order_by(newest, "-created_at", "pk")
            found = list(rows.defer("situation", "tried", "asked", "rewritten", "dismissals")[skip : skip + size])
            size -= len(found)
            yield from found
        skip = max(0, skip - there)


def _count(result: Listing, user: Any, wanted: Wanted, names: dict[str, str]) -> Counter[int]:
    """What occurs among the visible cases, and how often; answers how many of the wanted ones each group has."""
    visible = ordered(user).order_by()
    rows = visible.values_list("turn", "state", "life_stage", "concerns").annotate(n=Count("pk"))  # type: ignore[misc]  # annotated in `ordered`
    concerns: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    states: Counter[str] = Counter()
    turns: Counter[int] = Counter()
    for turn, state, stage, codes, count in rows:
        states[state] += count
        stages[stage] += count
        concerns.update(dict.fromkeys(codes, count))
        turns[turn] += count if wanted.fits(turn, state, stage, codes) else 0
    result.concerns = _choices(names.items(), concerns)
    result.stages = _choices(((stage.value, str(stage.label)) for stage in LifeStage if stage), stages)
    result.states = _choices(((state.value, str(state.label)) for state in SHARED_STATES), states)
    if wanted.state == MINE:
        own = narrowed(visible, user, wanted).values_list("turn").annotate(n=Count("pk"))  # type: ignore[misc]  # annotated in `ordered`
        return Counter(dict(own))
    return turns


def _choices(codes: Iterable[tuple[str, str]], counted: Counter[str]) -> list[Choice]:
    return [Choice(code, label, counted[code]) for code, label in codes if counted[code]]
