"""What all members read of the consultations: months that are published, small numbers hidden (ADR 0057).

A month is published once, as `Trend.figures`, and never changes. All its tables are protected together, against everybody
and against each organisation, which knows its own part. Months do not overlap, and there are no sums of years beside them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Sum as Total
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from cms.suppression import Revealing, Sum, Tables, protect
from directory.enums import Route
from directory.enums.life import COARSE_STAGES, COARSER
from directory.models import ConsultationCount, HeardOfCount, Trend
from directory.queries import handovers
from directory.queries.consultations.tallies import CODES, HEARD, after, choices, concern_names, label

Cell = tuple[str, str]  # dimension, code
Counts = dict[Cell, int]
WHOLE: Cell = ("total", "")
HEARD_OF = "heard_of"
DIMENSIONS = {
    "concern": _("What it was about"),
    "life_stage": _("Stage of life"),
    "route": _("Who came with it"),
    "method": _("How it came"),
    "outcome": _("What came of it"),
    HEARD_OF: _("How they heard of us"),
}
LEAST_ORGANIZATIONS = 3  # of two, each could read the other's figures
LEAST_HANDOVERS = 10  # below, a rate would say how single ones went
MONTHS_SHOWN = 12


# --- making: counts of organisations → what may be published ---


def shares(month: dt.date) -> dict[int, Counts]:
    """What each organisation gave to the month's tables, by its key: two queries."""
    found: dict[int, Counter[Cell]] = defaultdict(Counter)
    rows = ConsultationCount.objects.filter(month=month, count__gt=0).order_by()
    for organization, *codes, count in rows.values_list("organization", *CODES, "count"):
        found[organization][WHOLE] += count
        for dimension, code in zip(CODES, codes, strict=True):
            found[organization][dimension, COARSER.get(code, code)] += count
    told = HeardOfCount.objects.filter(month=month, count__gt=0).exclude(heard_of="").order_by()
    for row in told.values("organization", "heard_of").annotate(total=Total("count")):
        found[row["organization"]][HEARD_OF, row["heard_of"]] += row["total"]
    return {organization: dict(counts) for organization, counts in found.items()}


def lines(concerns: Iterable[str]) -> dict[str, list[str]]:
    """Every code there can be, by dimension: one that does not occur is a zero, and says so.

    In the order in which figures are hidden beside others: first what is not known, of which least is lost.
    """
    known = {name: list(words) for name, words in choices(dict.fromkeys(concerns, "")).items()}
    return {name: ["", *known[name]] for name in CODES} | {HEARD_OF: list(HEARD)}


def tables_of(given: Mapping[int, Counts], concerns: Iterable[str]) -> Tables:
    """All counts of a month and which make up which: each consultation stands once in every dimension but the last.

    People need not say how they heard of us: those counts make up nothing.
    """
    counts: Counter[Cell] = Counter()
    for part in given.values():
        counts.update(part)
    order = lines(dict.fromkeys([*concerns, *(code for name, code in counts if name == "concern" and code)]))
    cells = {(name, code): counts[name, code] for name, codes in order.items() for code in codes}
    sums = [Sum(WHOLE, tuple((name, code) for code in order[name])) for name in CODES]
    return Tables({WHOLE: counts[WHOLE], **cells}, tuple(sums))


def shown(given: Mapping[int, Counts], concerns: Iterable[str]) -> dict[Cell, int | None]:
    """What may be published of them; nothing at all where too few organisations gave something."""
    tables = tables_of(given, concerns)
    nothing: dict[Cell, int | None] = dict.fromkeys(tables.counts)
    if len(given) < LEAST_ORGANIZATIONS:
        return nothing
    try:
        return protect(tables, insiders=[given[key] for key in sorted(given)])
    except Revealing:
        return nothing


def handing_on(month: dt.date, on: dt.date) -> dict[str, int | None]:
    """受け止め: in how many of ten hand-overs another organisation took it on, and after how many hours an answer came."""
    found = handovers.figures(month, after(month), kind="consultation", on=on)
    few = found.answered + found.late < LEAST_HANDOVERS
    hours = None if found.median_hours is None or found.answered < LEAST_HANDOVERS else round(found.median_hours)
    return {"of_ten": None if few or found.rate is None else round(found.rate * 10), "hours": hours}


# --- reading ---


@dataclass(frozen=True)
class Line:
    """One figure with its label. `count` None: hidden. `step`: length of its bar, 0 to 50, of the longest of its kind."""

    label: str
    count: int | None
    step: int = 0
    is_sum: bool = False


@dataclass(frozen=True)
class Table:
    """One dimension of a month."""

    dimension: str
    label: str
    lines: tuple[Line, ...]

    @property
    def hidden(self) -> int:
        """How many of its lines are hidden."""
        return sum(line.count is None for line in self.lines)


