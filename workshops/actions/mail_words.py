"""Words about events that stand in mails: when and where, never what. A mail may be read over a shoulder."""

from __future__ import annotations

from workshops.calendars import place_of
from workshops.enums import Way
from workshops.models import Occurrence


def mail_words(occurrence: Occurrence, *, way: Way | str = "") -> dict[str, object]:
    """Day, hours and place; who takes part online is not sent to the venue."""
    return {"day": occurrence.days, "hours": occurrence.hours, "venue": place_of(occurrence, way)}
