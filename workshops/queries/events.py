"""Questions over events, their occurrences and their pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast, Greatest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.dates import now
from cms.models import Theme
from workshops.enums import HOLDING, CapacityPolicy, EventStatus, Format, RegistrationMode, Target
from workshops.models import Event, Occurrence, Part, Registration, StudyReply, StudySession

#: With so many free seats, or fewer, a card says how many are left.
FEW = 3
#: How a fee begins that is none: `Event.fee_text` is written as it should be read.
FREE = "無料"


def next_occurrences(limit: int) -> QuerySet[Occurrence]:
    """The next public occurrences that take place and have not ended, soonest first."""
    moment = now()
    coming = Occurrence.objects.visible_to(AnonymousUser()).scheduled().upcoming(moment.date())
    not_over = Q(all_day=True) | Q(ends_at=None) | Q(ends_at__gt=moment)
    return (
        coming.filter(not_over).select_related("event").defer("event__source_row").order_by("starts_at", "pk")[:limit]
    )


@dataclass(frozen=True)
class Seats:
    """What a window and a few words say about the seats of an occurrence."""

    window: str
    words: str


def seats_of(occurrence: Occurrence) -> Seats:
    """For cards and lists: called off, over, free, few, full, or no registration needed."""
    event = occurrence.event
    if occurrence.is_cancelled:
        return Seats("off", _("Called off"))
    if occurrence.is_over:
        return Seats("off", _("Over"))
    if occurrence.is_postponed:
        return Seats("off", _("Put off"))
    if event.registration_mode == RegistrationMode.NONE:
        return Seats("on", _("No registration needed"))
    if event.registration_mode == RegistrationMode.ELSEWHERE:
        return Seats("on", _("Register with the host"))
    return _seats_here(occurrence)


def _seats_here(occurrence: Occurrence) -> Seats:
    event, moment, left = occurrence.event, now(), seats_to_count(occurrence)
    if event.opens_at and event.opens_at > moment:
        return Seats("soon", _("Registration not open yet"))
    if occurrence.closes_at <= moment:
        return Seats("off", _("Registration closed"))
    if occurrence.is_full:
        return Seats("full", _("Full, with a waiting list") if occurrence.has_room_to_wait else _("Full"))
    if left is not None and left <= FEW:
        return Seats("soon", seats_left_words(occurrence))
    return Seats("on", _("You can register"))


def part_words(part: Part, event: Event) -> str:
    """What is left of one way to take part: 「あと3組」「満席（キャンセル待ちできます）」「申し込めます」."""
    if part.is_full:
        return _("Full, with a waiting list") if part.has_room_to_wait else _("Full")
    if part.seats_left is None or part.policy == CapacityPolicy.SOFT:
        return _("You can register")
    words = ngettext("%(left)d %(unit)s left", "%(left)d %(unit)s left", part.seats_left)
    return words % {"left": part.seats_left, "unit": event.get_unit_display()}


def seats_to_count(occurrence: Occurrence) -> int | None:
    """Free seats over all ways; None where one of them has no limit or takes its number as a guide."""
    soft = any(part.policy == CapacityPolicy.SOFT for part in occurrence.parts)
    return None if soft else occurrence.seats_left


def seats_left_words(occurrence: Occurrence) -> str:
    """「あと3組」."""
    left = occurrence.seats_left or 0
    words = ngettext("%(left)d %(unit)s left", "%(left)d %(unit)s left", left)
    return words % {"left": left, "unit": occurrence.event.get_unit_display()}


def events_with_registration() -> QuerySet[Event]:
    """For the office: events that take, or took, registrations here; the newest first."""
    here = Q(registration_mode=RegistrationMode.HERE) | Q(occurrences__registrations__isnull=False)
    return Event.objects.filter(here).distinct().defer("source_row").select_related("host").order_by("-pk")


def occurrences_with_people(events: QuerySet[Event]) -> QuerySet[Occurrence]:
    """Occurrences of those events with `parties` and `people` that are registered, latest first."""
    held = Q(registrations__state__in=HOLDING)
    return (
        Occurrence.objects.filter(event__in=events)
        .select_related("event__host")
        .defer("event__source_row")
        .annotate(parties=Count("registrations", filter=held), people=Sum("registrations__party_size", filter=held))
        .order_by("-starts_at", "-pk")
    )


def with_the_same_address(registrations: list[Registration]) -> set[str]:
    """Hashes of addresses that stand behind two or more registrations that hold seats for one occurrence."""
    seen: set[tuple[int, str]] = set()
    twice: set[str] = set()
    for registration in registrations:
        mark = (registration.occurrence_id, registration.email_hash)
        if registration.is_active and registration.email_hash:
            if mark in seen:
                twice.add(registration.email_hash)
            seen.add(mark)
    return twice


# --- the lists of residents -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What a reader asked the list for; an empty field asks for nothing."""

    kind: str = ""
    target: str = ""
    theme: int | None = None
    way: str = ""
    access: tuple[str, ...] = ()
    free: bool = False
    seats: str = ""  # "free": a seat is free; "wait": a seat, or a place on the waiting list
    first: dt.date | None = None
    last: dt.date | None = None


