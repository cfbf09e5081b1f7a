"""One thing that waits for a person, and how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms import dates

SHOWN = 3  # of one noun, by name; the others are counted in one line
ASKED = 100  # more of one noun than that is not counted exactly
SOON = 3  # days


@dataclass(frozen=True)
class Task:
    """What waits, why it is mine, the verb that leads to it; by when, or since when.

    `count` above 1: the line stands for so many things. `name`: the thing itself, where it has a name of its own.
    """

    title: str | Promise
    why: str | Promise
    verb: str | Promise
    url: str
    icon: str
    due: dt.date | None = None
    since: dt.date | None = None
    count: int = 1

    @property
    def days_left(self) -> int | None:
        """Until the last day; negative when it is over."""
        return (self.due - dates.today()).days if self.due else None

    @property
    def is_urgent(self) -> bool:
        """Due within three days, or late."""
        return self.days_left is not None and self.days_left <= SOON

    @property
    def is_late(self) -> bool:
        """The day is over."""
        return self.days_left is not None and self.days_left < 0

    @property
    def when(self) -> str:
        """「あと2日（12月5日（土）まで）」, or since when it waits; "" when neither is known."""
        if self.due is not None:
            return due_words(self.due)
        return since_words(self.since) if self.since else ""

    @property
    def order(self) -> tuple[bool, dt.date]:
        """What has a day first, the nearest first; then what has waited longest."""
        return (self.due is None, self.due or self.since or dates.today())


def due_words(due: dt.date) -> str:
    """How long there is."""
    left, day = (due - dates.today()).days, dates.japanese_date(due)
    if left < 0:
        return ngettext("%(n)d day late (until %(day)s)", "%(n)d days late (until %(day)s)", -left) % {
            "n": -left,
            "day": day,
        }
    if left == 0:
        return _("until today (%(day)s)") % {"day": day}
    return ngettext("%(n)d day left (until %(day)s)", "%(n)d days left (until %(day)s)", left) % {"n": left, "day": day}  # fmt: skip


def since_words(since: dt.date) -> str:
    """How long it has waited."""
    days = (dates.today() - since).days
    if days <= 0:
        return _("since today")
    return ngettext("waiting for %(n)d day", "waiting for %(n)d days", days) % {"n": days}


def named(rows: Sequence[Any], make: Callable[[Any], Task], rest: Callable[[int], Task]) -> list[Task]:
    """The first of them by name, the others in one line. `rows`: at most ASKED, the most urgent first."""
    shown = rows if len(rows) <= SHOWN + 1 else rows[:SHOWN]
    return [make(row) for row in shown] + ([rest(len(rows) - len(shown))] if len(rows) > len(shown) else [])
