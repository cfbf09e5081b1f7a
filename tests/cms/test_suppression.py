"""Small counts stay hidden: by rule, by proof, and against somebody who tries every table there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.suppression import SMALL, SPAN, Revealing, Sum, Tables, exposed_cells, holds, is_small, protect

counts = st.integers(0, 9) | st.sampled_from([0, 1, 2, 3, 4])


def same_figures(tables: Tables, shown: Mapping[Any, int | None], most: int) -> Iterator[dict[Any, int]]:
    """All tables that agree with what was published. A reader knows that no hidden count is zero."""
    wholes = {each.whole for each in tables.sums}
    free = [cell for cell, count in shown.items() if count is None and cell not in wholes]
    for values in product(range(1, most + 1), repeat=len(free)):
        guess = {**{c: n for c, n in shown.items() if n is not None}, **dict(zip(free, values, strict=True))}
        for each in _inner_first(tables):
            total = sum(guess[part] for part in each.parts)
            if guess.setdefault(each.whole, total) != total:
                break
        else:
            yield guess


def _inner_first(tables: Tables) -> list[Sum]:
    wholes = {each.whole for each in tables.sums}
    return sorted(tables.sums, key=lambda each: any(part in wholes for part in each.parts))


def spans(tables: Tables, shown: Mapping[Any, int | None], most: int) -> dict[Any, int]:
    """How far apart the possible values of each hidden cell lie."""
    found: dict[Any, set[int]] = {cell: set() for cell, count in shown.items() if count is None}
    for guess in same_figures(tables, shown, most):
        for cell, values in found.items():
            values.add(guess[cell])
    return {cell: max(values) - min(values) for cell, values in found.items()}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"a": 12, "b": 30}, {"a": 12, "b": 30, "all": 42}),
        ({"a": 12, "b": 0}, {"a": 12, "b": 0, "all": 12}),  # zero is shown
        ({"a": 12, "b": 3, "c": 9}, {"a": None, "b": None, "c": 9, "all": 24}),  # the first other goes too
        ({"a": 4, "b": 4, "c": 20}, {"a": None, "b": None, "c": None, "all": 28}),  # two that are small never stand alone
        ({"a": 1, "b": 1, "c": 20}, {"a": None, "b": None, "c": None, "all": 22}),  # two that do not
        ({"a": 3, "b": 0}, {"a": None, "b": 0, "all": None}),  # the sum is small itself
        ({"a": 1, "b": 5}, {"a": None, "b": None, "all": None}),  # nothing else can hide it
    ],
)  # fmt: skip
def test_a_list_with_its_sum(given: dict[str, int], expected: dict[str, int | None]) -> None:
    assert protect(Tables.line(given, "all")) == expected


def test_a_grid_hides_a_cell_in_both_directions() -> None:
    table = Tables.grid({("r", "x"): 3, ("r", "y"): 20, ("s", "x"): 20, ("s", "y"): 20})
    shown = protect(table)
    assert {cell for cell, count in shown.items() if count is None} == {("r", "x"), ("r", "y"), ("s", "x"), ("s", "y")}
    assert shown[None, None] == 63


@settings(max_examples=100, deadline=None)
@given(st.lists(counts, min_size=1, max_size=3))
def test_no_list_tells_a_small_count(given: list[int]) -> None:
    table = Tables.line(dict(enumerate(given)), "all")
    shown = protect(table)
    assert holds(table, shown)
    assert [span for span in spans(table, shown, most=14).values() if span < SPAN] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=4, max_size=4))
def test_no_grid_tells_a_small_count(given: list[int]) -> None:
    table = Tables.grid(dict(zip(product("rs", "xy"), given, strict=True)))
    shown = protect(table)
    assert holds(table, shown)
    assert [span for span in spans(table, shown, most=14).values() if span < SPAN] == []


def test_no_list_of_three_tells_a_small_count_to_whoever_knows_the_method() -> None:
    """All lists of three up to a sum of 16, put together by what is published: none stands alone with its small count."""
    alike: dict[Any, list[tuple[int, ...]]] = {}
    for counts in product(range(17), repeat=3):
        if sum(counts) <= 16:
            shown = protect(Tables.line(dict(enumerate(counts)), "all"))
            alike.setdefault(tuple(shown.values()), []).append(counts)
    told = [
        (counts, place)
        for group in alike.values()
        for counts in group
        for place, count in enumerate(counts)
        if is_small(count) and len({other[place] for other in group}) < 2
    ]
    assert told == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 8), min_size=3, max_size=3))
def test_whoever_knows_the_method_learns_no_small_count_either(given: list[int]) -> None:
    """The strongest reader: keeps only those tables from which this very method makes these very figures."""
    table = Tables.line(dict(enumerate(given)), "all")
    shown = protect(table)
    left: dict[Any, set[int]] = {cell: set() for cell, count in table.counts.items() if is_small(count)}
    for guess in same_figures(table, shown, most=12):
        if protect(Tables.line({cell: guess[cell] for cell in range(len(given))}, "all")) == shown:
            for cell, values in left.items():
                values.add(guess[cell])
    assert [values for values in left.values() if len(values) < 2] == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=20, max_size=20))
def test_larger_grids_are_proven_too(given: list[int]) -> None:
    table = Tables.grid(dict(zip(product(range(5), "wxyz"), given, strict=True)))
    shown = protect(table)
    assert holds(table, shown)
    assert {cell for cell, count in table.counts.items() if is_small(count)} <= {
        c for c, n in shown.items() if n is None
    }


def test_a_second_table_with_other_margins_opens_the_first() -> None:
    """By stage and by outcome, from the same cases: what one hides, the other must not give back."""
    stages = Tables.line({"m1": 3, "m2": 9, "m3": 20}, "closed")
    alone = protect(stages)
    pairs = Tables({"m1": 3, "found": 20, "m1 or found": 23}, (Sum("m1 or found", ("m1", "found")),))
    both = Tables.together([stages, pairs])
    assert holds(both, {**alone, "found": 20, "m1 or found": 23}) is False
    assert holds(both, protect(both)) is True


def test_two_publications_that_differ_by_one_small_count() -> None:
    """Nine months, then the year: their difference is a quarter. The year is hidden, what is out already stays."""
    year = Tables({"nine": 30, "fourth": 2, "year": 32}, (Sum("year", ("nine", "fourth")),))
    assert protect(year, public=["nine"]) == {"nine": 30, "fourth": None, "year": None}
    with pytest.raises(Revealing):
        protect(year, public=["nine", "year"])
    with pytest.raises(Revealing):
        protect(year, public=["fourth"])


def test_control_without_the_second_step_it_could_be_calculated() -> None:
    table = Tables.line({"a": 12, "b": 3, "c": 9}, "all")
    naive = {cell: None if is_small(count) else count for cell, count in table.counts.items()}
    assert exposed_cells(table, {"b"}) == {"b"}
    assert holds(table, naive) is False
    assert spans(table, naive, most=14) == {"b": 0}


def test_what_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        Tables({"a": 1, "all": 2}, (Sum("all", ("a",)),))
    with pytest.raises(ValueError, match="below zero"):
        Tables({"a": -1})
    with pytest.raises(ValueError, match="two counts"):
        Tables.together([Tables({"a": 7}), Tables({"a": 8})])


def test_the_border_is_five() -> None:
    assert [count for count in range(7) if is_small(count)] == [1, 2, 3, 4]
    assert (SMALL, SPAN) == (5, 5)
