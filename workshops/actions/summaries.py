"""Verbs about public summaries: one person writes, another one shows them to residents, either takes them down."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit
from cms.dates import now
from cms.guard import Dismissal
from cms.guard.storing import cleared, kept
from directory.models import User
from workshops.actions.agenda import CASE_NUMBER
from workshops.actions.minutes import PERSONAL, Stale
from workshops.enums import SummaryState
from workshops.models import Meeting, Minutes, Summary
from workshops.models.minutes import READ_BY_ALL
from workshops.permissions import may_publish_summaries, may_write_summaries

SPACES = re.compile(r"[\s　]+")


def refuse_names(text: str) -> None:
    """No case number, no name of anybody who has a login here. ValidationError under "text" says which kind it was."""
    if CASE_NUMBER.search(text):
        raise ValidationError({"text": [_("There is a number of a case in it. Residents must not see it.")]})
    together = SPACES.sub("", text)
    for name in User.objects.filter(is_active=True).values_list("name", flat=True):
        bare = SPACES.sub("", name)
        if len(bare) >= 3 and bare in together:
            raise ValidationError({"text": [_("There is a person's name in it. Please say it without the name.")]})


@transaction.atomic
def write(
    *, by: Any, meeting: Meeting, text: str, version: int = 0, hand_in: bool, dismissals: Iterable[Dismissal] = ()
) -> Summary:
    """Write it, and (`hand_in`) ask a second person to show it. What is shown is taken down first.

    `version` is the one that was read, 0 before the first. Raises ValidationError, OpenFindings, or Stale.
    """
    by.forget_roles()
    if not may_write_summaries(by):
        raise PermissionDenied
    meeting = Meeting.objects.select_for_update(of=("self",)).order_by().get(pk=meeting.pk)
    if not Minutes.objects.filter(meeting=meeting, state__in=READ_BY_ALL).exists():
        raise ValidationError({"text": [_("The minutes are not confirmed yet.")]})
    refuse_names(text)
    summary = Summary.objects.filter(meeting=meeting).first()
    if (summary.version if summary else 0) != version:
        raise Stale([])
    if summary is not None and summary.state == SummaryState.PUBLISHED:
        raise ValidationError({"text": [_("It is shown to residents. Please take it down first.")]})
    found = cleared({"text": text}, dismissals, names=(), kinds=PERSONAL)
    summary = summary or Summary(meeting=meeting, version=0)
    summary.text, summary.written_by, summary.dismissed = text, by, kept(found.dismissals)
    summary.state = SummaryState.WAITING if hand_in else SummaryState.DRAFT
    summary.published_by, summary.published_at = None, None
    summary.version += 1
    summary.save()
    audit.record("summary.written", by=by, target=summary, state=summary.state)
    return summary


@transaction.atomic
def publish(*, by: Any, summary: Summary, version: int) -> Summary:
    """Show these very words to residents. Not by the person who wrote them."""
    by.forget_roles()
    summary = Summary.objects.select_for_update(of=("self",)).get(pk=summary.pk)
    if not may_publish_summaries(by):
        raise PermissionDenied
    if summary.written_by_id == by.pk:
        raise ValidationError(_("Somebody else shows it: two people look at what becomes public."))
    if summary.state != SummaryState.WAITING or summary.version != version:
        raise ValidationError(_("It has changed while you were reading. Please look once more."))
    refuse_names(summary.text)
    summary.state, summary.published_by, summary.published_at = SummaryState.PUBLISHED, by, now()
    summary.save()
    audit.record("summary.published", by=by, target=summary, version=version)
    return summary


@transaction.atomic
def take_down(*, by: Any, summary: Summary) -> Summary:
    """At once, by one person."""
    by.forget_roles()
    if not (may_publish_summaries(by) or may_write_summaries(by)):
        raise PermissionDenied
    summary = Summary.objects.select_for_update(of=("self",)).get(pk=summary.pk)
    summary.state = SummaryState.TAKEN_DOWN
    summary.save()
    audit.record("summary.taken_down", by=by, target=summary)
    return summary
