"""The layout and the rows of an event table. How a file becomes lines of cells is in `cms.importing.tables`."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.importing.cells import clip
from cms.importing.tables import NotATable, RawRow, heading_key, heading_of, raw_rows, read_text, rows_of
from workshops.importing.layouts import LAYOUTS, Layout

#: A heading row with fewer known headings is another kind of table.
_FEWEST_KNOWN = 5


@dataclass(frozen=True)
class Table:
    """What was found in a file: its layout, the headings as printed (by field), and its rows in order."""

    layout: Layout
    headings: Mapping[str, str]
    rows: tuple[RawRow, ...]


def read_table(data: bytes) -> Table:
    """The table in `data` (UTF-8 with or without BOM, CP932, UTF-16). Raises `NotATable`."""
    return read_text(data, _table)


def _table(text: str) -> Table:
    rows = rows_of(text)
    heading = heading_of(rows)
    layout, places = _recognise(heading)
    headings = {field: clip(heading[place].strip(), 40) for field, place in places.items()}
    return Table(layout, headings, tuple(raw_rows(rows, places, len(heading))))


def _recognise(cells: list[str]) -> tuple[Layout, dict[str, int]]:
    """The layout whose required columns are all there, and the place of each field. Raises `NotATable`."""
    found = [(layout, _places(layout, cells)) for layout in LAYOUTS]
    layout, places = max(found, key=lambda pair: (not _missing(*pair), len(pair[1])))
    if len(places) < _FEWEST_KNOWN:
        raise NotATable(
            _("this is not an event table: no known headings in the first row “%(row)s”")
            % {"row": clip(",".join(cells), 40)}
        )
    if missing := _missing(layout, places):
        names = "、".join(layout.headings[field][0] for field in missing)
        raise NotATable(_("the table lacks these columns: %(names)s") % {"names": names})
    return layout, places


def _missing(layout: Layout, places: Mapping[str, int]) -> list[str]:
    return [field for field in layout.required if field not in places]


def _places(layout: Layout, cells: list[str]) -> dict[str, int]:
    """Field → index of its column. A required column that stands twice makes the table ambiguous."""
    keys = [heading_key(cell) for cell in cells]
    places: dict[str, int] = {}
    for field, headings in layout.headings.items():
        for heading in map(heading_key, headings):
            if heading not in keys:
                continue
            if field in layout.required and keys.count(heading) > 1:
                raise NotATable(_("the column %(name)s stands twice") % {"name": headings[0]})
            places.setdefault(field, keys.index(heading))
    return places
