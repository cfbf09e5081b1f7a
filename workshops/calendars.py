"""An occurrence as an entry of a calendar that the family may see: it says 予定 and the place, never the title."""

import datetime as dt
from typing import cast

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cms.dates import now
from workshops.enums import Format, MeetingState, Way
from workshops.models import Meeting, Occurrence, Registration

MEDIA_TYPE = "text/calendar"
FILE_NAME = "yotei.ics"
PRODUCT = "-//Tsunagari//JA"


def place_of(occurrence: Occurrence, way: Way | str = "") -> str:
    """The venue, or 「オンライン」 for who takes part online; "" when neither is known."""
    event = occurrence.event
    if way == Way.ONLINE and (event.format == Format.BOTH or not event.venue_name):
        return _("online")
    return event.venue_name


def neutral_title(occurrence: Occurrence, way: Way | str = "") -> str:
    """「予定（水辺のいえ）」."""
    place = place_of(occurrence, way)
    return _("Plans (%(venue)s)") % {"venue": place} if place else _("Plans")


def own_entry(registration: Registration) -> str:
    """The .ics text of a registration: it follows the day, and goes when the day or the registration does.

    A day put off is CANCELLED until the new one is known, so that no calendar rings on the old one.
    """
    occurrence = registration.occurrence
    gone = not registration.is_open
    return neutral_entry(
        occurrence,
        uid=f"{registration.pk}@tsunagari",
        sequence=occurrence.sequence + gone,
        cancelled=gone or occurrence.is_postponed,
        way=registration.way,
    )


def own_attachment(registration: Registration) -> tuple[str, str, str]:
    """The same as a file for a mail."""
    return FILE_NAME, own_entry(registration), MEDIA_TYPE


def neutral_entry(
    occurrence: Occurrence, *, uid: str, sequence: int = 0, cancelled: bool = False, way: Way | str = ""
) -> str:
    """An .ics text with one entry. `uid` must not change for the same registration; a higher sequence replaces it."""
    entry = Event()
    entry.add("uid", uid)
    entry.add("sequence", sequence)
    entry.add("dtstamp", now().astimezone(dt.UTC))
    entry.add("summary", neutral_title(occurrence, way))
    entry.add("class", "PRIVATE")
    if occurrence.all_day:
        entry.add("dtstart", occurrence.starts_on)
        entry.add("dtend", occurrence.ends_on + dt.timedelta(days=1))
    else:
        entry.add("dtstart", occurrence.starts_at.astimezone(dt.UTC))
        if occurrence.ends_at:
            entry.add("dtend", occurrence.ends_at.astimezone(dt.UTC))
    if cancelled or occurrence.is_cancelled:
        entry.add("status", "CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return calendar.to_ical().decode("utf-8")


# --- meetings of members --------------------------------------------------------------------------------


def meeting_entry(meeting: Meeting) -> Event:
    """A called meeting as an entry: 「予定（市役所3階）」, never what it is about. Its day must be set."""
    starts = cast("dt.datetime", meeting.starts_at)
    entry = Event()
    entry.add("uid", f"meeting-{meeting.pk}@tsunagari")
    entry.add("sequence", meeting.sequence)
    entry.add("dtstamp", meeting.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    entry.add("summary", _("Plans (%(venue)s)") % {"venue": meeting.place} if meeting.place else _("Plans"))
    entry.add("class", "PRIVATE")
    entry.add("dtstart", starts.astimezone(dt.UTC))
    if meeting.ends_at:
        entry.add("dtend", meeting.ends_at.astimezone(dt.UTC))
    entry.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    return entry


def meeting_attachment(meeting: Meeting) -> tuple[str, str, str]:
    """The same as a file for a mail."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(meeting_entry(meeting))
    return FILE_NAME, calendar.to_ical().decode("utf-8"), MEDIA_TYPE
