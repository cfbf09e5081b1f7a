"""The library of learnings: lists, the search, and the names of the government's framework for what a card holds.

The search opens the sealed words of every card a person may see, one after the other, and keeps nothing of them: no index,
no cache. benchmarks/learning_search.py says how long that takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from casebook.enums import UNDER_WAY, Body, CaseState, Outcome
from casebook.models import Case, LearningCard
from casebook.models.learning import packed
from casebook.queries.cases import concern_names
from casebook.queries.people import roles_with
from casebook.risk import COARSER
from cms import dates
from cms.search.private import wanted
from directory.models import RoleAssignment, User
from directory.models.roles import standing
from directory.roles import Permission

# The class 事例 of the 政府相互運用性フレームワーク: its names for what a card holds. 場所, 対象組織 are never kept: they
# would lead back. 取り組み理由, 目的, 内容 are one field here (what was done), 普及, 持続させる仕組み another (what made it work).
GIF: Mapping[str, str] = {
    "タイトル": "title",
    "実施年": "fiscal_year",
    "テーマ": "concerns",
    "挑戦したこと": "tried",
    "学んだこと": "learned",
    "成果": "outcome",
    "導入での工夫": "worked",
    "制約条件": "hard",
    "利用した制度": "schemes",
    "協力者": "bodies",
}


@dataclass(frozen=True)
class Wanted:
    """How somebody narrows the library down. Codes alone; what they type is handed over apart and kept nowhere."""

    concern: str = ""
    stage: str = ""
    outcome: str = ""
    body: str = ""

    @property
    def codes(self) -> dict[str, str]:
        """What was chosen, for addresses."""
        return {name: value for name, value in vars(self).items() if value}


def library(user: Any, asked: Wanted = Wanted()) -> QuerySet[LearningCard]:
    """Cards this person may read, latest fiscal year first; within a year in no order that tells anything."""
    cards = LearningCard.objects.visible_to(user)
    if asked.concern:
        cards = cards.filter(concerns__contains=packed([asked.concern]))
    if asked.body:
        cards = cards.filter(bodies__contains=packed([asked.body]))
    if asked.stage:
        cards = cards.filter(life_stage=asked.stage)
    if asked.outcome:
        cards = cards.filter(outcome=asked.outcome)
    return cards


def found_in(cards: QuerySet[LearningCard], words: str, *, a_part: bool = False) -> list[UUID]:
    """Which of these cards say all of it (or at least a part), in their order. Nothing typed: all of them."""
    asked = wanted(words)
    if asked is None:
        return list(cards.values_list("pk", flat=True))
    letters, ways = asked
    enough, found = any if a_part else all, []
    for pk, sealed in cards.values_list("pk", "words").iterator(chunk_size=500):
        text = sealed or ""
        if letters in text or (ways and enough(any(needle in text for needle in needles) for needles in ways)):
            found.append(pk)
    return found


def in_order(user: Any, pks: Iterable[UUID]) -> list[LearningCard]:
    """These cards as somebody may read them now, in this order, with the names of their concerns."""
    rows = LearningCard.objects.visible_to(user).in_bulk(list(pks))
    return with_labels([rows[pk] for pk in pks if pk in rows])


def with_labels(cards: Iterable[LearningCard]) -> list[LearningCard]:
    """The cards, each with `concern_labels`: one query for all. Codes that are no more are left out."""
    names, cards = concern_names(), list(cards)
    for card in cards:
        card.concern_labels = [names[code] for code in card.concern_codes if code in names]  # type: ignore[attr-defined]
    return cards


def as_gif(card: LearningCard) -> dict[str, Any]:
    """A card under the names of the framework; empty ones are left out. Codes are given as words."""
    (card,) = with_labels([card])
    said: dict[str, Any] = {
        **card.texts,
        "fiscal_year": card.fiscal_year,
        "concerns": card.concern_labels,  # type: ignore[attr-defined]
        "bodies": card.body_labels,
        "outcome": str(Outcome(card.outcome).label),
    }
    return {name: said[field] for name, field in GIF.items() if said[field]}


def offered_for(case: Case) -> dict[str, Any]:
    """What a new card takes from the case: coded fields, coarser; never a word of it."""
    return {
        "concerns": list(case.concerns),
        "life_stage": COARSER.get(case.life_stage, case.life_stage),
        "bodies": [code for code in case.involved if code != Body.NOBODY],
        "outcome": case.outcome,
        "fiscal_year": dates.fiscal_year(dates.today()),
    }


def card_reviewers(author: User) -> QuerySet[User]:
    """Who may be the second pair of eyes for somebody's card."""
    stands = standing(dates.today(), "user__organization__")
    held = RoleAssignment.objects.active().filter(role__in=roles_with(Permission.CASES_RELEASE))
    held = held.filter(user__organization=None) | held.filter(stands)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=author.pk)


def may_still_learn(user: Any) -> QuerySet[Case]:
    """Own closed cases, from which a card can be written."""
    return Case.objects.visible_to(user).filter(author=user, state=CaseState.CLOSED)


def under_way(user: Any) -> list[LearningCard]:
    """Own cards that are not shown yet, those that came back first."""
    cards = LearningCard.objects.own(user).order_by("pk")
    return sorted(cards, key=lambda card: UNDER_WAY.index(card.state) != 1)  # type: ignore[arg-type]
