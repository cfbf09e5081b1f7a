"""Events, their dates and registrations for tests."""

from __future__ import annotations

import datetime as dt
import secrets
from itertools import count
from typing import Any

from cms.dates import now
from workshops.actions import events as actions
from workshops.actions import registrations
from workshops.actions.events import Plan
from workshops.actions.registrations import Party, Receipt
from workshops.models import Event, Occurrence

numbers = count(1)


def make_event(
    *,
    capacity: int | None = 12,
    starts_at: dt.datetime | None = None,
    hours: int = 2,
    times: int = 1,
    live: bool = True,
    page: bool = True,
    **fields: Any,
) -> Event:
    """An event that takes registrations here, with `times` weekly occurrences from next week on, and its page."""
    fields.setdefault("title", f"灯りをつくる夕べ{next(numbers)}")
    fields.setdefault("registration_mode", "here")
    fields.setdefault("venue_name", "水辺のいえ")
    start = starts_at or (now() + dt.timedelta(days=7)).replace(hour=15, minute=0, second=0, microsecond=0)
    plans = [
        Plan(
            starts_at=start + dt.timedelta(weeks=week),
            ends_at=start + dt.timedelta(weeks=week, hours=hours),
            capacity=capacity,
        )
        for week in range(times)
    ]
    event = actions.create_event(by=None, plans=plans, **fields)
    if page:
        actions.make_page(event=event, live=live)
    return event


def make_occurrence(event: Event | None = None, **fields: Any) -> Occurrence:
    """The (first) occurrence of an event, with `event` loaded."""
    event = event or make_event(**fields)
    return Occurrence.objects.select_related("event").filter(event=event).order_by("starts_at")[0]


def make_registration(occurrence: Occurrence | None = None, *, key: str = "", **fields: Any) -> Receipt:
    """A registration with its link and code."""
    fields.setdefault("name", f"なぎ{next(numbers)}")
    occurrence = occurrence or make_occurrence()
    return registrations.register(occurrence=occurrence, party=Party(**fields), key=key or secrets.token_urlsafe(24))
