"""Times of a consultation as one says them: until when the desk answers, when somebody may be reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms import dates
from directory.enums import ContactWay
from directory.hours.wording import closes_words, opens_words
from directory.models import Consultation
from directory.models.consultations.contact import Contact

SOON = dt.timedelta(hours=8)
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Due:
    """A sentence about the clock; `late` where it is pressing."""

    words: str
    late: bool = False


def length(span: dt.timedelta) -> str:
    """「2時間」「40分」「3日」: about how long."""
    if span < HOUR:
        minutes = max(1, int(span.total_seconds() // 60))
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if span < 24 * HOUR:
        hours = int(span / HOUR)
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d day", "%(count)d days", span.days) % {"count": span.days}


def due(consultation: Consultation, now: dt.datetime) -> Due | None:
    """Until when the desk answers; None while it is the person's turn or over."""
    until = consultation.reply_by
    if not consultation.waits_for_desk or until is None:
        return None
    if until < now:
        return Due(_("Late by %(length)s. The answer was promised by %(when)s.") % {
            "length": length(now - until), "when": closes_words(until, now)
        }, late=True)  # fmt: skip
    if consultation.is_urgent:
        return Due(_("Here since %(length)s. Please answer as soon as you can.") % {
            "length": length(now - consultation.moved_at)
        }, late=True)  # fmt: skip
    if until - now < SOON:
        return Due(_("Answer by %(when)s (%(length)s left)") % {
            "when": closes_words(until, now), "length": length(until - now)
        }, late=True)  # fmt: skip
    return Due(_("Answer by %(when)s") % {"when": closes_words(until, now)})


def hours(contact: Contact) -> str:
    """「月・水 10時〜12時だけ」; "" where they said nothing (then by day alone)."""
    days = (
        "・".join(dates.WEEKDAYS[day] for day in sorted(contact.days))
        if len(contact.days) < len(dates.WEEKDAYS)
        else ""
    )
    span = ""
    if contact.since and contact.until:
        since, until = dt.time.fromisoformat(contact.since), dt.time.fromisoformat(contact.until)
        span = f"{dates.japanese_time(since)}〜{dates.japanese_time(until)}"
    said = " ".join(part for part in (days, span) if part)
    return _("only %(when)s") % {"when": said} if said else ""


def may_be_reached(contact: Contact) -> bool:
    """They gave a way at all."""
    return contact.way != ContactWay.NONE


def not_now(contact: Contact, now: dt.datetime) -> str:
    """When it is safe again, as one says it; "" if it is safe now, or if nobody reaches out anyway."""
    if not may_be_reached(contact) or contact.is_safe(now):
        return ""
    return opens_words(contact.next_safe(now), now)
