"""Reactions of the room *when*, by noun: a new noun adds its module to NOUNS."""

from workshops.receivers import circulars, leaving, materials, meetings, minutes, registrations, studies

NOUNS = (registrations, studies, materials, meetings, leaving, circulars, minutes)


def register() -> None:
    """Called once when the house starts."""
    for noun in NOUNS:
        noun.register()
