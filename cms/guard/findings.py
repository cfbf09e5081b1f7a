"""What the guard says about a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found. The order is that of precedence between findings of the same length."""

    EMAIL = "EMAIL"
    HANDLE = "HANDLE"
    ID = "ID"
    PHONE = "PHONE"
    POSTCODE = "POSTCODE"
    BIRTHDATE = "BIRTHDATE"
    ADDRESS = "ADDRESS"
    DATE = "DATE"
    AGE = "AGE"
    ORGANIZATION = "ORGANIZATION"
    PERSON = "PERSON"
    RARE = "RARE"


class Certainty(StrEnum):
    """How sure the rule is. Both kinds must be decided by a person."""

    SURE = "sure"
    PERHAPS = "perhaps"


PRECEDENCE = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Finding:
    """Characters start … end (exclusive, Python string indices) of the text that was given, and why."""

    start: int
    end: int
    type: Kind
    certainty: Certainty
    rule: str

    def of(self, text: str) -> str:
        """The words found."""
        return text[self.start : self.end]


def without_overlaps(found: Iterable[Finding]) -> list[Finding]:
    """The longest first, then the surer, then by precedence; what is left of a shorter one beside it is kept too.

    So no character that any rule has found gets out.
    """
    chosen: list[Finding] = []
    taken: set[int] = set()
    order = sorted(
        found, key=lambda f: (f.start - f.end, f.certainty != Certainty.SURE, PRECEDENCE[f.type], f.start, f.rule)
    )
    for finding in order:
        free = [place for place in range(finding.start, finding.end) if place not in taken]
        for start, end in _runs(free):
            chosen.append(Finding(start, end, finding.type, finding.certainty, finding.rule))
        taken.update(free)
    return sorted(chosen, key=lambda f: f.start)


def _runs(places: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs
