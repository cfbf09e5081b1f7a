"""Questions over events, their occurrences and their pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, DateField, Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.dates import now
from workshops.enums import HOLDING, Format, RegistrationMode
from workshops.models import Event, Occurrence, Registration

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
    if event.registration_mode == RegistrationMode.NONE:
        return Seats("on", _("No registration needed"))
    if event.registration_mode == RegistrationMode.ELSEWHERE:
        return Seats("on", _("Register with the host"))
    return _seats_here(occurrence)


def _seats_here(occurrence: Occurrence) -> Seats:
    event, moment, left = occurrence.event, now(), occurrence.seats_left
    if event.opens_at and event.opens_at > moment:
        return Seats("soon", _("Registration not open yet"))
    if occurrence.closes_at <= moment:
        return Seats("off", _("Registration closed"))
    if left == 0:
        return Seats("full", _("Full"))
    if left is not None and left <= FEW:
        return Seats("soon", seats_left_words(occurrence))
    return Seats("on", _("You can register"))


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
    online: bool = False
    free: bool = False
    first: dt.date | None = None
    last: dt.date | None = None


def listed(wanted: Wanted) -> QuerySet[Occurrence]:
    """Public occurrences, called-off ones included, in the order of their beginning. One query with their events."""
    rows = Occurrence.objects.visible_to(AnonymousUser()).select_related("event").defer("event__source_row")
    if wanted.kind:
        rows = rows.filter(event__kind=wanted.kind)
    if wanted.online:
        rows = rows.filter(event__format__in=(Format.ONLINE, Format.BOTH))
    if wanted.free:
        rows = rows.filter(event__fee_text__startswith=FREE)
    if wanted.first:
        rows = rows.filter(ends_on__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(starts_on__lte=wanted.last)
    return rows.order_by("starts_at", "pk")


def coming(wanted: Wanted) -> QuerySet[Occurrence]:
    """What is not over, soonest first; what has been running for long stands behind what is only today."""
    moment = now()
    not_over = Q(all_day=True) | Q(ends_at=None) | Q(ends_at__gt=moment)
    rows = listed(wanted).filter(not_over, ends_on__gte=moment.date())
    next_day = Greatest("starts_on", Value(moment.date()), output_field=DateField())
    return rows.order_by(next_day, "ends_on", "starts_at", "pk")


def span_of_events() -> tuple[dt.date, dt.date] | None:
    """First and last day of all public events; None without any."""
    days = Occurrence.objects.visible_to(AnonymousUser()).aggregate(first=Min("starts_on"), last=Max("ends_on"))
    return (days["first"], days["last"]) if days["first"] else None
