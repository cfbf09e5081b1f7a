"""Papers of a meeting: put there, replaced by a newer version, taken back, taken out by readers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from cms import audit
from cms.dates import now
from workshops.actions import meeting_news as news
from workshops.actions.meetings import elsewhere, kept
from workshops.enums import MeetingState
from workshops.models import AgendaItem, Meeting, Paper, PaperDownload
from workshops.queries.meetings import people_of

MOST_PAPERS = 40


@transaction.atomic
def put(
    *,
    by: Any,
    meeting: Meeting,
    upload: Any,
    title: str = "",
    item: AgendaItem | None = None,
    replaces: Paper | None = None,
) -> Paper:
    """A new paper, or the next version of one: it keeps number, title and point. `upload` is a CheckedUpload.

    Raises PermissionDenied, or ValidationError by field.
    """
    meeting = kept(by, meeting)
    if not meeting.takes_words:
        raise ValidationError({"upload": [elsewhere()]})
    if (item and item.meeting_id != meeting.pk) or (replaces and replaces.meeting_id != meeting.pk):
        raise PermissionDenied
    if meeting.papers.count() >= MOST_PAPERS:
        raise ValidationError({"upload": [_("There are too many papers for one meeting.")]})
    if replaces is not None and Paper.objects.filter(replaces=replaces).exists():
        raise ValidationError({"upload": [_("A newer version is there already. Please replace that one.")]})
    last = meeting.papers.aggregate(last=Max("number"))["last"] or 0
    paper = Paper.objects.create(
        meeting=meeting,
        item=replaces.item if replaces else item,
        title=title or (replaces.title if replaces else upload.name.rsplit(".", 1)[0][:120]),
        number=replaces.number if replaces else last + 1,
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
        **Paper.of(upload, by=by),
    )
    if meeting.state == MeetingState.CALLED:
        news.tell_in_the_room(meeting, news.PAPER, people=people_of(meeting), step=str(paper.pk))
    audit.record("meeting.paper_put", by=by, target=meeting, paper=str(paper.pk), version=paper.version)
    return paper


@transaction.atomic
def take_back(*, by: Any, paper: Paper) -> None:
    """It should not have been there: the file is deleted, only the line that there was one stays."""
    meeting = kept(by, paper.meeting)
    row = Paper.objects.select_for_update().order_by().get(pk=paper.pk)
    if row.withdrawn_at is None:
        name, storage = str(row.file.name), row.file.storage
        row.withdrawn_at = now()
        row.save(update_fields=["withdrawn_at"])
        transaction.on_commit(lambda: storage.delete(name))
    audit.record("meeting.paper_taken_back", by=by, target=meeting, paper=str(paper.pk))


def hand_out(*, by: Any, paper: Paper) -> FileResponse:
    """The file, and a line that this person took it out. Raises Http404 for who may not see it."""
    found = Paper.objects.visible_to(by).filter(pk=paper.pk).first()
    if found is None:
        raise Http404
    answer = found.answer()
    PaperDownload.objects.create(paper=found, user=by)
    return answer
