"""The address of a list → what is wanted, and back: short neutral codes only, nothing of it is stored.

An address stays in histories and on screens that others see, so it names no trouble: `g=8`, not what it stands for.
The codes are a public contract, like the paths: a new one is added at the end, none is given twice.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from workshops.enums import Access, EventKind, Target, Way
from workshops.queries.events import Wanted

#: The years a month of the calendar may lie in; outside them there is no such page.
YEARS = range(2000, 2101)
#: For whom. What is meant for anybody is found by each of them.
GROUPS = {
    "2": Target.CHILDREN,
    "3": Target.YOUTH,
    "4": Target.PARENTS,
    "5": Target.MEN,
    "6": Target.ELDERLY,
    "7": Target.DISABLED,
    "8": Target.WITHDRAWN,
    "9": Target.SUPPORTERS,
}
#: What makes coming possible; several may be asked for.
EASIER = {
    "1": Access.WHEELCHAIR,
    "2": Access.TOILET,
    "3": Access.CAPTIONS,
    "4": Access.SIGN,
    "5": Access.WRITING,
    "6": Access.CHILDCARE,
    "7": Access.NURSING,
    "8": Access.PARKING,
    "9": Access.QUIET,
    "10": Access.CAMERA_OFF,
}
#: A seat is free; a seat or a place on the waiting list.
SEATS = {"1": "free", "2": "wait"}
#: No theme has a longer number (digits).
THEME_DIGITS = 9


@dataclass(frozen=True)
class Asked:
    """`k` kind, `g` for whom, `c` theme, `f` online or venue, `a` made easier (several), `p` free of charge, `s` seats,
    `m` month (2026-12), `d` day; what is unknown is dropped."""

    kind: str = ""
    group: str = ""
    theme: str = ""
    way: str = ""
    easier: tuple[str, ...] = ()
    free: bool = False
    seats: str = ""
    month: dt.date | None = None
    day: dt.date | None = None

    @classmethod
    def read(cls, query: QueryDict) -> Asked:
        """From the query string; wrong values count as not asked, never as an error."""
        theme, asked_for = query.get("c", ""), query.getlist("a")
        return cls(
            kind=_known(query.get("k", ""), EventKind.values),
            group=_known(query.get("g", ""), GROUPS),
            theme=theme if theme.isascii() and theme.isdigit() and len(theme) <= THEME_DIGITS else "",
            way=_known(query.get("f", ""), Way.values),
            easier=tuple(code for code in EASIER if code in asked_for),
            free=query.get("p") == "free",
            seats=_known(query.get("s", ""), SEATS),
            month=_day(query.get("m", "") + "-01"),
            day=_day(query.get("d", "")),
        )

    @property
    def wanted(self) -> Wanted:
        """The question in the words of `queries`."""
        first, last = self.day or self.month, self.day or (last_day(self.month) if self.month else None)
        return Wanted(
            kind=self.kind,
            target=GROUPS[self.group] if self.group else "",
            theme=int(self.theme) if self.theme else None,
            way=self.way,
            access=tuple(EASIER[code] for code in self.easier),
            free=self.free,
            seats=SEATS.get(self.seats, ""),
            first=first,
            last=last,
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """(name, code) as they stand in an address; nothing for what is not asked."""
        single = {
            "k": self.kind,
            "g": self.group,
            "c": self.theme,
            "f": self.way,
            "p": "free" if self.free else "",
            "s": self.seats,
            "m": f"{self.month:%Y-%m}" if self.month else "",
            "d": f"{self.day:%Y-%m-%d}" if self.day else "",
        }
        several = [("a", code) for code in self.easier]
        return [(name, value) for name, value in single.items() if value] + several

    @property
    def query(self) -> str:
        """Without a question mark; "" when nothing is asked."""
        return urlencode(self.pairs)

    @property
    def anytime(self) -> Asked:
        """The same without month and day."""
        return replace(self, month=None, day=None)

    @property
    def narrows(self) -> bool:
        """Something other than a time is asked for."""
        return bool(self.anytime.pairs)

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


def _known(code: str, codes: object) -> str:
    return code if code in codes else ""  # type: ignore[operator]


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text) if len(text) == len("2026-12-19") else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None
