"""The members' directory: who can do what. The number of queries does not grow with the organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from cms import dates
from directory.enums import Direction, ResourceKind, Served, Tier, Weekday
from directory.models import (
    ActivityNote,
    BodyMembership,
    Concern,
    ConsultationDesk,
    MemberProfile,
    Membership,
    Organization,
    PersonCard,
    Resource,
    RoleAssignment,
    User,
)
from directory.models.profiles import works_here
from directory.permissions import may_see_names
from directory.queries.member_words import met, needles, text_of_card, text_of_organization, text_of_resource

#: Which wish is dropped first when nobody fits all of them; what one needs is dropped last.
DROP_ORDER = ("tier", "served", "concern", "day", "kind", "words")
#: The rank of those who do not have it, but look for it themselves: shown when nobody has it.
ONLY_WISHED = 2
CHOICES: dict[str, set[str]] = {
    "kind": set(ResourceKind.values),
    "day": set(Weekday.values),
    "served": set(Served.values),
    "tier": set(Tier.values),
}


@dataclass(frozen=True)
class Looking:
    """What somebody looks for. Empty: no wish."""

    words: str = ""
    kind: str = ""  # ResourceKind: they offer such a thing
    day: str = ""  # Weekday: on that day, or on days to be agreed
    concern: str = ""  # code of a Concern
    served: str = ""
    tier: str = ""

    @property
    def count(self) -> int:
        """How many wishes there are."""
        return sum(bool(getattr(self, each.name)) for each in fields(self))

    def without(self, name: str) -> Looking:
        """The same without that wish."""
        return replace(self, **{name: ""})


@dataclass(frozen=True)
class Member:
    """An organisation as the directory shows it. `hits`: its offers that answer what was looked for."""

    membership: Membership
    profile: MemberProfile | None = None
    offers: tuple[Resource, ...] = ()
    wishes: tuple[Resource, ...] = ()
    cards: tuple[PersonCard, ...] = ()
    hits: tuple[Resource, ...] = ()
    hit_cards: tuple[PersonCard, ...] = ()
    rank: tuple[int, int] = (0, 0)

    @property
    def organization(self) -> Organization:
        """Who it is."""
        return self.membership.organization

    @property
    def introduction(self) -> str:
        """What it does: its own words to members, else what residents read."""
        own = self.profile.does if self.profile else ""
        return own or (self.organization.description if self.organization.is_public else "")


@dataclass(frozen=True)
class FoundMembers:
    """What the search gave. `dropped`: wishes nobody fitted; `partly`: not all the words were met."""

    members: tuple[Member, ...]
    people: tuple[PersonCard, ...]
    asked: Looking
    used: Looking
    partly: bool = False
    dropped: tuple[str, ...] = field(default_factory=tuple)


def all_members(user: Any) -> list[Member]:
    """Every member organisation of today, with what it tells: five queries."""
    if not works_here(user):
        return []
    memberships = list(Membership.objects.active().select_related("organization").order_by("organization__kana", "pk"))
    mine = {"organization__in": [each.organization_id for each in memberships]}
    profiles = MemberProfile.objects.visible_to(user).filter(**mine).prefetch_related("concerns")
    by_organization = {profile.organization_id: profile for profile in profiles}
    resources = _grouped(Resource.objects.visible_to(user).filter(**mine).open_on(dates.today()), "organization_id")
    cards = PersonCard.objects.visible_to(user).filter(agreed_at__isnull=False).select_related("user")
    people: dict[int | None, list[PersonCard]] = {}
    for card in cards:
        people.setdefault(card.user.organization_id, []).append(card)
    return [
        Member(
            membership,
            by_organization.get(membership.organization_id),
            tuple(each for each in resources.get(membership.organization_id, ()) if each.is_offer),
            tuple(each for each in resources.get(membership.organization_id, ()) if not each.is_offer),
            tuple(sorted(people.get(membership.organization_id, ()), key=lambda card: not card.is_contact)),
        )
        for membership in memberships
    ]


def _grouped(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def find_members(user: Any, asked: Looking) -> FoundMembers:
    """Those who fit; when nobody does, wishes are dropped one by one until somebody is left."""
    everybody = all_members(user)
    people, loose = find_people(user, asked.words) if asked.words else ((), False)
    for dropped in given_up(asked):
        used = asked
        for name in dropped:
            used = used.without(name)
        fitting, partly = fit(everybody, used)
        if fitting:
            break
    return FoundMembers(tuple(fitting), () if loose else people, asked, used, partly, dropped)


def given_up(asked: Looking) -> list[tuple[str, ...]]:
    """What to do without, the least first: nothing, one wish, then more and more of them, at last all."""
    wishes = [name for name in DROP_ORDER if getattr(asked, name)]
    return [(), *((name,) for name in wishes), *(tuple(wishes[:count]) for count in range(2, len(wishes) + 1))]


def fit(everybody: list[Member], looking: Looking) -> tuple[list[Member], bool]:
    """Those who fit, the best first; True when none met all of the words and these met some."""
    fitting = [each for one in everybody if (each := placed(one, looking)) is not None]
    if not looking.words:
        return sorted(fitting, key=lambda each: each.rank), False
    wanted = len(needles(looking.words))
    whole = [each for each in fitting if each.rank[1] == -wanted]
    having = [each for each in whole if each.rank[0] < ONLY_WISHED]
    return sorted(having or whole or fitting, key=lambda each: each.rank), bool(fitting and not whole)


def placed(member: Member, looking: Looking) -> Member | None:
    """The organisation with what answers the wishes, and how well; None when it does not fit."""
    if looking.tier and member.membership.tier != looking.tier:
        return None
    if not _profile_fits(member.profile, looking):
        return None
    offers = [
        each
        for each in member.offers
        if (not looking.kind or each.kind == looking.kind) and (not looking.day or each.fits_day(looking.day))
    ]
    if (looking.kind or looking.day) and not offers:
        return None
    if looking.day:
        offers.sort(key=lambda each: looking.day not in each.weekdays)
    if looking.words:
        return _by_words(member, offers, needles(looking.words), narrowed=bool(looking.kind or looking.day))
    exact = not looking.day or looking.day in offers[0].weekdays
    hits = tuple(offers) if looking.kind or looking.day else ()
    return replace(member, hits=hits, rank=(0 if exact else 1, 0))


def _profile_fits(profile: MemberProfile | None, looking: Looking) -> bool:
    if looking.served and (profile is None or looking.served not in profile.served):
        return False
    codes = {concern.code for concern in profile.concerns.all()} if profile and looking.concern else set()
    return not looking.concern or looking.concern in codes


def _by_words(member: Member, offers: list[Resource], wanted: tuple[str, ...], *, narrowed: bool) -> Member | None:
    """Best is one offer that has all the words; then the organisation as a whole; then some of the words."""
    texts = {each: text_of_resource(each) for each in offers}
    counts = {each: met(wanted, text) for each, text in texts.items()}
    cards = {card: text_of_card(card) for card in member.cards}
    wishes = " ".join(text_of_resource(each) for each in member.wishes)
    whole = " ".join([text_of_organization(member.organization, member.profile), *texts.values(), *cards.values()])
    count = max(met(wanted, whole), met(wanted, f"{whole} {wishes}"))
    if not count:
        return None
    best = max(counts.values(), default=0)
    hits = tuple(each for each in offers if counts[each] == len(wanted))
    hit_cards = tuple(card for card, text in cards.items() if met(wanted, text))
    order = 0 if best == len(wanted) else 1 if met(wanted, whole) == count else ONLY_WISHED
    return replace(member, hits=hits or (tuple(offers) if narrowed else ()), hit_cards=hit_cards, rank=(order, -count))


def find_people(user: Any, question: str) -> tuple[tuple[PersonCard, ...], bool]:
    """People who agreed to be shown; with words those who meet all of them, else (True) those who meet some."""
    cards = PersonCard.objects.visible_to(user).filter(agreed_at__isnull=False).select_related("user__organization")
    everybody = sorted(cards, key=lambda card: (card.user.organization is None, str(card.user.organization), card.pk))
    wanted = needles(question) if question.strip() else ()
    if not wanted:
        return tuple(everybody), False
    counts = {card: met(wanted, text_of_card(card)) for card in everybody}
    whole = tuple(card for card in everybody if counts[card] == len(wanted))
    some = tuple(sorted((card for card in everybody if counts[card]), key=lambda card: -counts[card]))
    return (whole, False) if whole else (some, bool(some))


def used_concerns(user: Any) -> list[Concern]:
    """Concerns that a member named, to choose from."""
    named = MemberProfile.objects.visible_to(user).values("concerns")
    return list(Concern.objects.filter(pk__in=named))


@dataclass(frozen=True)
class MemberPage:
    """Everything the other members may know of an organisation."""

    member: Member
    first_since: Any
    seats: tuple[BodyMembership, ...]
    desks: tuple[ConsultationDesk, ...]
    notes: tuple[ActivityNote, ...]
    names: tuple[str, ...]  # of people who did not agree to be shown: own organisation and secretariat only


def member_page(user: Any, organization: Organization) -> MemberPage | None:
    """None when it is no member today, or the reader does not work here."""
    membership = Membership.objects.active().filter(organization=organization).select_related("organization").first()
    if membership is None or not works_here(user):
        return None
    mine = {"organization": organization}
    resources = list(Resource.objects.visible_to(user).filter(**mine).open_on(dates.today()))
    cards = PersonCard.objects.visible_to(user).filter(agreed_at__isnull=False, user__organization=organization)
    shown = sorted(cards.select_related("user"), key=lambda card: (not card.is_contact, card.pk))
    member = Member(
        membership,
        MemberProfile.objects.visible_to(user).filter(**mine).prefetch_related("concerns").first(),
        tuple(each for each in resources if each.direction == Direction.OFFER),
        tuple(each for each in resources if each.direction == Direction.WISH),
        tuple(shown),
    )
    first = Membership.objects.filter(**mine).order_by("since").values_list("since", flat=True).first()
    seats = BodyMembership.objects.on(dates.today()).filter(body__is_public=True, **mine).select_related("body")
    return MemberPage(
        member,
        first,
        tuple(seats.order_by("body__sort_order", "pk")),
        tuple(ConsultationDesk.objects.public().filter(**mine)),
        tuple(ActivityNote.objects.visible_to(user).filter(**mine).prefetch_related("pictures")),
        _names(user, organization, {card.user_id for card in shown}),
    )


def _names(user: Any, organization: Organization, shown: set[int]) -> tuple[str, ...]:
    if not may_see_names(user, organization):
        return ()
    others = User.objects.filter(organization=organization, is_active=True).exclude(pk__in=shown)
    working = others.filter(role_assignments__in=RoleAssignment.objects.active()).distinct()
    return tuple(working.order_by("pk").values_list("name", flat=True))
