"""The address of a list → what is wanted, and back: short neutral codes only, nothing of it is stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from workshops.enums import EventKind
from workshops.queries import Wanted

#: The years a month of the calendar may lie in; outside them there is no such page.
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Asked:
    """`k` kind of event, `f` online, `p` free of charge, `m` month (2026-12), `d` day; what is unknown is dropped."""

    kind: str = ""
    online: bool = False
    free: bool = False
    month: dt.date | None = None
    day: dt.date | None = None

    @classmethod
    def read(cls, query: QueryDict) -> Asked:
        """From the query string; wrong values count as not asked, never as an error."""
        kind = query.get("k", "")
        return cls(
            kind=kind if kind in EventKind.values else "",
            online=query.get("f") == "online",
            free=query.get("p") == "free",
            month=_day(query.get("m", "") + "-01"),
            day=_day(query.get("d", "")),
        )

    @property
    def wanted(self) -> Wanted:
        """The question in the words of `queries`."""
        first, last = self.day or self.month, self.day or (last_day(self.month) if self.month else None)
        return Wanted(kind=self.kind, online=self.online, free=self.free, first=first, last=last)

    @property
    def query(self) -> str:
        """Without a question mark; "" when nothing is asked."""
        parts = {
            "k": self.kind,
            "f": "online" if self.online else "",
            "p": "free" if self.free else "",
            "m": f"{self.month:%Y-%m}" if self.month else "",
            "d": f"{self.day:%Y-%m-%d}" if self.day else "",
        }
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def narrows(self) -> bool:
        """Something other than a time is asked for."""
        return bool(self.kind or self.online or self.free)

    def href(self, path: str, **changed: object) -> str:
        """An address with some of it changed."""
        query = replace(self, **changed).query  # type: ignore[arg-type]
        return f"{path}?{query}" if query else path


def last_day(first: dt.date) -> dt.date:
    """The last day of the month of `first`."""
    return next_month(first) - dt.timedelta(days=1)


def next_month(first: dt.date) -> dt.date:
    """The first day of the month after."""
    return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def previous_month(first: dt.date) -> dt.date:
    """The first day of the month before."""
    return (first.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text) if len(text) == len("2026-12-19") else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None
