"""The end of minutes: confirmed by hand, by the day or at the next meeting; locked a week later; corrected beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit
from cms.dates import now, today
from cms.guard import Dismissal
from cms.guard.storing import cleared, remembered
from workshops.actions import decision_news
from workshops.actions import minutes_news as news
from workshops.actions.minutes import PERSONAL, check_day, count_up, locked_row
from workshops.enums import AmendmentState, ConfirmBy, MinutesState
from workshops.models import Erratum, Meeting, Minutes
from workshops.models.minutes import LOCK_AFTER
from workshops.queries.minutes import Verb, all_agreed, those_who_came


@transaction.atomic
def confirm(*, by: Any, minutes: Minutes, at_meeting: Meeting | None = None) -> Minutes:
    """The words stand: by hand, or at a later meeting of the body. No change may wait for its answer."""
    minutes = locked_row(by, minutes, Verb.CONFIRM)
    if at_meeting is not None and not _later(minutes, at_meeting):
        raise ValidationError({"meeting": [_("Please choose a later meeting of the same body.")]})
    still_open = minutes.confirm_by == ConfirmBy.DAY and minutes.amend_until and minutes.amend_until >= today()
    if still_open and not all_agreed(minutes):
        raise ValidationError({"": [_("Changes may still be proposed. They are confirmed when the day is over.")]})
    return _confirm(minutes, by, at_meeting)


def _later(minutes: Minutes, meeting: Meeting) -> bool:
    return Meeting.objects.filter(
        pk=meeting.pk, body=minutes.meeting.body_id, happened_on__gt=minutes.meeting.happened_on
    ).exists()


def _confirm(minutes: Minutes, by: Any, at_meeting: Meeting | None) -> Minutes:
    waiting = minutes.amendments.filter(state=AmendmentState.OPEN).count()
    if waiting:
        raise ValidationError({"": [_("Changes wait for an answer: %(count)s.") % {"count": waiting}]})
    minutes.state, minutes.confirmed_at = MinutesState.CONFIRMED, now()
    minutes.confirmed_by, minutes.confirmed_in = by, at_meeting
    minutes.save()
    news.tell(minutes, news.CONFIRMED, people=those_who_came(minutes.meeting), step=str(minutes.version))
    decision_news.stand(minutes.meeting)
    audit.record("minutes.confirmed", by=by, target=minutes, version=minutes.version)
    return minutes


def confirm_due(*, on: dt.date) -> int:
    """Those whose day is over and in which no change waits; how many. Asked again and again, done once."""
    over = Minutes.objects.filter(state=MinutesState.AMENDING, confirm_by=ConfirmBy.DAY, amend_until__lt=on)
    settled = over.exclude(amendments__state=AmendmentState.OPEN).order_by("pk").values_list("pk", flat=True)
    return sum(_confirm_one(pk, on) for pk in list(settled[:100]))


@transaction.atomic
def _confirm_one(pk: int, on: dt.date) -> bool:
    minutes = Minutes.objects.select_for_update().get(pk=pk)
    due = minutes.amend_until is not None and minutes.amend_until < on
    if minutes.state != MinutesState.AMENDING or not due:
        return False
    if minutes.amendments.filter(state=AmendmentState.OPEN).exists():
        return False
    _confirm(minutes, None, None)
    return True


@transaction.atomic
def reopen(*, by: Any, minutes: Minutes, until: dt.date) -> Minutes:
    """Open them for changes once more, before the lock."""
    minutes = locked_row(by, minutes, Verb.REOPEN)
    check_day(until)
    minutes.state, minutes.amend_until = MinutesState.AMENDING, until
    minutes.confirmed_at = minutes.confirmed_by = minutes.confirmed_in = None
    minutes.save()
    count_up(minutes)  # consents to the earlier words count as earlier
    news.tell(minutes, news.OPENED, people=those_who_came(minutes.meeting), step=str(minutes.version))
    audit.record("minutes.reopened", by=by, target=minutes, until=until.isoformat())
    return minutes


@transaction.atomic
def lock(*, by: Any, minutes: Minutes) -> Minutes:
    """From now on nobody changes them. The sum over the words is kept."""
    minutes = locked_row(by, minutes, Verb.LOCK)
    return _lock(minutes, by)


def _lock(minutes: Minutes, by: Any) -> Minutes:
    minutes.state, minutes.locked_at, minutes.sha256 = MinutesState.LOCKED, now(), minutes.digest()
    minutes.save()
    audit.record("minutes.locked", by=by, target=minutes, sha256=minutes.sha256)
    return minutes


def lock_due(*, at: dt.datetime) -> int:
    """Those that were confirmed a week ago; how many."""
    due = Minutes.objects.filter(state=MinutesState.CONFIRMED, confirmed_at__lte=at - LOCK_AFTER)
    return sum(_lock_one(pk, at) for pk in list(due.order_by("pk").values_list("pk", flat=True)[:100]))


@transaction.atomic
def _lock_one(pk: int, at: dt.datetime) -> bool:
    minutes = Minutes.objects.select_for_update().get(pk=pk)
    confirmed = minutes.confirmed_at
    if minutes.state != MinutesState.CONFIRMED or confirmed is None or confirmed > at - LOCK_AFTER:
        return False
    _lock(minutes, None)
    return True


@transaction.atomic
def correct(*, by: Any, minutes: Minutes, text: str, dismissals: Iterable[Dismissal] = ()) -> Erratum:
    """Say beside locked minutes what is right."""
    minutes = locked_row(by, minutes, Verb.CORRECT)
    cleared({"text": text}, [*remembered(minutes.dismissed), *dismissals], names=(), kinds=PERSONAL)
    erratum = Erratum.objects.create(minutes=minutes, text=text, written_by=by)
    audit.record("minutes.corrected", by=by, target=minutes, erratum=erratum.pk)
    return erratum
