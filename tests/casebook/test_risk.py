"""The three lights: exact at their borders, and never more careless for knowing more (CB-04; japanese.md B4)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import rarity
from casebook import risk
from casebook.enums import Household, LifeStage
from casebook.risk import COARSE, FINE, Clientele, Coded, Level, Tables

HOMES, SEXES, CONCERNS = ("h1", "h2", "h3", "h4", "h5", "h6"), ("s1", "s2"), ("k1", "k2", "k3", "k9")
CELLS = list(product(FINE, HOMES, SEXES))

numbers = st.integers(0, 3_000) | st.integers(0, 10**9)
tables = st.builds(
    Tables,
    persons=st.dictionaries(st.sampled_from(CELLS), numbers, max_size=30),
    per_mille=st.dictionaries(
        st.sampled_from(CONCERNS), st.fractions(0, 1000, max_denominator=10), max_size=len(CONCERNS)
    ),
)
codes = st.builds(
    Coded,
    life_stage=st.sampled_from(["", *FINE, *COARSE]),
    household=st.sampled_from(["", *HOMES]),
    sex=st.sampled_from(["", *SEXES, "s3"]),
    concerns=st.frozensets(st.sampled_from([*CONCERNS, "zz"]), max_size=3),
)
clienteles = st.none() | st.builds(
    Clientele,
    total=numbers,
    by_stage=st.none() | st.fixed_dictionaries(dict.fromkeys(COARSE, numbers)),
)


def persons(coded: Coded, known: Tables, clientele: Clientele | None = None) -> int:
    """The figure alone."""
    return risk.assess(coded, known, clientele).persons


def one_cell(number: Any, *, per_mille: int = 1000) -> Tables:
    """A city of one kind of people."""
    return Tables({("l4", "h1", "s1"): number}, {"k1": per_mille})


# --- borders ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "level"),
    [(0, "blocked"), (9, "blocked"), (10, "amber"), (19, "amber"), (20, "green"), (10**12, "green")],
)
def test_the_borders_are_exact(number: int, level: str) -> None:
    found = risk.assess(Coded("l4", "h1", "s1", frozenset({"k1"})), one_cell(number))
    assert (found.persons, str(found.level), found.stopped) == (number, level, level == "blocked")


@pytest.mark.parametrize("exact", [Fraction(96, 10), Fraction(999, 100)])
def test_nothing_is_rounded_up(exact: Fraction) -> None:
    found = risk.assess(Coded("l4", "h1", "s1"), one_cell(exact))
    assert (found.persons, found.level) == (9, Level.BLOCKED)


def test_fewer_than_ten_stop_the_whole_partnership_alone() -> None:
    found = risk.assess(Coded("l4"), one_cell(3), whole=False)
    assert (found.level, found.is_blocked, found.stopped) == (Level.BLOCKED, True, False)


def test_empty_tables_are_never_safe() -> None:
    assert risk.assess(Coded("l4", "h1", "s1", frozenset({"k1"})), Tables({}, {})).stopped


def test_several_concerns_take_the_rarest_and_the_factor() -> None:
    known = Tables({("l4", "h1", "s1"): 8_000}, {"k1": 100, "k2": 10})
    assert persons(Coded("l4", "h1", "s1", frozenset({"k1"})), known) == 800
    assert persons(Coded("l4", "h1", "s1", frozenset({"k1", "k2"})), known) == 40
    assert persons(Coded("l4", "h1", "s1", frozenset({"k1", "k2", "zz"})), known) == 20


def test_what_has_no_number_counts_as_the_smallest() -> None:
    known = Tables({("l4", "h1", "s1"): 900, ("l5", "h1", "s1"): 7}, {"k1": 500, "k2": 20})
    assert persons(Coded("l9", "h2", "s2"), known) == 7
    assert persons(Coded("l4", "h1", "s3"), known) == 7
    assert persons(Coded("l4", "h1", "s1", frozenset({"zz"})), known) == 18


# --- the organisation's own people ---------------------------------------------------------------------


def test_whichever_figure_is_smaller() -> None:
    known = Tables({("l4", "h1", "s1"): 500, ("l4", "h1", "s2"): 500}, {"k1": 100})
    coded = Coded("l4", "h1", "s1", frozenset({"k1"}))
    few = risk.assess(coded, known, Clientele(30))
    assert (few.persons, few.from_city, few.from_clientele, few.level) == (15, 50, 15, Level.AMBER)
    many = risk.assess(coded, known, Clientele(3_000))
    assert (many.persons, many.from_city, many.from_clientele) == (50, 50, 1500)
    assert risk.assess(coded, known).from_clientele is None


def test_people_by_age_are_taken_from_their_age() -> None:
    known = Tables({("l4", "h1", "s1"): 500, ("l8", "h1", "s1"): 500}, {})
    own = Clientele(100, {"m0": 0, "m1": 90, "m2": 0, "m3": 10})
    assert [persons(Coded(stage), known, own) for stage in ("l4", "m1", "l8", "")] == [90, 90, 10, 100]


# --- properties ---------------------------------------------------------------------------------------


@settings(deadline=None)  # a busy machine is no counterexample
@given(codes, tables, clienteles)
def test_saying_less_never_makes_fewer(coded: Coded, known: Tables, own: Clientele | None) -> None:
    before = persons(coded, known, own)
    found = risk.assess(coded, known, own)
    assert all(step.persons >= before for step in found.steps)
    assert [step.persons for step in found.steps] == [
        persons(Coded.of(risk.coarsened(vars(coded), step.code)), known, own) for step in found.steps
    ]


@settings(deadline=None)
@given(codes, tables, clienteles, st.sampled_from([*CONCERNS, "zz"]))
def test_one_more_concern_never_makes_more(coded: Coded, known: Tables, own: Clientele | None, one: str) -> None:
    more = replace(coded, concerns=coded.concerns | {one})
    assert persons(more, known, own) <= persons(coded, known, own)


@settings(deadline=None)
@given(codes, tables, clienteles, st.sampled_from([*SEXES, "s3"]))
def test_writing_the_sex_never_makes_more(coded: Coded, known: Tables, own: Clientele | None, sex: str) -> None:
    unsaid = replace(coded, sex="")
    assert persons(replace(coded, sex=sex), known, own) <= persons(unsaid, known, own)


@settings(deadline=None)
@given(codes, tables, numbers, numbers)
def test_more_people_of_its_own_never_make_fewer(coded: Coded, known: Tables, one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    assert persons(coded, known, Clientele(fewer)) <= persons(coded, known, Clientele(more))
    assert persons(coded, known, Clientele(more)) <= persons(coded, known)


@settings(deadline=None)
@given(codes, tables, clienteles)
def test_steps_exist_only_below_green_and_never_touch_the_last_concern(
    coded: Coded, known: Tables, own: Clientele | None
) -> None:
    found = risk.assess(coded, known, own)
    assert found.level == risk.level_of(found.persons)
    if found.level == Level.GREEN:
        assert found.steps == ()
    for step in found.steps:
        after = Coded.of(risk.coarsened(vars(coded), step.code))
        assert after != coded
        assert bool(after.concerns) == bool(coded.concerns)


@settings(deadline=None)
@given(st.integers(0, 10**15))
def test_what_is_shown_never_says_more_than_there_are(number: int) -> None:
    shown = risk.about(number)
    assert shown <= number < shown + max(10, number // 10 + 1)
    assert shown % 10 == 0


# --- steps ------------------------------------------------------------------------------------------


def test_the_best_step_comes_first_and_concerns_last() -> None:
    known = Tables(
        {("l4", "h1", "s1"): 300, ("l4", "h1", "s2"): 500, ("l5", "h1", "s1"): 400, ("l4", "h2", "s1"): 90},
        {"k1": 100, "k2": 800},
    )
    found = risk.assess(Coded("l4", "h1", "s1", frozenset({"k1", "k2"})), known)
    assert (found.persons, found.level) == (15, Level.AMBER)
    assert [(step.code, step.persons, str(step.level)) for step in found.steps] == [
        ("sex:", 40, "green"),
        ("life_stage:m1", 35, "green"),
        ("concerns:k1", 240, "green"),
        ("concerns:k2", 30, "green"),
        ("household:", 19, "amber"),
    ]


@pytest.mark.parametrize("step", ["", "sex", "life_stage:m3", "life_stage:l5", "concerns:k1", "audience:all", "h:"])
def test_what_is_no_step_is_refused(step: str) -> None:
    with pytest.raises(ValueError, match="no coarsening"):
        risk.coarsened({"life_stage": "l4", "household": "", "sex": "", "concerns": ["k1"]}, step)


def test_a_step_leaves_the_rest_of_the_codes_alone() -> None:
    coded = {"life_stage": "l4", "household": "h1", "sex": "s1", "concerns": ["k3", "k1"], "consent": "oral"}
    assert risk.coarsened(coded, "concerns:k3") == {**coded, "concerns": ["k1"]}
    assert risk.coarsened(coded, "life_stage:m1") == {**coded, "life_stage": "m1"}
    assert risk.coarsened({**coded, "life_stage": "m1"}, "life_stage:") == {**coded, "life_stage": ""}


def test_the_codes_are_those_of_the_room() -> None:
    assert {*FINE, *COARSE, ""} == set(LifeStage.values)
    assert {*HOMES, ""} == set(Household.values)


@pytest.mark.parametrize(
    ("written", "concerns"), [("fine stage", 1), ("coarse stage", 2), ("coarse stage, household", 1)]
)
def test_the_documentation_shows_what_the_sample_tables_give(written: str, concerns: int) -> None:
    cities = [rarity.sample_city(persons) for persons in rarity.CITIES]
    cells = [rarity.per_cent(counts) for city in cities for counts in rarity.shares(city, written, concerns)]
    line = f"| {written} | {concerns} | {' | '.join(cells)} |"
    page = Path(__file__).parents[2] / "docs" / "developer" / "risk.md"
    assert line in page.read_text(encoding="utf-8").splitlines()
