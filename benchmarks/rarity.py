"""Which combinations of codes come out green, amber or blocked, with the shipped sample tables (docs/developer/risk.md).

    python -m benchmarks.rarity

Needs no database. Two readings of each line: the share of all combinations there are, and the share of people (each
combination counts as often as it fits somebody in the city), which is what an author meets.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

from casebook.risk import COARSE, FINE, Coded, Level, Tables, assess

DATA = Path(__file__).resolve().parent.parent / "casebook" / "data"
CITIES = (45_000, 270_000)
HOMES, SEXES = ("h1", "h2", "h3", "h4", "h5", "h6"), ("s1", "s2")
#: What is written of the person → stages, households, sexes.
WRITTEN: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "fine stage, household, sex": (FINE, HOMES, SEXES),
    "fine stage, household": (FINE, HOMES, ("",)),
    "coarse stage, household": (tuple(COARSE), HOMES, ("",)),
    "fine stage": (FINE, ("",), ("",)),
    "coarse stage": (tuple(COARSE), ("",), ("",)),
}
CONCERNS = (1, 2, 3)


def rows(name: str) -> list[dict[str, str]]:
    """A shipped table."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sample_city(persons: int) -> Tables:
    """The shipped figures, for so many people."""
    cells = {
        (row["life_stage"], row["household"], row["sex"]): int(row["persons"]) * persons // 100_000
        for row in rows("population")
    }
    return Tables(cells, {row["concern"]: Fraction(row["per_mille"]) for row in rows("prevalence")})


def shares(tables: Tables, written: str, concerns: int) -> tuple[Counter[Level], Counter[Level]]:
    """Levels by combination, and by people."""
    by_combination: Counter[Level] = Counter()
    by_people: Counter[Level] = Counter()
    for stage, home, sex in product(*WRITTEN[written]):
        people = int(tables.people(stage, home, sex))
        for chosen in combinations(sorted(tables.per_mille), concerns):
            level = assess(Coded(stage, home, sex, frozenset(chosen)), tables).level
            by_combination[level] += 1
            by_people[level] += people
    return by_combination, by_people


def per_cent(counts: Counter[Level]) -> str:
    """ "41 / 18 / 41": green, amber, blocked."""
    return " / ".join(f"{100 * counts[level] / counts.total():.0f}" for level in Level)


def table() -> Iterator[str]:
    """As it stands in the documentation."""
    heads = [f"{persons:,}: {what}" for persons in CITIES for what in ("combinations", "people")]
    yield f"| written | concerns | {' | '.join(heads)} |"
    yield "|---|---|" + "---|" * len(heads)
    cities = [sample_city(persons) for persons in CITIES]
    for written, concerns in product(WRITTEN, CONCERNS):
        cells = [per_cent(counts) for city in cities for counts in shares(city, written, concerns)]
        yield f"| {written} | {concerns} | {' | '.join(cells)} |"


if __name__ == "__main__":
    print("\n".join(table()))
