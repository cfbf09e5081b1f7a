"""Calendar feeds: all public events, and one event as an entry that says only 予定 and the place."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from icalendar import Calendar
from icalendar import Event as Entry

from cms.dates import jst, today
from workshops.calendars import FILE_NAME, MEDIA_TYPE, PRODUCT, neutral_title
from workshops.enums import EventStatus
from workshops.models import Event, Occurrence
from workshops.queries import Wanted, listed

#: The feed looks back so far, that a calendar still shows what was called off yesterday.
LOOKS_BACK = dt.timedelta(days=31)
#: More entries no calendar programme takes gladly.
MOST = 1_000
#: Writing a thousand entries takes about a second, so the text is kept for a while (seconds).
KEPT_FOR = 300


@require_safe
@cache_control(public=True, max_age=900)
def all_events(request: HttpRequest) -> HttpResponse:
    """`/events.ics`: the public calendar with its titles, to subscribe to."""
    rows = listed(Wanted(first=today() - LOOKS_BACK))
    text = cache.get_or_set(_version(rows), lambda: _titled(rows), KEPT_FOR)
    return _answer(text or _titled(rows), "events.ics")


@require_safe
@cache_control(public=True, max_age=900)
def one_event(request: HttpRequest, slug: str) -> HttpResponse:
    """`/events/<slug>.ics`: neutral entries, for a calendar that others may look into."""
    event = get_object_or_404(Event.objects.public(), slug=slug)
    rows: QuerySet[Occurrence] = Occurrence.objects.visible_to(AnonymousUser()).filter(event=event)
    entries = ((occurrence, neutral_title(occurrence)) for occurrence in rows.select_related("event"))
    return _answer(_calendar(entries), FILE_NAME)


def _titled(rows: QuerySet[Occurrence]) -> bytes:
    return _calendar((occurrence, occurrence.event.title) for occurrence in rows[:MOST])


def _version(rows: QuerySet[Occurrence]) -> str:
    """Changes with what is public, with what is called off, and with every event that was changed."""
    off = Count("pk", filter=Q(state=EventStatus.CANCELLED))
    state = rows.order_by().aggregate(count=Count("pk"), ids=Sum("pk"), off=off, at=Max("event__changed_at"))
    at = state["at"].timestamp() if state["at"] else 0
    return f"workshops.events_ics.{state['count']}.{state['ids']}.{state['off']}.{at}"


def _calendar(entries: Iterable[tuple[Occurrence, str]]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Events"))
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    for occurrence, title in entries:
        calendar.add_component(_entry(occurrence, title))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _entry(occurrence: Occurrence, title: str) -> Entry:
    """One occurrence. The UID never changes; the sequence grows with every change of the event."""
    event = occurrence.event
    entry = Entry()
    entry.add("uid", f"occurrence-{occurrence.pk}@{urlsplit(settings.BASE_URL).hostname}")
    entry.add("dtstamp", event.changed_at.astimezone(dt.UTC))
    entry.add("last-modified", event.changed_at.astimezone(dt.UTC))
    entry.add("sequence", int((event.changed_at - event.created_at).total_seconds()) + occurrence.is_cancelled)
    entry.add("summary", title)
    entry.add("url", f"{settings.BASE_URL}/events/{event.slug}/")
    if place := "　".join(part for part in (event.venue_name, event.venue_address) if part):
        entry.add("location", place)
    if occurrence.all_day:
        entry.add("dtstart", occurrence.starts_on)
        entry.add("dtend", occurrence.ends_on + dt.timedelta(days=1))
    else:
        entry.add("dtstart", jst(occurrence.starts_at))
        if occurrence.ends_at:
            entry.add("dtend", jst(occurrence.ends_at))
    entry.add("status", "CANCELLED" if occurrence.is_cancelled else "CONFIRMED")
    return entry


def _answer(text: bytes, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
