"""What a row is known by, so that a second import finds the first one's event.

municipality code + 名称 + 開始日 + 開始時刻 + 場所名称, and an ordinal for repeats inside one file.
NO is left out: it repeats inside ten of the seventy files at hand and is renumbered by publishers. Ordinals
count refused rows too; correcting a refused row therefore never shifts the keys of the rows after it.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Mapping

from cms.importing.cells import Unreadable, read_date, read_municipality
from workshops.importing.values import read_time


class Ordinals:
    """Counts equal rows of one file: the first is 1."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, ...]] = Counter()

    def next(self, parts: tuple[str, ...]) -> int:
        """Call once a row, in the file's order, refused rows included."""
        self._seen[parts] += 1
        return self._seen[parts]


def key_parts(cells: Mapping[str, str], *, municipality: str) -> tuple[str, ...]:
    """The parts of the key, freed from width, spacing and notation; unreadable cells count by their text."""
    return (
        _code(cells.get("municipality", "")) or municipality,
        _folded(cells.get("title", "")),
        _date(cells.get("start_date", "")),
        _time(cells.get("start_time", "")),
        _folded(cells.get("venue", "")),
    )


def row_key(parts: tuple[str, ...], ordinal: int) -> str:
    """The stored key: 64 hexadecimal characters, equal on every machine."""
    text = "\x1f".join([*parts, str(ordinal)])
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _code(text: str) -> str:
    try:
        return read_municipality(text)
    except Unreadable:
        return _folded(text)


def _date(text: str) -> str:
    try:
        day = read_date(text)
    except Unreadable:
        return _folded(text)
    return day.isoformat() if day else ""


def _time(text: str) -> str:
    try:
        clock = read_time(text)
    except Unreadable:
        return _folded(text)
    return str(clock.minutes) if clock else ""
