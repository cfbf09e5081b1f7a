"""Questions over events, their occurrences and their pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.dates import now
from workshops.enums import HOLDING, RegistrationMode
from workshops.models import Event, Occurrence, Registration

#: With so many free seats, or fewer, a card says how many are left.
FEW = 3


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
