"""Meetings: what their news says, who may still read it, what the outbox asks before it sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import outbox
from cms.dates import japanese_date
from cms.models import Mail
from directory.actions import notifications
from directory.models import Notification, User
from workshops.actions import meeting_news as news
from workshops.enums import MeetingState
from workshops.models import Meeting

#: In which state a mail of each kind still says what is so; all others are about a search for a day.
STATES = {
    news.CALLED: MeetingState.CALLED,
    news.MOVED: MeetingState.CALLED,
    news.OFF: MeetingState.CANCELLED,
}
SENTENCES = {
    news.CALLED: gettext_lazy("The day of a meeting is set%(day)s."),
    news.MOVED: gettext_lazy("Day or place of a meeting have changed%(day)s."),
    news.OFF: gettext_lazy("A meeting is not held%(day)s."),
    news.POLL: gettext_lazy("A day for a meeting is being looked for: please say when you can come."),
    news.REMIND: gettext_lazy("Your answer about the day of a meeting is missing."),
    news.TAKEN: gettext_lazy("The point you asked for is on the agenda%(day)s."),
    news.DECLINED: gettext_lazy("There is an answer to the point you asked for%(day)s."),
    news.PAPER: gettext_lazy("There is a new paper for a meeting%(day)s."),
}


def sees(user: Any, targets: Sequence[str]) -> dict[str, str]:
    """Those meetings this person may see at this moment, with their titles. One query."""
    rows = Meeting.objects.visible_to(user).filter(pk__in=list(targets)).order_by()
    return {str(pk): title for pk, title in rows.values_list("pk", "title")}


def path(row: Notification) -> str:
    """Where a line of news leads."""
    return news.path_of(row.target, str(row.codes.get("what")))


def sentence(row: Notification) -> str:
    """One line of news: what happened, and the day; never the title."""
    day = row.codes.get("day")
    words = str(SENTENCES.get(str(row.codes.get("what"))) or _("There is news about a meeting%(day)s."))
    said = f"（{japanese_date(dt.date.fromisoformat(day))}）" if day else ""
    return words % {"day": said} if "%(day)s" in words else words


def still_stands(mail: Mail) -> bool:
    """Only to who may see it now, and only as long as it says what is so."""
    facts: Any = mail.context
    person = User.objects.filter(pk=facts["user"], is_active=True).first()
    meeting = Meeting.objects.filter(pk=facts["meeting"]).first()
    if person is None or meeting is None or not sees(person, [facts["meeting"]]):
        return False
    return meeting.state == STATES.get(facts["what"], MeetingState.POLL) and meeting.sequence == facts["sequence"]


def register() -> None:
    """Called once when the house starts."""
    label = gettext_lazy("Meetings")
    kind = notifications.Kind(
        name=news.KIND,
        label=label,
        sees=sees,
        sentence=sentence,
        path=path,
        thing="meeting",
        title=lambda row: row.thing,
    )
    notifications.register_kind(kind)
    outbox.register_kind(
        news.MAIL_KIND, still_stands, label=gettext_lazy("Meetings: day set, moved, called off, asked for")
    )
