"""Figures of the casebook: by closed quarter, small numbers hidden (CB-22).

A quarter is shown when it is over, and then for ever the same. No years beside the quarters: their sums would give
hidden quarters back. One dimension at a time; all tables of a quarter are protected together.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from casebook.enums import COARSE_STAGES, LifeStage, Outcome, TallyEvent, TallyOf
from casebook.models import Tally
from casebook.models.learning import year_label
from casebook.queries.cases import concern_names
from casebook.risk import COARSER
from cms import dates
from cms.suppression import Sum, Tables, protect

Cell = tuple[str, str, str]  # event, dimension, code
SUMMED = {TallyEvent.OPENED: (TallyOf.STAGE,), TallyEvent.CLOSED: (TallyOf.STAGE, TallyOf.OUTCOME)}


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a fiscal year; the first begins in April."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: dt.datetime) -> Quarter:
        """The quarter of a moment, by the Japanese calendar."""
        day = dates.jst(moment).date()
        return cls(dates.fiscal_year(day), (day.month - 4) % 12 // 3 + 1)

    @property
    def months(self) -> tuple[dt.date, dt.date]:
        """First days of its first and of its last month."""
        first = (self.number * 3) % 12 + 1
        year = self.year + (self.number == 4)
        return dt.date(year, first, 1), dt.date(year, first + 2, 1)


@dataclass(frozen=True)
class Line:
    """One figure with its label. `count` None: hidden."""

    label: str
    count: int | None
    is_sum: bool = False


@dataclass(frozen=True)
class Table:
    """One table of a quarter."""

    event: str
    dimension: str
    lines: tuple[Line, ...]

    @property
    def event_label(self) -> str:
        """Opened or closed."""
        return str(TallyEvent(self.event).label)

    @property
    def label(self) -> str:
        """By what."""
        return str(TallyOf(self.dimension).label)


@dataclass(frozen=True)
class Row:
    """One line of a table as the page draws it: what opened and what closed, beside each other."""

    label: str
    counts: tuple[int | None, ...]
    is_sum: bool


@dataclass(frozen=True)
class Sheet:
    """Tables of one dimension, drawn as one."""

    dimension: str
    label: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Figures:
    """What is published of one quarter."""

    quarter: Quarter
    tables: tuple[Table, ...]

    @property
    def label(self) -> str:
        """「2026年度（令和8年度）第1四半期（4月から6月）」."""
        first, last = self.quarter.months
        return f"{year_label(self.quarter.year)} 第{self.quarter.number}四半期（{first.month}月から{last.month}月）"

    @property
    def sheets(self) -> list[Sheet]:
        """For the page: a table a dimension. The same figures, none more."""
        made = []
        for dimension in dict.fromkeys(table.dimension for table in self.tables):
            tables = [table for table in self.tables if table.dimension == dimension]
            lines = zip(*(table.lines for table in tables), strict=True)
            rows = [Row(line[0].label, tuple(each.count for each in line), line[0].is_sum) for line in lines]
            columns = tuple(table.event_label for table in tables)
            made.append(Sheet(dimension, tables[0].label, columns, tuple(rows)))
        return made


def coarse_stage(code: str) -> str:
    """The coarse band of a stage of life; "" where none was written."""
    return COARSER.get(code, code)


def figures(now: dt.datetime) -> list[Figures]:
    """Every quarter that is over, the latest first: one query for the counts, one for the concerns' names."""
    current = Quarter.of(now)
    rows = Tally.objects.order_by("-fiscal_year", "-quarter", "pk")
    names = concern_names()
    found = []
    for (year, number), group in groupby(rows, key=lambda row: (row.fiscal_year, row.quarter)):
        quarter = Quarter(year, number)
        if quarter < current:
            counts = {(row.event, row.dimension, row.code): row.count for row in group}
            found.append(Figures(quarter, tuple(_tables(counts, names))))
    return found


def tables_of(counts: dict[Cell, int]) -> Tables:
    """All counts of a quarter, and which of them make up which: stages and outcomes, each case once."""
    sums = []
    for event, dimensions in SUMMED.items():
        whole = (event, TallyOf.ALL, "")
        for dimension in dimensions:
            parts = tuple(cell for cell in counts if cell[:2] == (event, dimension))
            if parts and whole in counts:
                sums.append(Sum(whole, parts))
    return Tables(counts, tuple(sums))


def _tables(counts: dict[Cell, int], names: dict[str, str]) -> list[Table]:
    shown = protect(tables_of(counts))
    by_table: dict[tuple[str, str], dict[str, int | None]] = defaultdict(dict)
    for (event, dimension, code), count in shown.items():
        by_table[event, dimension][code] = count
    made = []
    for event in TallyEvent.values:
        total = Line(str(TallyOf.ALL.label), by_table[event, TallyOf.ALL].get("", 0), is_sum=True)
        for dimension in (TallyOf.CONCERN, TallyOf.STAGE, TallyOf.OUTCOME):
            labels = _labels(dimension, names)
            if dimension == TallyOf.OUTCOME and event != TallyEvent.CLOSED:
                continue
            lines = [Line(label, by_table[event, dimension].get(code, 0)) for code, label in labels.items()]
            made.append(Table(event, dimension, (*lines, total)))
    return made


def _labels(dimension: TallyOf, names: dict[str, str]) -> dict[str, str]:
    """Every code there can be: one that does not occur is a zero, and says so."""
    if dimension == TallyOf.CONCERN:
        return names
    if dimension == TallyOf.OUTCOME:
        return {code: str(label) for code, label in Outcome.choices}
    return {stage.value: str(stage.label) for stage in (*COARSE_STAGES, LifeStage.NOT_GIVEN)}
