"""Occurrences as entries of a calendar programme (RFC 5545).

The UID of a date never changes; SEQUENCE is the occurrence's own and grows with every change of what the entry says
(workshops.actions); a date called off is CANCELLED, one put off TENTATIVE. Times are Japanese, with their VTIMEZONE.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, Timezone

from cms.dates import jst
from workshops.calendars import PRODUCT
from workshops.models import Occurrence

ZONE = "Asia/Tokyo"
#: How often a programme may ask again.
ASK_AGAIN = dt.timedelta(hours=3)


def public_title(occurrence: Occurrence) -> str:
    """The event's own title, as on its page."""
    return occurrence.event.title


def calendar_text(
    rows: Iterable[Occurrence],
    *,
    name: str,
    title: Callable[[Occurrence], str],
    pages: bool = True,
    more: Iterable[Event] = (),
) -> bytes:
    """A calendar with one entry a row (`event` loaded). `title` names each; `pages` says where to read more.

    `more`: entries that are made already (a member's meetings).
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add_component(Timezone.from_tzid(ZONE, first_date=dt.date(2000, 1, 1)))
    for occurrence in rows:
        calendar.add_component(_entry(occurrence, title(occurrence), pages=pages))
    for entry in more:
        calendar.add_component(entry)
    return calendar.to_ical()


def _entry(occurrence: Occurrence, title: str, *, pages: bool) -> Event:
    event, entry = occurrence.event, Event()
    changed = occurrence.changed_at.astimezone(dt.UTC).replace(microsecond=0)
    entry.add("uid", uid(occurrence))
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", occurrence.sequence)
    entry.add("summary", title)
    entry.add("status", status(occurrence))
    if pages:
        entry.add("url", f"{settings.BASE_URL}/events/{event.slug}/")
    if place := "　".join(part for part in (event.venue_name, event.venue_address) if part):
        entry.add("location", place)
    _add_times(entry, occurrence)
    return entry


def _add_times(entry: Event, occurrence: Occurrence) -> None:
    if occurrence.all_day:
        entry.add("dtstart", occurrence.starts_on)
        entry.add("dtend", occurrence.ends_on + dt.timedelta(days=1))
        return
    entry.add("dtstart", jst(occurrence.starts_at))
    if occurrence.ends_at and occurrence.ends_at > occurrence.starts_at:
        entry.add("dtend", jst(occurrence.ends_at))


def uid(occurrence: Occurrence) -> str:
    """The same for ever, in every feed."""
    return f"occurrence-{occurrence.pk}@{urlsplit(settings.BASE_URL).hostname}"


def status(occurrence: Occurrence) -> str:
    """RFC 5545 §3.8.1.11."""
    if occurrence.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if occurrence.is_postponed else "CONFIRMED"
