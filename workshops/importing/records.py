"""What reading a file yields: events, refusals, remarks. Plain values, no behaviour of the reader."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from workshops.importing.values import Count


@dataclass(frozen=True)
class Refusal:
    """Why a row is kept out (or, as a remark, what was left out of it), for the person who owns the file."""

    line: int
    column: str
    reason: str


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
        del plain["line"], plain["key"]
        for name in ("starts_on", "ends_on", "starts_at", "ends_at", "apply_by_date"):
            plain[name] = plain[name] and plain[name].isoformat()
        plain["position"] = self.position and list(self.position)
        return plain


@dataclass(frozen=True)
class Reading:
    """A whole file: `read` rows, of them `rows` usable and `refused` kept out."""

    rows: tuple[EventRow, ...]
    refusals: tuple[Refusal, ...]
    remarks: tuple[Refusal, ...]
    read: int
    fields: frozenset[str]

    @property
    def refused(self) -> int:
        """Number of rows kept out (one row may have several refusals)."""
        return self.read - len(self.rows)
