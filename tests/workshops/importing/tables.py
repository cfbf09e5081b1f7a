"""Hand-made event tables, as bytes: only what a test is about is spelled out."""

import csv
import io

from workshops.importing.layouts import BASE_REGISTRY, RECOMMENDED_06, Layout

GOOD = {
    "municipality": "122190",
    "title": "みんなの集い",
    "start_date": "2022-01-24",
    "end_date": "2022-01-24",
    "start_time": "10:00",
    "end_time": "11:30",
    "venue": "公民館",
}


def table(
    *rows: dict[str, str],
    layout: Layout = BASE_REGISTRY,
    encoding: str = "utf-8",
    without: tuple[str, ...] = (),
    newline: str = "\r\n",
) -> bytes:
    """A CSV file with the layout's official headings; each row is GOOD with the given fields changed."""
    fields = [field for field in layout.headings if field not in without]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=newline)
    writer.writerow([layout.headings[field][0] for field in fields])
    for row in rows:
        filled = GOOD | row
        writer.writerow([filled.get(field, "") for field in fields])
    return out.getvalue().encode(encoding)


__all__ = ["BASE_REGISTRY", "GOOD", "RECOMMENDED_06", "table"]
