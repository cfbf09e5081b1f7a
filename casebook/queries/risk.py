"""How few people a case fits, with the tables that hold now; and the words the screens say it with."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from casebook import risk
from casebook.enums import Audience, Household, LifeStage, Sex
from casebook.models import Clientele, RiskTable, TableKind
from casebook.queries.cases import concern_names
from casebook.risk import Coded, Level, Risk, Step, Tables
from cms.models import SiteSettings
from directory.models import Organization

SAMPLES = Path(__file__).resolve().parent.parent / "data"
SAMPLE_OF = 100_000  # the shipped population speaks of so many people
#: A city that has not said how many people live there is counted as a small one.
UNSAID_POPULATION = 10_000
#: With these audiences a case is read by the whole partnership.
WHOLE = frozenset({Audience.ALL, Audience.CORE})

Row = tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A table as it holds now: what the city brought in, or the shipped sample (`header` is None)."""

    kind: TableKind
    header: RiskTable | None
    rows: tuple[Row, ...]

    @property
    def is_sample(self) -> bool:
        """Shipped, or brought in as a sample."""
        return self.header is None or self.header.is_sample


@cache
def sample(kind: TableKind) -> tuple[Row, ...]:
    """The shipped rows: invented figures that are plausible for a Japanese city."""
    with (SAMPLES / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row) for row in list(csv.reader(file))[1:])


def city_population() -> int | None:
    """How many people live in the city, as the settings of the site say."""
    found = SiteSettings.objects.filter(site__is_default_site=True).values_list("population", flat=True)
    return found.first()


def scaled_sample() -> tuple[Row, ...]:
    """The shipped population in the size of this city, rounded down."""
    size = city_population() or UNSAID_POPULATION
    return tuple((*row[:3], str(int(row[3]) * size // SAMPLE_OF)) for row in sample(TableKind.POPULATION))


def population() -> Held:
    """People by cell: the newest table, else the sample."""
    header = RiskTable.objects.filter(kind=TableKind.POPULATION).first()
    if header is None:
        return Held(TableKind.POPULATION, None, scaled_sample())
    rows = header.population.values_list("life_stage", "household", "sex", "persons")
    return Held(TableKind.POPULATION, header, tuple((*row[:3], str(row[3])) for row in rows))


def prevalence() -> Held:
    """Concerns: the newest table, else the sample."""
    header = RiskTable.objects.filter(kind=TableKind.PREVALENCE).first()
    if header is None:
        return Held(TableKind.PREVALENCE, None, sample(TableKind.PREVALENCE))
    rows = header.prevalence.values_list("concern", "per_mille", "note")
    return Held(TableKind.PREVALENCE, header, tuple((code, f"{number:f}", note) for code, number, note in rows))


def held(kind: TableKind) -> Held:
    """The table of that kind."""
    return population() if kind == TableKind.POPULATION else prevalence()


def tables_of(people: Held, concerns: Held) -> Tables:
    """As the reckoning takes them."""
    return Tables(
        persons={(stage, home, sex): int(persons) for stage, home, sex, persons in people.rows},
        per_mille={code: Fraction(number) for code, number, _note in concerns.rows},
    )


def clientele_of(organization: Organization | None) -> Clientele | None:
    """What the organisation said of itself: None = never asked; without numbers = it does not know."""
    return Clientele.objects.filter(organization=organization).first() if organization is not None else None


def _counted(said: Clientele | None) -> risk.Clientele | None:
    return None if said is None or said.total is None else risk.Clientele(said.total, said.by_stage)


def assess(thing: Any, organization: Organization | None, audience: str) -> Risk:
    """The verdict for a case, or for the codes of a form (a mapping). A constant number of queries."""
    tables = tables_of(population(), prevalence())
    return risk.assess(Coded.of(thing), tables, _counted(clientele_of(organization)), whole=audience in WHOLE)


@dataclass(frozen=True)
class ShownStep:
    """A step as the page offers it."""

    code: str
    label: str
    figure: str
    level: Level


@dataclass(frozen=True)
class Box:
    """What `casebook/members/risk_box.html` draws."""

    risk: Risk
    words: list[str]
    figure: str
    city_figure: str
    own_figure: str  # "" where the organisation has not said how many it is in touch with
    steps: list[ShownStep]
    is_sample: bool
    population_unsaid: bool
    is_asked: bool  # the organisation was never asked; its author is, once
    own_unknown: bool
    whole: bool
    choosing: bool  # the steps can be chosen (the editor); else they are only read


def box(thing: Any, organization: Organization | None, audience: str, *, choosing: bool = False) -> Box:
    """The three lights with their figures. `choosing`: for the author, whose form carries the steps as radios."""
    people, concerns = population(), prevalence()
    said, coded, names = clientele_of(organization), Coded.of(thing), concern_names()
    found = risk.assess(coded, tables_of(people, concerns), _counted(said), whole=audience in WHOLE)
    return Box(
        risk=found,
        words=words_of(coded, names),
        figure=figure(found.persons),
        city_figure=figure(found.from_city),
        own_figure="" if found.from_clientele is None else figure(found.from_clientele),
        steps=[shown(step, names) for step in found.steps],
        is_sample=people.is_sample or concerns.is_sample,
        population_unsaid=people.header is None and not city_population(),
        is_asked=choosing and organization is not None and said is None,
        own_unknown=organization is not None and found.from_clientele is None,
        whole=audience in WHOLE,
        choosing=choosing,
    )


def figure(persons: int) -> str:
    """About so many, rounded down; a small figure is never said: it would itself tell something."""
    rounded = risk.about(persons)
    return _("about %(count)s people") % {"count": f"{rounded:,}"} if rounded else _("fewer than 10 people")


def words_of(coded: Coded, names: dict[str, str]) -> list[str]:
    """The combination in words; what is not written is left out."""
    lists = ((LifeStage, coded.life_stage), (Household, coded.household), (Sex, coded.sex))
    known = [str(codes(code).label) for codes, code in lists if code and code in codes.values]
    return known + [names[code] for code in sorted_like(names, coded.concerns)]


def sorted_like(names: dict[str, str], codes: Iterable[str]) -> list[str]:
    """Codes in the order of the city's list; codes that are no more are left out."""
    return [code for code in names if code in set(codes)]


def shown(step: Step, names: dict[str, str]) -> ShownStep:
    """A step in words."""
    return ShownStep(step.code, step_label(step.code, names), figure(step.persons), step.level)


def step_label(code: str, names: dict[str, str]) -> str:
    """What the step does to the case."""
    name, _colon, value = code.partition(":")
    if name == "concerns":
        return _("Leave out “%(concern)s”") % {"concern": names.get(value, value)}
    if value:
        return _("Stage of life as “%(stage)s”") % {"stage": LifeStage(value).label}
    return {
        "sex": _("Leave the sex unwritten"),
        "household": _("Leave the household unwritten"),
        "life_stage": _("Leave the stage of life unwritten"),
    }[name]


def history(kind: TableKind) -> list[RiskTable]:
    """Tables of that kind, the newest first."""
    return list(RiskTable.objects.filter(kind=kind).select_related("loaded_by")[:20])
