"""What the forms of a reply room carry unseen."""

from __future__ import annotations

from directory.actions.consultations import visits
from directory.models import Consultation


def of(consultation: Consultation, **fields: str) -> dict[str, str]:
    """These fields, with the mark of that room."""
    return {"room": visits.room_mark(consultation), **fields}
