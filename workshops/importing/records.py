"""What reading a file yields: events, refusals, remarks. Plain values, no behaviour of the reader."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from cms.importing.cells import clip
from cms.importing.tables import Refusal
from workshops.importing.values import Count


@dataclass(frozen=True)
class EventRow:
    """One event as the file tells it. Moments are naive local time (Asia/Tokyo); `texts` go by field name."""

    line: int
    key: str
    municipality: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    apply_by_date: dt.date | None
    apply_by_time: str
    capacity: Count
    fee: Count
    position: tuple[float, float] | None
    url: str
    image_url: str
    email: str
    cancelled: bool
    postponed: bool = False
    given_id: str = ""  # NO or ID, as the publisher numbers the row
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def is_all_day(self) -> bool:
        """True when the file gives no 開始時刻."""
        return self.starts_at is None

    @property
    def place(self) -> str:
        """Where to go: 場所名称, or 集合場所 where publishers put the venue there."""
        return self.texts.get("venue") or self.texts.get("meeting_place") or ""

    def as_json(self) -> dict[str, Any]:
        """The row as plain data, without its place in the file: equal for equal content."""
        plain = asdict(self)
        del plain["line"], plain["key"], plain["given_id"]
        for name in ("starts_on", "ends_on", "starts_at", "ends_at", "apply_by_date"):
            plain[name] = plain[name] and plain[name].isoformat()
        plain["position"] = self.position and list(self.position)
        return plain


#: A cell longer than this is shown by its beginning (characters).
SHOWN = 60


@dataclass(frozen=True)
class Difference:
    """What a table says in one cell, and what was known before."""

    line: int
    title: str
    column: str
    before: str
    after: str

    def said(self, name: str) -> str:
        """「FILE:LINE:COLUMN: before → after」, blank as ―."""
        before, after = (clip(text, SHOWN) or "―" for text in (self.before, self.after))
        return f"{name}:{self.line}:{self.column}: {before} → {after}"


@dataclass(frozen=True)
class Reading:
    """A whole file: `read` rows, of them `rows` usable and `refused` kept out."""

    rows: tuple[EventRow, ...]
    refusals: tuple[Refusal, ...]
    remarks: tuple[Refusal, ...]
    read: int
    fields: frozenset[str]
    layout: str = ""

    @property
    def refused(self) -> int:
        """Number of rows kept out (one row may have several refusals)."""
        return self.read - len(self.rows)
