"""Nouns of the room *when*."""

from workshops.models.events import CAPACITY_LIMIT, PARTY_LIMIT, Event, Occurrence
from workshops.models.pages import EventIndexPage, EventPage
from workshops.models.prose import EventProse
from workshops.models.registrations import Registration
from workshops.models.results import EventResult
from workshops.models.steps import FormationStep

__all__ = [
    "CAPACITY_LIMIT",
    "PARTY_LIMIT",
    "Event",
    "EventIndexPage",
    "EventPage",
    "EventProse",
    "EventResult",
    "FormationStep",
    "Occurrence",
    "Registration",
]
