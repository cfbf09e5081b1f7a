"""Verbs about minutes: begun, written, opened for changes. How they are amended and confirmed stands beside.

Each verb locks the row of the minutes first: what was read of it is still so when it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cms import audit
from cms.dates import now, today
from cms.guard import Dismissal, Kind
from cms.guard.storing import cleared, kept, remembered
from workshops.actions import minutes_news as news
from workshops.enums import ConfirmBy, MeetingState, MinutesState
from workshops.models import AgendaItem, Meeting, Minutes, Paragraph
from workshops.queries.minutes import Verb, standing, those_who_came, verbs

#: Minutes name days and organisations; what leads to a person is looked for.
PERSONAL = frozenset(Kind) - {Kind.DATE, Kind.ORGANIZATION}
LONGEST_TIME = dt.timedelta(days=60)


@dataclass(frozen=True)
class Words:
    """What somebody typed into a paragraph, and the version they had before them."""

    paragraph: int
    version: int
    text: str


class Stale(Exception):
    """Somebody else has changed these paragraphs in the meantime. Nothing was stored."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        super().__init__("stale")
        self.paragraphs = paragraphs


def locked_row(by: Any, minutes: Minutes, verb: Verb) -> Minutes:
    """The minutes as they stand, for somebody who may do this now. Raises PermissionDenied or ValidationError."""
    by.forget_roles()
    row = Minutes.objects.visible_to(by).filter(pk=minutes.pk).order_by()
    if not row.exists():
        raise PermissionDenied
    found = Minutes.objects.select_for_update().select_related(None).get(pk=minutes.pk)
    who = standing(by, found.meeting)
    if verb in verbs(found, who):
        return found
    if any(verb in verbs(Minutes(state=state), who) for state in MinutesState):
        raise ValidationError(_("These minutes have gone on in the meantime. Please look at them anew."))
    raise PermissionDenied


# --- writing ----------------------------------------------------------------------------------------


@transaction.atomic
def begin(*, by: Any, meeting: Meeting) -> Minutes:
    """Empty minutes with a paragraph for each point of the agenda. Those that exist are returned as they are."""
    by.forget_roles()
    kept_meeting = Meeting.objects.kept_by(by).select_for_update().filter(pk=meeting.pk).order_by().first()
    if kept_meeting is None:
        raise PermissionDenied
    if not kept_meeting.takes_words or kept_meeting.state not in (MeetingState.CALLED, MeetingState.HELD):
        raise ValidationError(_("Minutes are written once the meeting is called, and only where words may be written."))
    minutes, made = Minutes.objects.get_or_create(meeting=kept_meeting)
    if made:
        headings: list[tuple[AgendaItem | None, str]] = [(item, item.title) for item in kept_meeting.agenda.all()]
        headings = headings or [(None, _("What was spoken of"))]
        Paragraph.objects.bulk_create(
            Paragraph(minutes=minutes, item=item, order=order, heading=heading, changed_by=by)
            for order, (item, heading) in enumerate(headings, start=1)
        )
        audit.record("minutes.begun", by=by, target=minutes)
    return minutes


@transaction.atomic
def write(
    *,
    by: Any,
    minutes: Minutes,
    words: Iterable[Words],
    dismissals: Iterable[Dismissal] = (),
    heading: str = "",
    text: str = "",
) -> Minutes:
    """Store what was changed; with a heading one paragraph more. Raises Stale when somebody was quicker: nothing is
    stored then. Raises OpenFindings for words the guard has marked and nobody has decided about."""
    minutes = locked_row(by, minutes, Verb.WRITE)
    stored = {row.pk: row for row in minutes.paragraphs.all()}
    changed = [each for each in words if each.paragraph in stored and each.text != stored[each.paragraph].text]
    stale = [stored[each.paragraph] for each in changed if each.version != stored[each.paragraph].version]
    if stale:
        raise Stale(stale)
    texts = {str(each.paragraph): each.text for each in changed} | {"heading": heading, "text": text}
    look(minutes, texts, dismissals)
    for each in changed:
        put(stored[each.paragraph], each.text, by)
    if heading:
        order = max((row.order for row in stored.values()), default=0) + 1
        Paragraph.objects.create(minutes=minutes, order=order, heading=heading, text=text, changed_by=by)
    if changed or heading:
        count_up(minutes)
        audit.record("minutes.written", by=by, target=minutes, paragraphs=len(changed) + bool(heading))
    return minutes


def look(minutes: Minutes, texts: Mapping[str, str], dismissals: Iterable[Dismissal]) -> None:
    """Let the guard read; what a person called harmless is remembered with the minutes. Raises OpenFindings."""
    before = remembered(minutes.dismissed)
    found = cleared(texts, [*before, *dismissals], names=(), kinds=PERSONAL)
    known = {each.key for each in before}
    fresh = [each for each in found.dismissals if each.key not in known]
    if fresh:
        minutes.dismissed = [*minutes.dismissed, *kept(fresh)]
        minutes.save(update_fields=["dismissed"])


def put(paragraph: Paragraph, text: str, by: Any) -> None:
    paragraph.text, paragraph.version, paragraph.changed_by = text, paragraph.version + 1, by
    paragraph.save(update_fields=["text", "version", "changed_by", "changed_at"])


def count_up(minutes: Minutes) -> None:
    Minutes.objects.filter(pk=minutes.pk).update(version=F("version") + 1)
    minutes.refresh_from_db(fields=["version"])


@transaction.atomic
def open_for_changes(*, by: Any, minutes: Minutes, until: dt.date, confirm_by: str = ConfirmBy.DAY) -> Minutes:
    """Those who came may say, until that day (JST, included), how it should read."""
    minutes = locked_row(by, minutes, Verb.OPEN)
    check_day(until)
    if not any(row.text.strip() for row in minutes.paragraphs.all()):
        raise ValidationError({"": [_("Please write at least one paragraph first.")]})
    minutes.state, minutes.amend_until, minutes.confirm_by = MinutesState.AMENDING, until, ConfirmBy(confirm_by)
    minutes.opened_at = now()
    minutes.save()
    news.tell(minutes, news.OPENED, people=those_who_came(minutes.meeting), step=str(minutes.version))
    audit.record("minutes.opened", by=by, target=minutes, until=until.isoformat(), confirm_by=minutes.confirm_by)
    return minutes


def check_day(until: dt.date) -> None:
    if not today() <= until <= today() + LONGEST_TIME:
        raise ValidationError({"until": [_("Please choose a day between today and sixty days from now.")]})
