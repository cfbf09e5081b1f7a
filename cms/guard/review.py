"""A reading of several texts with the decisions of the person who wrote them.

A concern is one wording of one kind: 田中 as a person, however often and in however many of the texts.
One decision settles it everywhere. What was changed is looked at again.
"""

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cms.guard.engine import inspect
from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.proposals import propose

ROUNDS = 3  # a replacement may uncover another finding, once or twice


class Choice(StrEnum):
    """What a person may do with a concern."""

    REPLACE = "replace"  # with a wording of the guard or of their own
    DELETE = "delete"
    DISMISS = "dismiss"  # with a reason


class Reason(StrEnum):
    """Why a finding is none: coded, so that nobody writes the name into the reason."""

    NOT_A_NAME = "word"  # an ordinary word
    PUBLIC = "public"  # a window or a body that anybody may know
    COMMON = "common"  # fits very many people
    LETTER = "letter"  # already a letter or an invented mark


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice about one concern. `text` is the new wording of REPLACE, `reason` that of DISMISS."""

    choice: Choice
    text: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A concern that a person has declared harmless. `key` says nothing about the wording."""

    key: str
    type: Kind
    reason: Reason


@dataclass(frozen=True, slots=True)
class Concerned:
    """A wording that still needs a decision, or was dismissed."""

    key: str
    type: Kind
    certainty: Certainty
    words: str
    proposals: tuple[str, ...]
    places: tuple[tuple[str, Finding], ...]  # (name of the text, finding)


@dataclass(slots=True)
class Review:
    """The texts after the decisions, what is still open, what was dismissed, what was changed.

    `rewritten` holds of each change its kind and the new wording ("" = left out), never the old one.
    """

    texts: dict[str, str]
    open: list[Concerned] = field(default_factory=list)
    dismissed: list[Concerned] = field(default_factory=list)
    dismissals: list[Dismissal] = field(default_factory=list)
    rewritten: list[tuple[Kind, str]] = field(default_factory=list)

    @property
    def changed(self) -> Counter[Kind]:
        """How many wordings of which kind were changed."""
        return Counter(kind for kind, _wording in self.rewritten)


def key_of(kind: Kind, words: str) -> str:
    """A short name for a concern, the same in every text."""
    return hashlib.sha256(f"{kind}\0{words}".encode("utf-8", "replace")).hexdigest()[:16]


def concerns(
    texts: Mapping[str, str],
    *,
    names: Iterable[str] = (),
    author_names: Iterable[str] = (),
    kinds: Container[Kind] = frozenset(Kind),
) -> list[Concerned]:
    """All findings of these kinds in the texts, one entry a wording, in order of appearance."""
    names, author_names = list(names), list(author_names)
    letters: dict[str, str] = {}
    together = "\n".join(texts.values())
    grouped: dict[str, Concerned] = {}
    shift = 0  # letters are given over all texts, as if they were one
    for name, text in texts.items():
        findings = [f for f in inspect(text, names=names, author_names=author_names) if f.type in kinds]
        moved = [Finding(f.start + shift, f.end + shift, f.type, f.certainty, f.rule) for f in findings]
        proposals = propose(together, moved, letters)
        for finding, there in zip(findings, moved, strict=True):
            words = finding.of(text)
            key = key_of(finding.type, words)
            known = grouped.get(key)
            sure = Certainty.SURE if known is None or known.certainty == Certainty.SURE else finding.certainty
            grouped[key] = Concerned(
                key=key,
                type=finding.type,
                certainty=finding.certainty if known is None else sure,
                words=words,
                proposals=known.proposals if known else proposals[there],
                places=(*(known.places if known else ()), (name, finding)),
            )
        shift += len(text) + 1
    return list(grouped.values())


def _wording(decision: Decision) -> str:
    return decision.text if decision.choice == Choice.REPLACE else ""


def _changed(texts: Mapping[str, str], found: Iterable[Concerned], decisions: Mapping[str, Decision]) -> dict[str, str]:
    """The texts with every replaced and deleted wording, from the end so that offsets stay right."""
    edits = [
        (name, finding, decisions[concern.key])
        for concern in found
        if concern.key in decisions and decisions[concern.key].choice != Choice.DISMISS
        for name, finding in concern.places
    ]
    result = dict(texts)
    for name, finding, decision in sorted(edits, key=lambda edit: -edit[1].start):
        result[name] = result[name][: finding.start] + _wording(decision) + result[name][finding.end :]
    return result


def review(
    texts: Mapping[str, str],
    *,
    decisions: Mapping[str, Decision] | None = None,
    dismissed: Iterable[Dismissal] = (),
    names: Iterable[str] = (),
    author_names: Iterable[str] = (),
    kinds: Container[Kind] = frozenset(Kind),
) -> Review:
    """Read the texts, apply the decisions (by key of concern), read again.

    `kinds`: what is looked for; minutes may name days and organisations, cases may not.

    Raises GuardUnavailable when the guard cannot look. Texts may be stored when `open` is empty.
    """
    names, author_names = list(names), list(author_names)
    decisions = dict(decisions or {})
    result = Review(texts=dict(texts))
    found = concerns(result.texts, names=names, author_names=author_names, kinds=kinds)
    for _round in range(ROUNDS):
        due = [c for c in found if c.key in decisions and decisions[c.key].choice != Choice.DISMISS]
        if not due:
            break
        result.texts = _changed(result.texts, due, decisions)
        result.rewritten += [(c.type, _wording(decisions[c.key])) for c in due]
        for concern in due:
            del decisions[concern.key]
        found = concerns(result.texts, names=names, author_names=author_names, kinds=kinds)
    reasons = {d.key: d.reason for d in dismissed}
    reasons |= {key: d.reason for key, d in decisions.items() if d.choice == Choice.DISMISS and d.reason}
    for concern in found:
        if concern.key in reasons:
            result.dismissed.append(concern)
            result.dismissals.append(Dismissal(concern.key, concern.type, reasons[concern.key]))
        else:
            result.open.append(concern)
    return result
