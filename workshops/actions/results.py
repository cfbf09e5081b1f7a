"""What came of an event, written down by whoever received the people."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from workshops.actions import events
from workshops.models import Event, EventResult
from workshops.queries.results import has_begun


class NotYet(Exception):
    """The event has not begun: nothing can have come of it."""


@transaction.atomic
def write_down(
    *, event: Event, by: Any, attended: int | None, unit: str, effect: str = "", learning: str = ""
) -> EventResult:
    """Write or replace the result; None stays unknown, and more may have come than there were seats.

    Asks again whether this event is theirs. Raises PermissionDenied or NotYet.
    """
    by.forget_roles()
    if not Event.objects.received_by(by).filter(pk=event.pk).exists():
        raise PermissionDenied
    if not has_begun(event):
        raise NotYet
    return events.record_result(event=event, by=by, attended=attended, unit=unit, effect=effect, learning=learning)
