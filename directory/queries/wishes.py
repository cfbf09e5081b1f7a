"""The board of wishes: what members look for, beside what others could give. Kinds and days are compared, then words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cms import dates
from cms.text.emptywords import weight_of
from cms.text.folding import plain
from cms.text.words import words
from directory.enums import ResourceKind
from directory.models import Resource

NEAREST = 3  # so many offers stand beside a wish
#: Goods and knowledge answer a wish only where the words meet: rice is no table-tennis table.
WORDS_MUST_MEET = {ResourceKind.GOODS, ResourceKind.KNOWLEDGE}


@dataclass(frozen=True)
class Wish:
    """A wish with the offers of others that may answer it, the nearest first. `own`: of the reader's organisation."""

    wish: Resource
    offers: tuple[Resource, ...]
    own: bool
    we_could: tuple[Resource, ...]  # the reader's organisation's own offers among those that fit


@dataclass(frozen=True)
class WishBoard:
    """Own wishes first, then those the reader's organisation could answer, then the others; offers nobody asked for."""

    wishes: tuple[Wish, ...]
    other_offers: tuple[Resource, ...]

    @property
    def ours(self) -> list[Wish]:
        """What the reader's organisation looks for."""
        return [each for each in self.wishes if each.own]

    @property
    def answerable(self) -> list[Wish]:
        """What others look for and the reader's organisation offers."""
        return [each for each in self.wishes if each.we_could]

    @property
    def rest(self) -> list[Wish]:
        """What others look for."""
        return [each for each in self.wishes if not each.own and not each.we_could]


def wish_board(user: Any) -> WishBoard:
    """Every open wish and offer: one query, and the reader's role."""
    rows = Resource.objects.visible_to(user).open_on(dates.today()).select_related("organization")
    everything = list(rows.order_by("-changed_at", "pk"))
    keys = {each.pk: keys_of(each) for each in everything}
    offers = [each for each in everything if each.is_offer]
    own = user.organization_id
    found, used = [], set()
    for wish in (each for each in everything if not each.is_offer):
        near = sorted(
            (offer for offer in offers if may_answer(offer, wish) and words_meet(keys[offer.pk], keys[wish.pk], wish)),
            key=lambda offer: (-len(keys[offer.pk] & keys[wish.pk]), not offer.weekdays),
        )
        used |= {offer.pk for offer in near[:NEAREST]}
        mine = tuple(offer for offer in near if own is not None and offer.organization_id == own)
        found.append(Wish(wish, tuple(near[:NEAREST]), own is not None and wish.organization_id == own, mine))
    return WishBoard(tuple(found), tuple(offer for offer in offers if offer.pk not in used))


def may_answer(offer: Resource, wish: Resource) -> bool:
    """Of another organisation, of the same kind, and the days do not exclude each other."""
    days = not offer.weekdays or not wish.weekdays or bool(set(offer.weekdays) & set(wish.weekdays))
    return offer.organization_id != wish.organization_id and offer.kind == wish.kind and days


def words_meet(offered: frozenset[str], wanted: frozenset[str], wish: Resource) -> bool:
    """Where it matters, a word is in both."""
    return wish.kind not in WORDS_MUST_MEET or bool(offered & wanted)


def keys_of(resource: Resource) -> frozenset[str]:
    """The words that say something."""
    line = plain(f"{resource.words} {resource.conditions}").replace("\n", " ")
    return frozenset(key for word in words(line) if word.is_content and weight_of(word.shape) > 0 for key in word.keys)
