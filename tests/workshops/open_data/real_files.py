"""The judge of the round trip: a published file against our export of it in the same layout, cell by cell.

Each cell that is not the same byte for byte has a reason from `REASONS`, found by looking at the two cells alone; what
none of them explains is 「lost」 or 「other」, and the tests hold both at what is known.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from cms.exports import tabular, unguarded
from cms.importing.cells import Unreadable, fold, read_date, read_email, read_municipality, read_url, tidy
from cms.importing.tables import read_text, rows_of
from workshops.importing.rows import read_events
from workshops.importing.values import read_time
from workshops.models import Occurrence
from workshops.open_data.cells import row_id

FOLDER = Path(settings.SHARED_DATA) / "data" / "events"
#: Why a cell may differ. The order is the order in which they are tried.
REASONS = {
    "number": "NO is our own number of the row, which never changes",
    "code": "a municipality code of five digits has its sixth again",
    "spaces": "spaces and line breaks at the ends, line breaks inside (L1-14), invisible characters",
    "signs": "㈱, ①, full-width letters and digits, half-width kana (L1-08)",
    "date": "the same day in ISO form",
    "last day": "a blank 終了日 is the first day",
    "time": "the same time as HH:MM",
    "figure": "the same number without its unit, or as a number is written",
    "moved": "words from a column for numbers stand in the column for words",
    "unusable": "no address of the web, no mail address, no point in Japan; the import has said so",
    "midnight": "an end at 0:00 is the end of the day, 24:00",
}
WORDS_OF = {"料金(基本)": "料金(詳細)", "定員": "備考"}


def original_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(line where the row begins, heading → cell as published)."""
    rows = read_text(path.read_bytes(), lambda text: [row for row in rows_of(text) if any(map(str.strip, row[1]))])
    header = [name.strip() for name in rows[0][1]]
    for line, found, _problem in rows[1:]:
        yield line, dict(zip(header, found, strict=False))


def exported_rows(content: bytes) -> dict[str, dict[str, str]]:
    """Key of the imported row → heading → cell, from the bytes of `/open-data/events.csv`."""
    keys = {row_id(each): each.event.source_key for each in Occurrence.objects.select_related("event")}
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return {str(keys[row["NO"]]): row for row in rows}


def judge(path: Path, exported: dict[str, dict[str, str]]) -> tuple[Counter[str], list[tuple[int, str, str, str, str]]]:
    """Counts by reason (also equal, blank, refused), and each cell that nothing explains: (line, column, before, after)."""
    keys = {row.line: row.key for row in read_events(path.read_bytes()).rows}
    counts: Counter[str] = Counter()
    unexplained = []
    for line, before in original_rows(path):
        if line not in keys:
            counts["refused"] += len(before)
            continue
        after = exported[keys[line]]
        for heading, cell in before.items():
            reason = reason_of(heading, cell, after)
            counts[reason] += 1
            if reason in {"lost", "other", "filled"}:
                unexplained.append((line, heading, cell, after[heading], reason))
    return counts, unexplained


def reason_of(heading: str, cell: str, after: dict[str, str]) -> str:
    """equal, blank, a key of `REASONS`, or lost, filled, other."""
    ours = unguarded(after[heading])
    if cell == ours:
        return "equal" if cell else "blank"
    if heading == "NO":
        return "number"
    plain = _tidied(cell)
    if heading == "都道府県コード又は市区町村コード" and _same(read_municipality, plain, ours):
        return "code"
    if spaces(plain) == spaces(ours):
        return "spaces"
    if spaces(tabular(plain)) == spaces(ours):
        return "signs"
    return _typed(heading, plain, ours, after)


def _typed(heading: str, plain: str, ours: str, after: dict[str, str]) -> str:
    if reason := _when(heading, plain, ours, after) or _number(heading, plain, ours, after):
        return reason
    if not ours and plain and _unusable(heading, plain):
        return "unusable"
    return ("other" if ours else "lost") if plain else "filled"


def _when(heading: str, plain: str, ours: str, after: dict[str, str]) -> str:
    if heading == "終了日" and not plain and ours == after["開始日"]:
        return "last day"
    if heading == "終了時刻" and ours == "24:00" and _same(read_time, plain, "0:00"):
        return "midnight"
    if heading.endswith("日") and ours and _same(read_date, plain, ours):
        return "date"
    return "time" if heading.endswith("時刻") and _same(read_time, plain, ours) else ""


def _number(heading: str, plain: str, ours: str, after: dict[str, str]) -> str:
    digits = re.sub(r"[^0-9.]", "", fold(plain))
    is_number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits)
    if heading in {*WORDS_OF, "緯度", "経度"} and ours and is_number and float(digits) == float(ours):
        return "figure"
    if heading == "料金(基本)" and ours == "0" and "無" in plain:
        return "figure"
    words = spaces(tabular(plain))
    if heading in WORDS_OF and words and words in spaces(after[WORDS_OF[heading]]):
        return "moved"
    return "moved" if heading in WORDS_OF.values() and ours and words in spaces(ours) else ""


def _unusable(heading: str, plain: str) -> bool:
    reader = {"URL": read_url, "画像URL": read_url, "連絡先メールアドレス": read_email}.get(heading)
    if heading in {"緯度", "経度"}:
        return True
    return reader is not None and _same(reader, plain, None)


def _same(reader, one: str, other: str | None) -> bool:  # type: ignore[no-untyped-def]
    try:
        value = reader(one)
    except Unreadable:
        return other is None
    return other is not None and value == reader(other)


def _tidied(cell: str) -> str:
    try:
        return tidy(cell)
    except Unreadable:
        return cell


def spaces(text: str) -> str:
    """Without any white space: what is left are the words."""
    return re.sub(r"\s", "", text)
