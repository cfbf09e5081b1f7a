"""An occurrence as an entry of a calendar that the family may see: it says 予定 and the place, never the title."""

import datetime as dt

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cms.dates import now
from workshops.models import Occurrence

MEDIA_TYPE = "text/calendar"
FILE_NAME = "yotei.ics"
PRODUCT = "-//Tsunagari//JA"


def neutral_title(occurrence: Occurrence) -> str:
    """「予定（水辺のいえ）」."""
    venue = occurrence.event.venue_name
    return _("Plans (%(venue)s)") % {"venue": venue} if venue else _("Plans")


def neutral_entry(occurrence: Occurrence, *, uid: str, sequence: int = 0) -> str:
    """An .ics text with one entry. `uid` must not change for the same registration; a higher sequence replaces it."""
    entry = Event()
    entry.add("uid", uid)
    entry.add("sequence", sequence)
    entry.add("dtstamp", now().astimezone(dt.UTC))
    entry.add("summary", neutral_title(occurrence))
    entry.add("class", "PRIVATE")
    if occurrence.all_day:
        entry.add("dtstart", occurrence.starts_on)
        entry.add("dtend", occurrence.ends_on + dt.timedelta(days=1))
    else:
        entry.add("dtstart", occurrence.starts_at.astimezone(dt.UTC))
        if occurrence.ends_at:
            entry.add("dtend", occurrence.ends_at.astimezone(dt.UTC))
    if occurrence.is_cancelled:
        entry.add("status", "CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return calendar.to_ical().decode("utf-8")
