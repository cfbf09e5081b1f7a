"""What the library of rules shows: which version holds, what comes, what is talked about, what was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from cms import dates
from directory.enums import ArticleChange, CharterState
from directory.models import Charter, CharterComment, CharterVersion
from directory.queries.articles import ArticlePair, aligned


@dataclass
class Document:
    """A charter with its versions, sorted by what they are today."""

    charter: Charter
    in_force: CharterVersion | None = None
    coming: list[CharterVersion] = field(default_factory=list)
    proposals: list[CharterVersion] = field(default_factory=list)
    drafts: list[CharterVersion] = field(default_factory=list)
    earlier: list[CharterVersion] = field(default_factory=list)
    withdrawn: list[CharterVersion] = field(default_factory=list)


def library(user: Any, on: dt.date) -> list[Document]:
    """All rules this person may read, in the order of the charters. Two queries, however many there are."""
    documents = {charter.pk: Document(charter) for charter in Charter.objects.all()}
    said = Count("comments", filter=Q(comments__withdrawn_at__isnull=True))
    versions = (
        CharterVersion.objects.visible_to(user)
        .defer("text")
        .select_related("charter", "organization", "base")
        .annotate(comment_count=said)
        .order_by("-in_force_from", "-number", "-changed_at", "pk")
    )
    for version in versions:
        _file(version, documents[version.charter_id], on)
    return list(documents.values())


def _file(version: CharterVersion, document: Document, on: dt.date) -> None:
    """Put a version where it belongs; decided ones come newest first."""
    if version.state != CharterState.DECIDED:
        heaps = {
            CharterState.DRAFT: document.drafts,
            CharterState.PROPOSED: document.proposals,
            CharterState.WITHDRAWN: document.withdrawn,
        }
        heaps[CharterState(version.state)].append(version)
    elif version.in_force_from is not None and version.in_force_from > on:
        document.coming.insert(0, version)
    elif document.in_force is None:
        document.in_force = version
    else:
        document.earlier.append(version)


@dataclass(frozen=True)
class Comparison:
    """Two versions, article by article."""

    pairs: list[ArticlePair]

    @property
    def changed(self) -> list[ArticlePair]:
        """The articles about which there is something to say."""
        return [pair for pair in self.pairs if pair.change != ArticleChange.SAME]


def comparison(old: str, new: str) -> Comparison:
    """From the old text to the new one."""
    return Comparison(aligned(old, new))


def newest_decided(charter: Charter) -> CharterVersion | None:
    """The version decided last, whether or not its day has come: what a proposal changes."""
    return charter.versions.decided().first()  # type: ignore[no-any-return, attr-defined]


def version_before(version: CharterVersion) -> CharterVersion | None:
    """What held before a decided version; what a proposal or a draft changes."""
    if version.state != CharterState.DECIDED:
        return version.base
    same_day = Q(in_force_from=version.in_force_from, number__lt=version.number)
    earlier = CharterVersion.objects.filter(charter=version.charter_id).decided()
    return earlier.filter(Q(in_force_from__lt=version.in_force_from) | same_day).first()


def comments_by_article(comments: Iterable[CharterComment]) -> dict[str, list[CharterComment]]:
    """Comments under the label of their article; "" for those about the whole."""
    found: dict[str, list[CharterComment]] = {}
    for comment in comments:
        found.setdefault(comment.article, []).append(comment)
    return found


def is_outdated(version: CharterVersion, newest: CharterVersion | None) -> bool:
    """Another version was decided since this proposal was written: deciding it would take that one's changes back."""
    open_states = {CharterState.DRAFT, CharterState.PROPOSED}
    return version.state in open_states and version.base_id != (newest.pk if newest else None)


def comparable(user: Any, charter: Charter) -> Sequence[CharterVersion]:
    """The versions of a charter this person may lay side by side, the oldest first, open proposals last."""
    seen = CharterVersion.objects.visible_to(user).filter(charter=charter).exclude(state=CharterState.WITHDRAWN)
    return sorted(
        seen.defer("text").select_related("organization"),
        key=lambda each: (each.number is None, each.in_force_from or dates.today(), each.number or 0, each.pk),
    )


def without_pledged_rules() -> bool:
    """Nothing opens the casebook yet, and nobody has begun to write it."""
    return not Charter.objects.filter(is_pledged=True).exists()


def to_decide(on: dt.date) -> list[CharterVersion]:
    """Proposals whose comments are over: a meeting's turn, the longest waiting first."""
    over = CharterVersion.objects.proposals().filter(comments_until__lt=on).select_related("charter", "organization")
    return list(over.defer("text").order_by("comments_until", "pk"))


def unanswered() -> list[CharterComment]:
    """Comments on open proposals that the secretariat has not answered, the oldest first."""
    open_ones = CharterComment.objects.filter(version__state=CharterState.PROPOSED, withdrawn_at__isnull=True)
    return list(open_ones.filter(answered_at__isnull=True).defer("text", "answer").order_by("made_at", "pk"))
