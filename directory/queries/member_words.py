"""Words of the members' directory: what somebody looks for, folded so that it meets what others wrote.

The directory is small (a city's member organisations), so everything is compared in memory: offers are read with the
words one would use for their kind and days, so that 「土曜に貸してもらえる部屋」 finds a hall that is free on Saturdays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.text.emptywords import weight_of
from cms.text.folding import KANJI, hiragana, plain, squeeze
from cms.text.words import words
from directory.enums import ResourceKind, Weekday
from directory.models import MemberProfile, Organization, PersonCard, Resource

INFLECTION = re.compile(r"[ぁ-ゖ]+\Z")
WEEKEND = {Weekday.SATURDAY, Weekday.SUNDAY}
LONGEST_QUESTION = 200  # characters


def folded(*texts: str) -> str:
    """Texts as they are compared: one spelling, no signs, a space between two texts."""
    return " ".join(hiragana(squeeze(plain(text))).lower() for text in texts if text)


def needles(question: str) -> tuple[str, ...]:
    """What has to be found: the words that say something, without their endings (貸せる, 貸して → 貸)."""
    line = plain(question[:LONGEST_QUESTION]).replace("\n", " ")
    found = [word for word in words(line) if word.is_content and weight_of(word.shape) > 0]
    stems = (INFLECTION.sub("", word.surface) if KANJI.search(word.surface) else word.surface for word in found)
    kept = dict.fromkeys(stem for stem in map(folded, stems) if stem)
    return tuple(kept) or tuple(filter(None, [folded(line)]))


def met(wanted: Iterable[str], text: str) -> int:
    """How many of the needles stand in a folded text."""
    return sum(needle in text for needle in wanted)


def kind_words(kind: str) -> str:
    """Other words people use for a kind of offer."""
    return {
        ResourceKind.PLACE: pgettext("search words", "place room hall venue space lend borrow"),
        ResourceKind.GOODS: pgettext("search words", "goods things tools food lend give"),
        ResourceKind.HANDS: pgettext("search words", "hands people volunteers help"),
        ResourceKind.KNOWLEDGE: pgettext("search words", "knowledge skills lecturer training teach advice"),
        ResourceKind.TIME: pgettext("search words", "time talk visit accompany"),
        ResourceKind.NEWS: pgettext("search words", "news leaflets posters spread word"),
    }[ResourceKind(kind)]


def day_words(days: Iterable[Weekday]) -> str:
    """The days by name, and what one calls them together."""
    chosen = set(days)
    together = [_("weekend")] if chosen & WEEKEND else []
    together += [_("weekday")] if chosen - WEEKEND else []
    return " ".join([*(str(day.label) for day in Weekday if day in chosen), *together])


def text_of_resource(resource: Resource) -> str:
    """An offer or a wish, to be compared."""
    own = (resource.words, resource.conditions, resource.when_text)
    return folded(*own, str(resource.get_kind_display()), kind_words(resource.kind), day_words(resource.days))


def text_of_organization(organization: Organization, profile: MemberProfile | None) -> str:
    """Name and profile, to be compared. The public description only where it is public."""
    texts = [organization.name, organization.kana, *organization.aliases, str(organization.get_kind_display())]
    texts += [organization.description] if organization.is_public else []
    if profile:
        texts += [profile.does, profile.serves, profile.area, *profile.served_words]
        texts += [concern.name for concern in profile.concerns.all()]
    return folded(*texts)


def text_of_card(card: PersonCard) -> str:
    """A card, to be compared."""
    return folded(card.user.name, card.does, card.knows, card.languages)
