"""The guard at the door of the database."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from cms.guard.findings import Kind
from cms.guard.review import Dismissal, Reason, Review, review


class OpenFindings(Exception):
    """A text holds marks that nobody has decided about. It was not stored. The message says nothing of it."""

    def __init__(self, found: Review) -> None:
        super().__init__("open findings")
        self.review = found


def cleared(
    texts: Mapping[str, str],
    dismissed: Iterable[Dismissal],
    *,
    names: Iterable[str],
    kinds: Container[Kind] = frozenset(Kind),
) -> Review:
    """The reading of texts that may be stored. Raises OpenFindings, or GuardUnavailable when the guard cannot look."""
    found = review(texts, dismissed=dismissed, names=names, kinds=kinds)
    if found.open:
        raise OpenFindings(found)
    return found


def kept(dismissals: Iterable[Dismissal]) -> list[dict[str, Any]]:
    """Dismissals as they are stored (encrypted)."""
    return [{"key": d.key, "type": str(d.type), "reason": str(d.reason)} for d in dismissals]


def remembered(rows: Iterable[Mapping[str, Any]] | None) -> list[Dismissal]:
    """The reverse of `kept`."""
    return [Dismissal(row["key"], Kind(row["type"]), Reason(row["reason"])) for row in rows or ()]
