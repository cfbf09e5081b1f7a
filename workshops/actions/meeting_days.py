"""Looking for a day: times are proposed, each says ○△×, who is silent is reminded, one day is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit
from cms.dates import jst, now, today
from cms.models import Mail
from directory.models import Organization
from workshops.actions import meeting_news as news
from workshops.actions import meetings
from workshops.enums import Asked, Mark, MeetingState
from workshops.models import DayMark, DayOption, DayReply, Meeting
from workshops.queries.meeting_days import day_table
from workshops.queries.meetings import asking, people_of

#: More than these nobody reads.
MOST_DAYS = 12
LONGEST_NOTE = 300


@transaction.atomic
def propose(
    *,
    by: Any,
    meeting: Meeting,
    times: Sequence[tuple[dt.datetime, dt.datetime | None]],
    answers_until: dt.date | None,
    asked: str = Asked.ORGANIZATION,
) -> Meeting:
    """Propose times, or further ones. With the first of them everybody is asked; times that stand are left alone.

    Raises ValidationError under "times".
    """
    meeting = meetings.kept(by, meeting)
    _looking_or_draft(meeting)
    there = set(meeting.options.values_list("starts_at", flat=True))
    new = {start: end for start, end in times if start not in there}
    if any(start <= now() for start in new):
        raise ValidationError({"times": [_("This moment is over already.")]})
    if any(end and end < start for start, end in new.items()):
        raise ValidationError({"times": [_("The end is before the beginning.")]})
    if len(there) + len(new) > MOST_DAYS or not (there or new):
        raise ValidationError({"times": [_("Please propose 1 to %(most)s times.") % {"most": MOST_DAYS}]})
    DayOption.objects.bulk_create(DayOption(meeting=meeting, starts_at=s, ends_at=e) for s, e in sorted(new.items()))
    if meeting.asked != asked:
        meeting.day_replies.all().delete()
    first = meeting.state == MeetingState.DRAFT
    meeting.sequence += first
    meeting.state, meeting.asked, meeting.answers_until = MeetingState.POLL, asked, answers_until
    meeting.save()
    if first:
        news.tell(meeting, news.POLL, people=people_of(meeting), step="first")
    audit.record("meeting.days_proposed", by=by, target=meeting, days=len(new))
    return meeting


@transaction.atomic
def drop(*, by: Any, meeting: Meeting, option: int) -> None:
    """A time that is not possible after all, with what was said to it."""
    meeting = meetings.kept(by, meeting)
    _looking_or_draft(meeting)
    meeting.options.filter(pk=option).delete()
    audit.record("meeting.day_dropped", by=by, target=meeting)


@transaction.atomic
def mark(*, by: Any, meeting: Meeting, option: int, mark: str, instead_of: Organization | None = None) -> DayMark:
    """Say ○, △ or × to one time, or say it anew. Who keeps the meeting may write down what was said by telephone.

    Raises PermissionDenied for who is not asked, ValidationError when the time or the mark is none.
    """
    reply = reply_of(by=by, meeting=meeting, instead_of=instead_of)
    found = reply.meeting.options.filter(pk=option).first()
    if found is None or mark not in Mark.values:
        raise ValidationError({"": [_("This time is not proposed any more.")]})
    reply.written_by = by
    reply.save()
    return DayMark.objects.update_or_create(reply=reply, option=found, defaults={"mark": mark})[0]


@transaction.atomic
def annotate(*, by: Any, meeting: Meeting, note: str) -> DayReply:
    """A word to all times together; empty takes it back."""
    if len(note) > LONGEST_NOTE:
        raise ValidationError({"note": [_("Please write at most %(most)s characters.") % {"most": LONGEST_NOTE}]})
    reply = reply_of(by=by, meeting=meeting)
    reply.note, reply.written_by = note, by
    reply.save()
    return reply


def reply_of(*, by: Any, meeting: Meeting, instead_of: Organization | None = None) -> DayReply:
    """The answer that this person may write: of the own organisation, of themselves, or of one that telephoned."""
    by.forget_roles()
    if instead_of is not None:
        meeting = meetings.kept(by, meeting)
        if meeting.asked != Asked.ORGANIZATION or instead_of.pk not in meeting.invited():
            raise PermissionDenied
    elif not asking(by).filter(pk=meeting.pk).exists():
        raise PermissionDenied
    meeting = Meeting.objects.select_for_update().order_by().get(pk=meeting.pk)
    if meeting.state != MeetingState.POLL:
        raise ValidationError({"": [_("The day is no longer being looked for.")]})
    if meeting.asked == Asked.PERSON:
        return DayReply.objects.get_or_create(meeting=meeting, person=by, defaults={"written_by": by})[0]
    organization = instead_of or by.organization
    return DayReply.objects.get_or_create(meeting=meeting, organization=organization, defaults={"written_by": by})[0]


@transaction.atomic
def remind(*, by: Any, meeting: Meeting) -> int:
    """Ask those again who have not answered everything; once a day at most. How many people were asked."""
    meeting = meetings.kept(by, meeting)
    if meeting.state != MeetingState.POLL:
        raise ValidationError({"": [_("The day is no longer being looked for.")]})
    if Mail.objects.filter(key__startswith=f"meeting:{meeting.pk}:{news.REMIND}:{today().isoformat()}").exists():
        raise ValidationError({"": [_("They were reminded today already.")]})
    silent = {row.pk for row in day_table(meeting, by).rows if not row.is_answered}
    people = people_of(meeting)
    if meeting.asked == Asked.PERSON:
        people = [person for person in people if person.pk in silent]
    else:
        people = [person for person in people if person.organization_id in silent]
    audit.record("meeting.reminded", by=by, target=meeting, people=len(people))
    return news.tell(meeting, news.REMIND, people=people, step=today().isoformat())


@transaction.atomic
def choose(*, by: Any, meeting: Meeting, option: int) -> Meeting:
    """This is the day: the meeting is called, everybody is told, calendars take it up."""
    meeting = meetings.kept(by, meeting)
    if meeting.state != MeetingState.POLL:
        raise ValidationError({"": [_("The day is no longer being looked for.")]})
    chosen = meeting.options.filter(pk=option).first()
    if chosen is None:
        raise ValidationError({"": [_("This time is not proposed any more.")]})
    meeting.starts_at, meeting.ends_at = chosen.starts_at, chosen.ends_at
    meeting.happened_on = jst(chosen.starts_at).date().isoformat()
    meeting.save()
    return meetings.call(by=by, meeting=meeting)


def _looking_or_draft(meeting: Meeting) -> None:
    if meeting.state not in (MeetingState.DRAFT, MeetingState.POLL):
        raise ValidationError({"": [_("The day is no longer being looked for.")]})
