"""Calendar entries that people keep elsewhere: a higher sequence tells their programme to replace what it has."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from cms.dates import now
from workshops.models import Event

#: What an entry says of the event itself (workshops.public.feeds).
IN_ENTRIES = ("title", "venue_name", "venue_address", "format", "status")


def told(event: Event) -> tuple[Any, ...]:
    """What the entries of this event say beside their times."""
    return tuple(getattr(event, name) for name in IN_ENTRIES)


def replace_entries(event: Event) -> None:
    """Every entry of this event is to be read again. Part of the transaction that changed it."""
    event.occurrences.update(sequence=F("sequence") + 1, changed_at=now())
