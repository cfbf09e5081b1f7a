"""The marks of a case as its first reader and its reviewer see them: numbered, in the text; never a first wording."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from casebook.enums import FlagChoice
from casebook.models import TEXTS, Case
from cms.guard import Concerned, Kind, Reason, review
from cms.guard.labels import KIND_LABELS, KIND_REASONS, REASON_LABELS
from cms.guard.marking import Piece, Place, cut, free, places_of
from cms.guard.review import key_of
from directory.queries.names import known_names


@dataclass
class Flag:
    """One mark. Rewritten by the author; or called harmless, with a reason; or new since (neither)."""

    key: str
    kind: Kind
    words: str
    rewritten: bool = False
    reason: Reason | None = None
    number: int = 0
    places: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Nobody has decided about it: the guard has learned since."""
        return not self.rewritten and self.reason is None

    @property
    def fixed(self) -> bool:
        """Drawn in green."""
        return self.rewritten

    @property
    def label(self) -> Any:
        """What kind of thing it is."""
        return KIND_LABELS[self.kind]

    @property
    def why(self) -> Any:
        """Why such a thing matters."""
        return KIND_REASONS[self.kind]

    @property
    def reason_label(self) -> Any:
        """Why the author left it."""
        return REASON_LABELS[self.reason] if self.reason else ""


@dataclass(frozen=True)
class Flagged:
    """A case with its marks. `left_out`: how many marks were deleted, which no text can show."""

    flags: list[Flag]
    texts: dict[str, list[Piece]]
    left_out: int

    @property
    def has_new(self) -> bool:
        """The guard is not content: back to the author."""
        return any(flag.is_new for flag in self.flags)


def flagged(case: Case) -> Flagged:
    """The texts as they would go out, with every mark. Raises GuardUnavailable when the guard cannot read."""
    found = review(case.texts, dismissed=case.dismissed, names=known_names())
    reasons = {d.key: d.reason for d in found.dismissals}
    flags = [_noticed(concern, reasons.get(concern.key)) for concern in (*found.open, *found.dismissed)]
    flags += _rewritten(case, flags)
    flags.sort(key=lambda flag: (TEXTS.index(flag.places[0][0]), flag.places[0][1]))
    for number, flag in enumerate(flags, 1):
        flag.number = number
    texts = {name: list(cut(text, _places(name, flags))) for name, text in case.texts.items()}
    return Flagged(flags, texts, sum(1 for _kind, wording in case.rewritten or () if not wording))


def _noticed(concern: Concerned, reason: Reason | None) -> Flag:
    places = [(name, finding.start, finding.end) for name, finding in concern.places]
    return Flag(concern.key, concern.type, concern.words, reason=reason, places=places)


def _rewritten(case: Case, noticed: list[Flag]) -> Iterator[Flag]:
    """New wordings that still stand in a text, each once. Where another mark stands, that one speaks."""
    taken = {name: _places(name, noticed) for name in TEXTS}
    wordings = dict.fromkeys((kind, wording) for kind, wording in case.rewritten or ())
    for kind, wording in sorted(wordings, key=lambda pair: -len(pair[1])):
        flag = Flag(key_of(Kind(kind), f"to:{wording}"), Kind(kind), wording, rewritten=True)
        for name, text in case.texts.items():
            flag.places += [(name, *place) for place in free(places_of(wording, flag.kind, text), taken[name])]
        for name, start, end in flag.places:
            taken[name].append((start, end, flag))
        if flag.places:
            yield flag


def _places(name: str, flags: list[Flag]) -> list[Place]:
    return [(start, end, flag) for flag in flags for where, start, end in flag.places if where == name]


def all_fine(case: Case) -> dict[str, str]:
    """Every mark of the case found fine: what a reviewer says who has nothing against it."""
    return {flag.key: str(FlagChoice.FINE) for flag in flagged(case).flags}
