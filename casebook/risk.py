"""How few people a combination of coarse codes fits (CB-04; japanese.md B4).

Pure: codes and tables in, a verdict out; no database, no clock. Numbers stay exact fractions and are rounded down once,
at the end: 9.6 people are 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from directory.enums.life import COARSE, COARSER

GREEN_FROM, AMBER_FROM = 20, 10

#: Who has the rarest of several concerns has each further one with this probability. Multiplying the prevalences would
#: take them for independent; they are not (who is short of money sleeps badly), and the figure would be far too small.
CO_OCCURRENCE = Fraction(1, 2)

FINE: tuple[str, ...] = tuple(COARSER)

Cell = tuple[str, str, str]  # fine stage of life, household, sex
Number = int | Fraction


class Level(StrEnum):
    """The three lights."""

    GREEN = "green"
    AMBER = "amber"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Coded:
    """The fields that narrow down. "" = not written; nothing else about a person is coded (no area, no age)."""

    life_stage: str = ""
    household: str = ""
    sex: str = ""
    concerns: frozenset[str] = frozenset()

    @classmethod
    def of(cls, thing: Any) -> Coded:
        """From a case, or from the codes of a form."""
        get = thing.get if isinstance(thing, Mapping) else lambda name, default: getattr(thing, name, default)
        stage, household, sex = (str(get(name, "") or "") for name in ("life_stage", "household", "sex"))
        return cls(stage, household, sex, frozenset(get("concerns", ()) or ()))


@dataclass(frozen=True)
class Tables:
    """People by cell, and how many of a thousand have each concern."""

    persons: Mapping[Cell, Number]
    per_mille: Mapping[str, Number]

    @cached_property
    def fewest(self) -> Number:
        """What a cell without a number counts as: the smallest that is known; never "enough"."""
        return min(self.persons.values(), default=0)

    @cached_property
    def rarest(self) -> Number:
        """What a concern without a number counts as."""
        return min(self.per_mille.values(), default=0)

    def people(self, life_stage: str = "", household: str = "", sex: str = "") -> Fraction:
        """How many fit these codes: the sum of the known cells, or the smallest cell where none is known."""
        stages = COARSE.get(life_stage, (life_stage,)) if life_stage else FINE
        known = [
            persons
            for (stage, home, gender), persons in self.persons.items()
            if stage in stages and household in {"", home} and sex in {"", gender}
        ]
        return Fraction(sum(known) if known else self.fewest)

    def weight(self, concerns: Iterable[str]) -> Fraction:
        """The part of all people that has all of these concerns."""
        found = [self.per_mille.get(concern, self.rarest) for concern in concerns]
        return Fraction(min(found)) / 1000 * together(len(found)) if found else Fraction(1)


@dataclass(frozen=True)
class Clientele:
    """How many people an organisation is in touch with: in all, and (if it said so) by coarse stage."""

    total: int
    by_stage: Mapping[str, int] | None = None

    def people(self, coded: Coded, tables: Tables) -> Fraction:
        """How many of them fit. Households and sexes are taken to be spread as in the city.

        The city's prevalence does not hold here: people come because of what is hard. The first concern is taken as
        the reason they came, each further one thins them out like everywhere.
        """
        return self._placed(coded, tables) * together(len(coded.concerns))

    def _placed(self, coded: Coded, tables: Tables) -> Fraction:
        if not self.by_stage:
            return self.total * _share(coded, tables, "")
        if not coded.life_stage:
            stages = [replace(coded, life_stage=stage) for stage in COARSE]
            return sum((self._placed(stage, tables) for stage in stages), Fraction(0))
        coarse = COARSER.get(coded.life_stage, coded.life_stage)
        persons = self.by_stage.get(coarse, min(self.by_stage.values()))
        return persons * _share(coded, tables, coarse if coarse in COARSE else "")


def together(concerns: int) -> Fraction:
    """What several concerns at once leave of those who have the rarest."""
    return CO_OCCURRENCE ** max(0, concerns - 1)


def _share(coded: Coded, tables: Tables, of_stage: str) -> Fraction:
    """The part of a (coarse) stage that these codes leave in the city; never above one."""
    whole = tables.people(of_stage)
    part = tables.people(coded.life_stage, coded.household, coded.sex)
    return min(Fraction(1), part / whole) if whole else Fraction(0)


@dataclass(frozen=True)
class Step:
    """One field said more coarsely, and what that gives. `code` is `field:new value`; for a concern, the one left out."""

    code: str
    persons: int
    level: Level


@dataclass(frozen=True)
class Risk:
    """The verdict. `from_clientele` is None where the organisation has not said how many it is in touch with."""

    level: Level
    persons: int
    from_city: int
    from_clientele: int | None
    steps: tuple[Step, ...] = ()
    stopped: bool = False  # for the audience it was asked for

    @property
    def is_blocked(self) -> bool:
        """Too few for the whole partnership."""
        return self.level == Level.BLOCKED


def level_of(persons: int) -> Level:
    """20 and more, 10 to 19, fewer."""
    if persons >= GREEN_FROM:
        return Level.GREEN
    return Level.AMBER if persons >= AMBER_FROM else Level.BLOCKED


def counted(coded: Coded, tables: Tables, clientele: Clientele | None) -> tuple[int, int | None]:
    """(in the city, among the organisation's own people), each rounded down."""
    city = tables.people(coded.life_stage, coded.household, coded.sex) * tables.weight(coded.concerns)
    return int(city), None if clientele is None else int(clientele.people(coded, tables))


def assess(coded: Coded, tables: Tables, clientele: Clientele | None = None, *, whole: bool = True) -> Risk:
    """How many people it fits, whichever figure is smaller, and what would make them more (the best step first).

    `whole`: it is meant for the whole partnership (all members, or all core members); then fewer than ten stop it.
    """
    city, own = counted(coded, tables, clientele)
    persons = city if own is None else min(city, own)
    level = level_of(persons)
    steps = () if level == Level.GREEN else tuple(_steps(coded, tables, clientele))
    return Risk(level, persons, city, own, steps, stopped=whole and level == Level.BLOCKED)


def _steps(coded: Coded, tables: Tables, clientele: Clientele | None) -> list[Step]:
    found = []
    for code in possible_steps(coded):
        city, own = counted(Coded.of(coarsened(vars(coded), code)), tables, clientele)
        persons = city if own is None else min(city, own)
        found.append(Step(code, persons, level_of(persons)))
    return sorted(found, key=_worth)


def _worth(step: Step) -> tuple[int, bool, int]:
    """The best step first: the lightest lamp, without giving up a concern (it is what others answer to), most people."""
    return list(Level).index(step.level), step.code.startswith("concerns:"), -step.persons


def possible_steps(coded: Coded) -> list[str]:
    """Every field that could be said more coarsely, by one step each; the last concern stays."""
    codes = [f"{name}:" for name in ("sex", "household") if getattr(coded, name)]
    if coded.life_stage:
        codes.append(f"life_stage:{COARSER.get(coded.life_stage, '')}")
    if len(coded.concerns) > 1:
        codes += [f"concerns:{concern}" for concern in sorted(coded.concerns)]
    return codes


def coarsened(coded: Mapping[str, Any], step: str) -> dict[str, Any]:
    """The codes after one step; other fields stay as they are. Raises ValueError for a step that is none of them."""
    if step not in possible_steps(Coded.of(coded)):
        raise ValueError("This is no coarsening of these codes.")
    name, _colon, value = step.partition(":")
    if name == "concerns":
        return {**coded, name: [concern for concern in coded[name] if concern != value]}
    return {**coded, name: value}


def about(persons: int) -> int:
    """The figure as it may be shown: rounded down to tens, hundreds from a thousand; 0 stands for "fewer than ten"."""
    size = 10
    while persons >= size * 100:
        size *= 10
    return persons // size * size