@dataclass(frozen=True)
class Published:
    """A published month, as page and file show it."""

    trend: Trend
    concerns: Mapping[str, str]

    @property
    def month(self) -> dt.date:
        """Its first day."""
        return self.trend.month

    @property
    def label(self) -> str:
        """「2026年10月」."""
        return label(self.trend.month)

    @property
    def total(self) -> int | None:
        """All consultations; None where that is hidden."""
        return self.count(WHOLE)

    def count(self, cell: Cell) -> int | None:
        """What is shown of a cell."""
        dimension, code = cell
        found: int | None = self.trend.figures.get(dimension, {}).get(code)
        return found

    @property
    def extra(self) -> dict[str, Any]:
        """Organisations that handed in, hand-overs."""
        return {**self.trend.figures.get("organizations", {}), **self.trend.figures.get("handovers", {})}

    @cached_property
    def tables(self) -> list[Table]:
        """Every dimension, the sum below all but the last."""
        return [self._table(name) for name in DIMENSIONS if name in self.trend.figures]

    def figures_of(self, name: str) -> dict[str, int | None]:
        """What is shown of one dimension, in the order of the page (a database may keep the codes in its own)."""
        kept: dict[str, int | None] = self.trend.figures.get(name, {})
        order = dict.fromkeys([*lines(self.concerns)[name], *sorted(kept)])
        order |= {"": order.pop("", None)}  # what is not known stands last
        return {code: kept[code] for code in order if code in kept}

    def _table(self, name: str) -> Table:
        figures, words = self.figures_of(name), labels(name, self.concerns)
        longest = max((count or 0 for count in figures.values()), default=0)
        found = [Line(words.get(code, gone()), n, step(n, longest)) for code, n in figures.items()]
        whole = [] if name == HEARD_OF else [Line(str(pgettext("figures", "All")), self.total, is_sum=True)]
        return Table(name, str(DIMENSIONS[name]), (*found, *whole))


def step(count: int | None, longest: int) -> int:
    """Length of a bar in fiftieths of the longest; something is seen wherever something is."""
    return max(1, round(50 * count / longest)) if count and longest else 0


def gone() -> str:
    """A concern that the city lists no more."""
    return str(pgettext("concern", "No longer in the list"))


def labels(dimension: str, concerns: Mapping[str, str]) -> dict[str, str]:
    """Words of the codes of one dimension."""
    unknown = str(pgettext("figures", "Not known"))
    if dimension == "concern":
        return {**concerns, "": unknown}
    if dimension == "life_stage":
        return {**{stage.value: str(stage.label) for stage in COARSE_STAGES}, "": unknown}
    if dimension == HEARD_OF:
        return {code: str(words) for code, words in HEARD.items()}
    said = choices({})[dimension] if dimension != "route" else {c: str(w) for c, w in Route.choices if c}
    return {**said, "": unknown}


def published(*, before: dt.date | None = None, count: int = MONTHS_SHOWN) -> list[Published]:
    """The latest months that are published, the latest first: two queries."""
    rows = Trend.objects.order_by("-month")
    if before is not None:
        rows = rows.filter(month__lt=before)
    names = concern_names()
    return [Published(row, names) for row in rows[:count]]


def of_month(month: dt.date) -> Published | None:
    """One published month."""
    row = Trend.objects.filter(month=month).first()
    return Published(row, concern_names()) if row else None


def next_after(month: dt.date) -> dt.date | None:
    """The next month that is published."""
    return Trend.objects.filter(month__gt=month).order_by("month").values_list("month", flat=True).first()


def by_month(months: Iterable[Published], dimension: str) -> list[tuple[str, list[int | None]]]:
    """Each line of a dimension through the months: the figures of their own pages side by side."""
    months = list(months)
    codes = dict.fromkeys(code for each in months for code in each.figures_of(dimension))
    codes |= {"": codes.pop("", None)} if "" in codes else {}
    words = labels(dimension, months[0].concerns) if months else {}
    return [(words.get(code, gone()), [each.figures_of(dimension).get(code, 0) for each in months]) for code in codes]


# --- in words ---


@dataclass(frozen=True)
class Change:
    """How one concern stands against the month before. `by` None: one of the two is hidden, or there is none before."""

    label: str
    count: int
    by: int | None

    @property
    def less(self) -> int:
        """By how many fewer."""
        return -(self.by or 0)


MOST_SAID = 3


def commonest(now: Published, before: Published | None) -> list[Change]:
    """The three commonest concerns among what is shown, and how they changed: nothing that the tables do not say."""
    named = [(code, count) for code, count in now.figures_of("concern").items() if code and count]
    said = []
    for code, count in sorted(named, key=lambda pair: -pair[1])[:MOST_SAID]:
        earlier = before.count(("concern", code)) if before else None
        said.append(Change(now.concerns.get(code, gone()), count, None if earlier is None else count - earlier))
    return said


def rows_of(months: Iterable[Published]) -> list[list[str | int]]:
    """For the file: one row a figure, exactly those of the page. A hidden one carries the word for it, as there."""
    few = str(pgettext("figures", "few"))
    return [
        [f"{each.month:%Y-%m}", table.label, line.label, few if line.count is None else line.count]
        for each in months
        for table in each.tables
        for line in table.lines
    ]