def listed(wanted: Wanted) -> QuerySet[Occurrence]:
    """Public occurrences, called-off ones included, in the order of their beginning. One query with their events."""
    public = Occurrence.objects.visible_to(AnonymousUser()).select_related("event").defer("event__source_row")
    rows = _of_the_event(public, wanted)
    if wanted.seats:
        rows = rows.filter(room(now(), may_wait=wanted.seats == "wait"))
    if wanted.first:
        rows = rows.filter(ends_on__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(starts_on__lte=wanted.last)
    return rows.order_by("starts_at", "pk")


def _of_the_event(rows: QuerySet[Occurrence], wanted: Wanted) -> QuerySet[Occurrence]:
    if wanted.kind:
        rows = rows.filter(event__kind=wanted.kind)
    if wanted.theme is not None:
        rows = rows.filter(event__in=Event.objects.filter(themes=wanted.theme).values("pk"))
    if wanted.way:
        rows = rows.filter(event__format__in=(wanted.way, Format.BOTH))
    if wanted.free:
        rows = rows.filter(event__fee_text__startswith=FREE)
    if wanted.target:
        open_to_all = f'"{Target.ANYBODY}"'
        rows = rows.alias(whom=Cast("event__targets", TextField()))
        rows = rows.filter(Q(whom__contains=f'"{wanted.target}"') | Q(whom__contains=open_to_all))
    if wanted.access:
        rows = rows.alias(easier=Cast("event__access_facts", TextField()))
    for fact in wanted.access:
        rows = rows.filter(Q(easier__contains=f'"{fact}"'))
    return rows


def room(moment: dt.datetime, *, may_wait: bool) -> Q:
    """Occurrences that one may still go to: nothing to register, or a seat free here (or a place to wait for one)."""
    stands = Q(state=EventStatus.SCHEDULED, event__status=EventStatus.SCHEDULED)
    opened = Q(event__opens_at=None) | Q(event__opens_at__lte=moment)
    not_closed = Q(starts_at__gt=moment) & (Q(event__closes_at=None) | Q(event__closes_at__gt=moment))
    seat = _room("", may_wait) | (Q(event__format=Format.BOTH) & _room("online_", may_wait))
    here = Q(event__registration_mode=RegistrationMode.HERE) & opened & not_closed & seat
    return stands & (here | ~Q(event__registration_mode=RegistrationMode.HERE))


def _room(prefix: str, may_wait: bool) -> Q:
    """`Part.is_full` and `Part.has_room_to_wait`, asked of the database."""
    free = Q(**{f"{prefix}capacity": None}) | Q(**{f"{prefix}taken__lt": F(f"{prefix}capacity")})
    seat = Q(**{f"{prefix}policy": CapacityPolicy.SOFT}) | (free & Q(**{f"{prefix}waiting": 0}))
    if not may_wait:
        return seat
    limit = Q(**{f"{prefix}waiting_limit": None}) | Q(**{f"{prefix}waiting__lt": F(f"{prefix}waiting_limit")})
    return seat | (Q(**{f"{prefix}policy": CapacityPolicy.WAITLIST}) & limit)


#: What a table of many days asks of each occurrence; the whole row is read of those that are shown.
Brief = tuple[int, dt.date, dt.date]


def in_brief(rows: QuerySet[Occurrence]) -> list[Brief]:
    """(id, first day, last day) of each, in their order: a month of thousands is counted without reading it."""
    return list(rows.values_list("pk", "starts_on", "ends_on"))


def in_full(keys: Iterable[int]) -> dict[int, Occurrence]:
    """Those occurrences by id, each with its event. The caller has asked who may see them."""
    return Occurrence.objects.select_related("event").defer("event__source_row").in_bulk(list(keys))


#: What a title in a table says: when, what, whether there are seats.
TITLED = [field.name for field in Occurrence._meta.concrete_fields] + [
    f"event__{name}"
    for name in ("slug", "title", "status", "registration_mode", "opens_at", "closes_at", "unit", "format")
]


def for_titles(keys: Iterable[int]) -> dict[int, Occurrence]:
    """Like `in_full`, with what a title needs and no more: rows of events are wide."""
    return Occurrence.objects.select_related("event").only(*TITLED).in_bulk(list(keys))


def coming(wanted: Wanted) -> QuerySet[Occurrence]:
    """What is not over, soonest first; what has been running for long stands behind what is only today."""
    moment = now()
    not_over = Q(all_day=True) | Q(ends_at=None) | Q(ends_at__gt=moment)
    rows = listed(wanted).filter(not_over, ends_on__gte=moment.date())
    next_day = Greatest("starts_on", Value(moment.date()), output_field=DateField())
    return rows.order_by(next_day, "ends_on", "starts_at", "pk")


def of_a_member(user: Any, *, since: dt.date) -> QuerySet[Occurrence]:
    """What the person's own organisation holds, alone or with others: public events and closed study sessions.

    And study sessions the person said to come to. Drafts are left out: nobody is to come yet.
    """
    goes = StudyReply.objects.going().filter(user=user, session__in=StudySession.objects.visible_to(user).values("pk"))
    theirs = Q(pk__in=goes.values("session__event"))
    if user.organization_id is not None:
        with_others = Event.partners.through.objects.filter(organization=user.organization_id).values("event")
        theirs |= Q(host=user.organization_id) | Q(pk__in=with_others)
    settled = Q(pk__in=Event.objects.public().values("pk")) | Q(proses=None)
    events = Event.objects.filter(theirs).filter(settled)
    rows = Occurrence.objects.filter(event__in=events.values("pk"), ends_on__gte=since)
    return rows.select_related("event").defer("event__source_row").order_by("starts_at", "pk")


def themes_of_events() -> list[tuple[int, str]]:
    """(id, name) of the themes that public events carry, by name."""
    carried = Event.themes.through.objects.filter(theme=OuterRef("pk"), event__proses__page__live=True)
    return list(Theme.objects.filter(Exists(carried)).values_list("pk", "name"))


def any_before(day: dt.date) -> bool:
    """A public event begins before that day."""
    return Occurrence.objects.filter(starts_on__lt=day, event__proses__page__live=True).exists()


def any_after(day: dt.date) -> bool:
    """A public event ends after that day."""
    return Occurrence.objects.filter(ends_on__gt=day, event__proses__page__live=True).exists()
