"""Rows that we gave away ourselves, come back: found by their number, compared cell by cell in the file's own layout."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workshops.importing.mapping import source_cells
from workshops.importing.records import Difference, EventRow, Reading
from workshops.models import Occurrence
from workshops.open_data.cells import in_layout, row_id
from workshops.open_data.profiles import BY_KEY
from workshops.open_data.table import cells, with_words

_OURS = re.compile(r"[a-z0-9-]+-([0-9]{1,18})")
_CHUNK = 500
#: Field of a layout we write → the field it is read back as.
_READ_AS = {"place": "venue", "address": "street", "fee_kind": "fee"}
#: Written only: they say the same for every row, or are the number itself. So is URL where it is our own page.
_NOT_COMPARED = frozenset({"id", "municipality", "municipality_name", "page_url"})


@dataclass(frozen=True)
class OwnRow:
    """A row of the file that is one of ours, with what it says otherwise."""

    row: EventRow
    differences: tuple[Difference, ...]


def own_rows(reading: Reading) -> dict[int, OwnRow]:
    """Line → row, for the rows whose number is one we gave. One query a few hundred rows."""
    asked: dict[str, list[EventRow]] = defaultdict(list)  # a row copied in a spreadsheet keeps its number
    for row in reading.rows:
        asked[row.given_id].append(row)
    numbers = [int(found[1]) for given in asked if (found := _OURS.fullmatch(given))]
    own: dict[int, OwnRow] = {}
    for start in range(0, len(numbers), _CHUNK):
        some = Occurrence.objects.filter(pk__in=numbers[start : start + _CHUNK])
        for occurrence, ours in cells(with_words(some)):
            for row in asked.get(row_id(occurrence), ()):
                own[row.line] = OwnRow(row, tuple(_differences(reading, row, ours)))
    return own


def _differences(reading: Reading, row: EventRow, ours: Mapping[str, str]) -> Iterator[Difference]:
    theirs = source_cells(row)
    for heading, field in BY_KEY[reading.layout].all_columns:
        if field in _NOT_COMPARED or _READ_AS.get(field, field) not in reading.fields:
            continue
        before, after = in_layout(ours, field), in_layout(theirs, field)
        if before != after and not (field == "url" and before == ours["page_url"]):
            yield Difference(row.line, row.title, heading, before, after)
