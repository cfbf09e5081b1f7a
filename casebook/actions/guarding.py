"""The guard at the door of the casebook: it looks for everything it knows."""

from collections.abc import Iterable, Mapping

from cms.guard import Dismissal, Review, storing
from cms.guard.storing import OpenFindings, kept
from directory.queries.names import known_names

__all__ = ["OpenFindings", "cleared", "kept"]


def cleared(texts: Mapping[str, str], dismissed: Iterable[Dismissal]) -> Review:
    """The reading of texts that may be stored. Raises OpenFindings, or GuardUnavailable when the guard cannot look."""
    return storing.cleared(texts, dismissed, names=known_names())
