"""Reading a list of places: a column of names, and one of kinds (or one kind for the whole file).

A name that stands in every other sentence would bury the marks that matter, so it is refused, with its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.exports import csv_bytes
from cms.importing.cells import Unreadable, clip, fold, one_line, tidy
from cms.importing.tables import NotATable, Refusal
from cms.text.tokenizer import long_words
from directory.importing.lists import Column, one_of, read_list
from directory.models import PlaceKind

MOST_NAMES = 30_000
SHORTEST, LONGEST = 2, 60
LONGEST_WORD = 8  # no ordinary word of the dictionary that names a place is longer
PROPER = "固有名詞"


@dataclass(frozen=True)
class Places:
    """What reading yields: (kind, name), each once, and the rows that cannot be used."""

    found: frozenset[tuple[str, str]]
    refusals: tuple[Refusal, ...]


def is_common(name: str) -> bool:
    """One ordinary word of the dictionary, no proper name: 市役所, 駅, 中央, さくら."""
    if len(name) > LONGEST_WORD:
        return False
    words = list(long_words(name))
    return len(words) == 1 and not words[0].is_oov() and PROPER not in words[0].part_of_speech()


def name_reader(own: Collection[str]) -> Column:
    """The column of names. `own`: names of the municipality itself, which say of nobody who it is."""

    def read(cell: str) -> str:
        name = one_line(tidy(cell))
        plain = fold(name)
        if not plain:
            return ""
        if len(plain) < SHORTEST:
            raise Unreadable(_("“%(name)s” is too short: it would be marked everywhere") % {"name": clip(name)})
        if len(name) > LONGEST:
            raise Unreadable(_("this is longer than %(count)d characters") % {"count": LONGEST})
        if re.fullmatch(r"[\W\d_]+", plain):
            raise Unreadable(_("“%(name)s” is no name") % {"name": clip(name)})
        if plain in own:
            raise Unreadable(_("“%(name)s” is the municipality itself") % {"name": clip(name)})
        if is_common(plain):
            words = _("“%(name)s” is an ordinary word: it would be marked everywhere. Write the whole name")
            raise Unreadable(words % {"name": clip(name)})
        return name

    headings = (pgettext("column", "Name of the place"), "name", "名称", "名前", "施設名", "施設名称", "町字名", "町名")
    return Column(headings, read)


def columns(*, own: Collection[str] = (), kind: str = "") -> dict[str, Column]:
    """The columns; with a kind for the whole file the second may be missing."""
    kinds = {each.value: str(each.label) for each in PlaceKind}
    headings = (pgettext("column", "Kind of place"), "kind", "種類", "種別", "区分")
    if kind:
        return {"name": name_reader(own)}
    return {"name": name_reader(own), "kind": Column(headings, one_of(kinds))}


def read_places(text: str, *, own: Collection[str] = (), kind: str = "") -> Places:
    """The names. `kind` stands for every row. Raises NotATable: no such column, or too many rows."""
    listing = read_list(text, columns(own=own, kind=kind), most=MOST_NAMES)
    found = frozenset((kind or line.values["kind"], line.values["name"]) for line in listing.lines)
    if not found and not listing.refusals:
        raise NotATable(_("there is no name in it"))
    return Places(found, listing.refusals)


def places_csv(places: Iterable[tuple[str, str]]) -> bytes:
    """(kind, name) as a table that `read_places` takes back."""
    labels = {each.value: str(each.label) for each in PlaceKind}
    heads = [column.headings[0] for column in columns().values()]
    return csv_bytes(heads, [[name, labels.get(kind, kind)] for kind, name in places])
