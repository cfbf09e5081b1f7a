"""The guard: finds what could say who a text is about. Pure text; it knows no room, no database and no network.

It finds and proposes, people decide. It never says that a text is anonymous: about a third of what identifies
a person is written in ways no rule foresees. It fails closed: an error inside is `GuardUnavailable`, and whoever
asked must then store nothing.
"""

from cms.guard.engine import GuardUnavailable, inspect
from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.proposals import propose
from cms.guard.review import Choice, Concerned, Decision, Dismissal, Reason, Review, review

__all__ = [
    "Certainty",
    "Choice",
    "Concerned",
    "Decision",
    "Dismissal",
    "Finding",
    "GuardUnavailable",
    "Kind",
    "Reason",
    "Review",
    "inspect",
    "propose",
    "review",
]
