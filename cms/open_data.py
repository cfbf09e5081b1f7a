"""What the city gives away as open data: each room registers its tables, `/open-data/` shows and serves them all.

A `Dataset` says what it is, what each column means, and gives its rows when asked. It is served as CSV at
`/open-data/<key>.csv`, its columns at `/open-data/<key>.columns.csv`, its code tables at `/open-data/codes/<key>.csv`.
The words here are Japanese: they are part of what is published, whatever the reader's language.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cms.exports import Cell

#: 公共データ利用規約（第1.0版）(PDL1.0) is compatible with it.
LICENCE_NAME = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.ja"


@dataclass(frozen=True)
class Column:
    """One column. `unit` blank: none. `codes`: key of the code table its values come from.

    `repeats`: the column stands as often as the data needs, as 「別名_1」「別名_2」.
    """

    heading: str
    kind: str  # 文字列, 整数, 日付 (YYYY-MM-DD), 真偽 (1 か 0), 目印 (1 か空), コード, URL …
    meaning: str
    unit: str = ""
    codes: str = ""
    example: str = ""
    repeats: bool = False


@dataclass(frozen=True)
class CodeTable:
    """A list of codes and their words. `rows` is asked each time: lists such as the concerns are edited."""

    key: str
    title: str
    rows: Callable[[], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Table:
    """The rows of a dataset at this moment, under their headings; they can be read once, one after the other."""

    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True)
class Profile:
    """The same rows in one of several published layouts, at `?profile=<key>`."""

    key: str
    title: str
    note: str
    columns: tuple[Column, ...]
    table: Callable[[int | None], Table]


@dataclass(frozen=True)
class Dataset:
    """A table the city gives away."""

    key: str
    title: str
    description: str
    columns: tuple[Column, ...]
    table: Callable[[int | None], Table]  # asked with the most things (desks) it shall hold; None: all
    updated_on: Callable[[], dt.date | None]
    codes: tuple[CodeTable, ...] = ()
    keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    apis: tuple[tuple[str, str], ...] = ()  # (address, what it is) of other doors to the same rows
    profiles: tuple[Profile, ...] = ()  # layouts to choose from; the first is what `columns` and `table` are
    place: int = 10  # on the page: what helps somebody today stands first

    def profile(self, key: str) -> Profile | None:
        """The layout of that key."""
        return next((each for each in self.profiles if each.key == key), None)


_registered: dict[str, Dataset] = {}


def register(dataset: Dataset) -> None:
    """Called from `ready()` of the room that owns the rows. The last one under a key wins."""
    _registered[dataset.key] = dataset


def datasets() -> list[Dataset]:
    """All of them, in their order on the page."""
    return sorted(_registered.values(), key=lambda each: each.place)


def dataset(key: str) -> Dataset | None:
    """The one of that key."""
    return _registered.get(key)


def code_table(key: str) -> CodeTable | None:
    """A code table of any dataset."""
    return next((table for each in datasets() for table in each.codes if table.key == key), None)
