"""People hear of meetings: a line in the workspace, and a mail that says when, never about what."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from cms import outbox
from cms.dates import japanese_date, japanese_time, jst
from directory.actions import notifications
from directory.models import User
from workshops.calendars import meeting_attachment
from workshops.models import Meeting

KIND = "meeting"
MAIL_KIND = "meeting"
#: What is told, as a code; each has its sentence in `workshops.receivers.meetings`, some a mail.
CALLED, MOVED, OFF, POLL, REMIND = "called", "moved", "off", "poll", "remind"
TAKEN, DECLINED, PAPER = "taken", "declined", "paper"
WITH_ENTRY = (CALLED, MOVED, OFF)
MAILS = {
    CALLED: "workshops/mail/meeting_called",
    MOVED: "workshops/mail/meeting_moved",
    OFF: "workshops/mail/meeting_off",
    POLL: "workshops/mail/meeting_poll",
    REMIND: "workshops/mail/meeting_remind",
}


def tell(meeting: Meeting, what: str, *, people: Iterable[User], step: str) -> int:
    """News and a mail for each of them; the same step tells nobody twice. How many were told."""
    people = list(people)
    key = f"meeting:{meeting.pk}:{what}:{step}"
    notifications.notify(kind=KIND, people=people, target=meeting.pk, key=key, what=what, day=code_of(meeting))
    for person in people:
        outbox.post(
            kind=MAIL_KIND,
            to=person.email,
            template=MAILS[what],
            context={
                "user": person.pk,
                "meeting": str(meeting.pk),
                "sequence": meeting.sequence,
                "what": what,
                "path": path_of(meeting.pk, what),
                **when_of(meeting),
            },
            key=f"{key}:{person.pk}",
            attachments=[meeting_attachment(meeting)] if what in WITH_ENTRY and meeting.starts_at else [],
        )
    return len(people)


def tell_in_the_room(meeting: Meeting, what: str, *, people: Iterable[User], step: str) -> None:
    """A line in the workspace only: an answer to a wanted point, a new paper."""
    key = f"meeting:{meeting.pk}:{what}:{step}"
    notifications.notify(kind=KIND, people=people, target=meeting.pk, key=key, what=what, day=code_of(meeting))


def code_of(meeting: Meeting) -> str:
    """The day as a code: 2026-12-08, or "" while it is not set."""
    return jst(meeting.starts_at).date().isoformat() if meeting.starts_at else ""


def path_of(meeting: object, what: str) -> str:
    """Where the news leads; `meeting` is its primary key."""
    name = "members:meeting_days" if what in (POLL, REMIND) else "members:meeting"
    return reverse(name, kwargs={"pk": meeting})


def when_of(meeting: Meeting) -> dict[str, str]:
    """Day and hours in words; empty while they are not set."""
    if meeting.starts_at is None:
        return {"day": "", "hours": ""}
    hours = japanese_time(meeting.starts_at) + "〜" + (japanese_time(meeting.ends_at) if meeting.ends_at else "")
    return {"day": japanese_date(jst(meeting.starts_at).date()), "hours": hours}
