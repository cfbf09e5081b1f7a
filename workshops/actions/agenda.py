"""Verbs about the agenda: points, their order, and what members would like to have on it."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from cms import audit
from workshops.actions import meeting_news as news
from workshops.actions.meetings import elsewhere, kept
from workshops.enums import MeetingState, PointState
from workshops.models import AgendaItem, Meeting, WantedPoint

#: K7F-204. Only the number: what the case says stands behind its own door.
CASE_NUMBER = re.compile(r"[A-Z][0-9][A-Z]-[0-9]{3}")
MOST_CASES = 8
MOST_POINTS = 30
#: So many wanted points of one organisation may wait for one meeting.
MOST_WANTED = 5


@transaction.atomic
def write_point(*, by: Any, meeting: Meeting, item: AgendaItem | None = None, **fields: Any) -> AgendaItem:
    """A new last point, or other words for one. Raises PermissionDenied, or ValidationError by field."""
    meeting = kept(by, meeting)
    if item is None:
        if meeting.agenda.count() >= MOST_POINTS:
            raise ValidationError({"title": [_("There are too many points for one meeting.")]})
        item = AgendaItem(meeting=meeting, order=last_order(meeting) + 1)
    elif item.meeting_id != meeting.pk:
        raise PermissionDenied
    if not meeting.takes_words and (fields.get("note") or fields.get("cases")):
        raise ValidationError({"note" if fields.get("note") else "cases": [elsewhere()]})
    for name, value in fields.items():
        setattr(item, name, value)
    item.cases = " ".join(case_numbers(item.cases))
    item.save()
    audit.record("meeting.agenda_written", by=by, target=meeting, item=item.pk)
    return item


@transaction.atomic
def remove_point(*, by: Any, meeting: Meeting, item: AgendaItem) -> None:
    """Take a point off; its papers stay with the meeting."""
    meeting = kept(by, meeting)
    try:
        meeting.agenda.filter(pk=item.pk).delete()
    except ProtectedError as refused:
        raise ValidationError({"": [_("The minutes speak of this point already.")]}) from refused
    audit.record("meeting.agenda_removed", by=by, target=meeting, item=item.pk)


@transaction.atomic
def move_point(*, by: Any, meeting: Meeting, item: AgendaItem, up: bool) -> None:
    """One place up or down; at the end nothing happens. The numbers are made 1, 2, 3 … on the way."""
    meeting = kept(by, meeting)
    items = list(meeting.agenda.all())
    place = next((n for n, each in enumerate(items) if each.pk == item.pk), None)
    if place is None:
        raise PermissionDenied
    other = place - 1 if up else place + 1
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
    for order, each in enumerate(items, start=1):
        each.order = order
    AgendaItem.objects.bulk_update(items, ["order"])
    audit.record("meeting.agenda_ordered", by=by, target=meeting)


def last_order(meeting: Meeting) -> int:
    """The order of the last point; 0 when there is none."""
    return meeting.agenda.aggregate(last=Max("order"))["last"] or 0


def case_numbers(text: str) -> list[str]:
    """The numbers in a line, in their order, each once. Raises ValidationError under "cases" for anything else."""
    words = re.split(r"[\s,、，]+", text.strip().upper()) if text.strip() else []
    if len(words) > MOST_CASES or not all(CASE_NUMBER.fullmatch(word) for word in words):
        raise ValidationError({"cases": [_("Write only the numbers of cases, for example K7F-204.")]})
    return list(dict.fromkeys(words))


# --- what members would like -------------------------------------------------------------------------------


def may_want(user: Any, meeting: Meeting) -> bool:
    """Whoever sees it may wish, as long as it lies ahead."""
    ahead = meeting.state in (MeetingState.POLL, MeetingState.CALLED) and not meeting.is_over
    return ahead and user.organization_id is not None


@transaction.atomic
def want(*, by: Any, meeting: Meeting, title: str, why: str = "", minutes: int | None = None) -> WantedPoint:
    """Please put this on the agenda. Raises PermissionDenied, or ValidationError by field."""
    by.forget_roles()
    seen = Meeting.objects.visible_to(by).filter(pk=meeting.pk).order_by().first()
    if seen is None or not may_want(by, seen):
        raise PermissionDenied
    if not seen.takes_words and why:
        raise ValidationError({"why": [elsewhere()]})
    waiting = seen.wanted_points.filter(organization=by.organization, state=PointState.WAITING)
    if waiting.count() >= MOST_WANTED:
        raise ValidationError({"title": [_("Some of your points wait already. Please let them be answered first.")]})
    point = WantedPoint.objects.create(
        meeting=seen, title=title, why=why, minutes=minutes, organization=by.organization, wanted_by=by
    )
    audit.record("meeting.point_wanted", by=by, target=seen, point=point.pk)
    return point


@transaction.atomic
def take(*, by: Any, point: WantedPoint) -> AgendaItem:
    """It comes onto the agenda, as the last point; its organisation leads it. The reason stays with the wish."""
    meeting = kept(by, point.meeting)
    point = _waiting(point)
    item = AgendaItem.objects.create(
        meeting=meeting,
        order=last_order(meeting) + 1,
        title=point.title,
        minutes=point.minutes,
        led_by=str(point.organization or ""),
    )
    _answer(point, PointState.TAKEN, "", item, by)
    return item


@transaction.atomic
def decline(*, by: Any, point: WantedPoint, answer: str) -> None:
    """Not this time, with a word why. Raises ValidationError without one."""
    kept(by, point.meeting)
    point = _waiting(point)
    if not answer.strip():
        raise ValidationError({"answer": [_("Please write a word why, and when it could be spoken of.")]})
    _answer(point, PointState.DECLINED, answer.strip(), None, by)


def _waiting(point: WantedPoint) -> WantedPoint:
    found = WantedPoint.objects.select_for_update(of=("self",)).select_related("organization", "wanted_by", "meeting")
    row = found.order_by().get(pk=point.pk)
    if row.state != PointState.WAITING:
        raise ValidationError({"": [_("It is answered already.")]})
    return row


def _answer(point: WantedPoint, state: PointState, answer: str, item: AgendaItem | None, by: Any) -> None:
    point.state, point.answer, point.item = state, answer, item
    point.save()
    if point.wanted_by is not None:
        news.tell_in_the_room(point.meeting, str(state.value), people=[point.wanted_by], step=str(point.pk))
    audit.record(f"meeting.point_{state.value}", by=by, target=point.meeting, point=point.pk)
