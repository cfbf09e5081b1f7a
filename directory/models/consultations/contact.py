"""How a person may be reached: the way, the times at which it is safe, what must not happen."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from cms import dates
from directory.enums import ContactWay, OthersRead

DAYS_AHEAD = 8
BY_DAY = ("08:00", "20:00")  # where no hours were said: nobody is woken, and nothing lights up in the night


@dataclass(frozen=True)
class Contact:
    """What the person said; the default is that nobody reaches out.

    `days`: days of the week (Monday 0) on which it is safe, empty for all. `since` and `until`: the hours of these days
    in Japan ("10:00" to "12:00"), empty for BY_DAY; `until` before `since` goes past midnight.
    """

    way: str = ContactWay.NONE
    mail: str = ""
    phone: str = ""
    days: tuple[int, ...] = ()
    since: str = ""
    until: str = ""
    no_message: bool = True  # nothing on the answering machine, nothing with others
    others_read: str = OthersRead.UNKNOWN
    note: str = ""

    @classmethod
    def read(cls, stored: dict[str, Any] | None) -> Contact:
        """From the encrypted column; nothing said is the default."""
        known = {name: value for name, value in (stored or {}).items() if name in cls.__dataclass_fields__}
        return cls(**{**known, "days": tuple(known.get("days", ()))})

    def stored(self) -> dict[str, Any]:
        """For the encrypted column."""
        return {**asdict(self), "days": list(self.days)}

    def is_safe(self, at: dt.datetime) -> bool:
        """Whether this person may be reached at that moment."""
        moment = dates.jst(at)
        hour = moment.time()
        since, until = self._hours()
        if since < until:
            return self._on(moment.date()) and since <= hour < until
        yesterday = moment.date() - dt.timedelta(days=1)
        return (self._on(moment.date()) and hour >= since) or (self._on(yesterday) and hour < until)

    def next_safe(self, at: dt.datetime) -> dt.datetime:
        """That moment, or the first one after it at which it is safe (JST)."""
        moment = dates.jst(at)
        if self.is_safe(moment):
            return moment
        begins, _ends = self._hours()
        for ahead in range(DAYS_AHEAD):
            day = moment.date() + dt.timedelta(days=ahead)
            begin = dt.datetime.combine(day, begins, dates.JST)
            if self._on(day) and begin >= moment:
                return begin
        raise ValueError("No day of the week is safe.")  # days are codes of a form: it always has one

    def _hours(self) -> tuple[dt.time, dt.time]:
        since, until = (self.since, self.until) if self.since and self.until else BY_DAY
        return dt.time.fromisoformat(since), dt.time.fromisoformat(until)

    def _on(self, day: dt.date) -> bool:
        return not self.days or day.weekday() in self.days
