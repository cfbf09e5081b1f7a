"""Verbs about decisions: written with the minutes, reported on, looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cms import audit
from cms.dates import ERAS, jst, today
from cms.guard import Dismissal
from cms.guard.storing import cleared
from workshops.actions import decision_news as news
from workshops.actions.minutes import PERSONAL
from workshops.actions.minutes_news import keepers
from workshops.enums import WAITING_DECISIONS, DecisionState, MeetingState, MinutesState
from workshops.models import AgendaItem, Decision, DecisionStep, Meeting, Minutes

ERA_SIGNS = {"令和": "R", "平成": "H", "昭和": "S"}
#: What an owner may report; giving up and looking again belong to who keeps the meeting.
OWN_REPORTS = (DecisionState.UNDER_WAY, DecisionState.DONE, DecisionState.REVIEW)
FIELDS = ("organization", "department", "person", "due", "review_on", "charter_version")


def number_of(meeting: Meeting, order: int) -> str:
    """R8-09-1: year of the era, number of the meeting (without one its month and day), running number."""
    day = day_of(meeting)
    start, era = next(((start, name) for start, name in ERAS if day >= start), (None, ""))
    year = f"{ERA_SIGNS[era]}{day.year - start.year + 1}" if start else str(day.year)
    which = f"{meeting.number:02d}" if meeting.number else f"{day:%m%d}"
    return f"{year}-{which}-{order}"


def day_of(meeting: Meeting) -> dt.date:
    """The day of the meeting, as far as it is known; the first of the month or year where it is not."""
    if meeting.starts_at:
        return jst(meeting.starts_at).date()
    parts = [int(part) for part in meeting.happened_on.split("-") if part] if meeting.happened_on else []
    return dt.date(*[*parts, 1, 1][:3]) if parts else today()


@transaction.atomic
def decide(*, by: Any, meeting: Meeting, text: str, dismissals: Iterable[Dismissal] = (), **fields: Any) -> Decision:
    """Write down what the meeting settled. ValidationError by field; OpenFindings for words the guard has marked."""
    meeting = _kept(by, meeting)
    if meeting.state not in (MeetingState.CALLED, MeetingState.HELD) or not meeting.takes_words:
        raise ValidationError({"": [_("Decisions are written down once the meeting is called.")]})
    check_owner(fields)
    cleared({"text": text}, dismissals, names=(), kinds=PERSONAL)
    order = (meeting.decisions.aggregate(last=Max("order"))["last"] or 0) + 1
    chosen = {name: fields[name] for name in FIELDS if name in fields}
    behind = news.steps_behind(fields.get("due"), today())
    decision = Decision.objects.create(
        meeting=meeting, order=order, number=number_of(meeting, order), text=text, reminded=behind, **chosen
    )
    DecisionStep.objects.create(decision=decision, state=decision.state, by=by)
    audit.record("decision.written", by=by, target=decision, number=decision.number)
    if _stands(meeting):
        news.tell(decision, news.GIVEN, people=news.who_sees_to_it(decision), step=str(decision.pk))
    return decision


@transaction.atomic
def change(*, by: Any, decision: Decision, text: str, dismissals: Iterable[Dismissal] = (), **fields: Any) -> Decision:
    """Another owner or day at any time; other words only until the minutes are confirmed."""
    meeting = _kept(by, decision.meeting)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if text != decision.text and _stands(meeting):
        raise ValidationError({"text": [_("The minutes are confirmed: the wording stays. Write a new decision.")]})
    check_owner(fields)
    if text != decision.text:
        cleared({"text": text}, dismissals, names=(), kinds=PERSONAL)
    was, owner = decision.due, (decision.organization_id, decision.person_id)
    decision.text = text
    for name in FIELDS:
        if name in fields:
            setattr(decision, name, fields[name])
    if decision.due != was:
        decision.reminded = news.steps_behind(decision.due, today())
    decision.save()
    audit.record("decision.changed", by=by, target=decision, number=decision.number)
    if _stands(meeting) and owner != (decision.organization_id, decision.person_id):
        step = f"{decision.pk}:{timezone.now():%Y%m%d%H%M%S}"
        news.tell(decision, news.GIVEN, people=news.who_sees_to_it(decision), step=step)
    return decision


def check_owner(fields: dict[str, Any]) -> None:
    """Department and person belong to the organisation. ValidationError by field."""
    organization = fields.get("organization")
    for name, sentence in (
        ("department", _("This department belongs to another organisation.")),
        ("person", _("This person belongs to another organisation.")),
    ):
        chosen = fields.get(name)
        if chosen is not None and organization is not None and chosen.organization_id != organization.pk:
            raise ValidationError({name: [sentence]})


def reports_of(user: Any, decision: Decision) -> tuple[DecisionState, ...]:
    """What this person may say of the decision now: who keeps the meeting anything, who sees to it how far it is."""
    if Meeting.objects.kept_by(user).filter(pk=decision.meeting_id).exists():
        return tuple(DecisionState)
    owned = Decision.objects.visible_to(user).owned_by(user).filter(pk=decision.pk).exists()
    return OWN_REPORTS if owned and decision.is_waiting and _stands(decision.meeting) else ()


@transaction.atomic
def report(
    *, by: Any, decision: Decision, state: str, note: str = "", dismissals: Iterable[Dismissal] = ()
) -> Decision:
    """How far it is, in a sentence. The same state again with a sentence is a line of the history too."""
    by.forget_roles()
    decision = Decision.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=decision.pk)
    if state not in reports_of(by, decision):
        raise PermissionDenied
    if state == DecisionState.DROPPED and not note.strip():
        raise ValidationError({"note": [_("Please say in a sentence why it is given up.")]})
    cleared({"note": note}, dismissals, names=(), kinds=PERSONAL)
    _step(decision, DecisionState(state), by, note)
    people = [person for person in keepers(decision.meeting) if person.pk != by.pk]
    news.tell(decision, news.REPORTED, people=people, step=f"{decision.pk}:{decision.steps.count()}")
    audit.record("decision.reported", by=by, target=decision, number=decision.number, state=state)
    return decision


def _step(decision: Decision, state: DecisionState, by: Any, note: str) -> None:
    decision.state = state
    decision.ended_at = None if state in WAITING_DECISIONS else timezone.now()
    decision.save(update_fields=["state", "ended_at"])
    DecisionStep.objects.create(decision=decision, state=state, by=by, note=note)


@transaction.atomic
def back_to_the_agenda(*, by: Any, decision: Decision, meeting: Meeting) -> AgendaItem:
    """Look at it again at a coming meeting of the same body: a point of its agenda. Once a meeting."""
    _kept(by, decision.meeting)
    meeting = _kept(by, meeting)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    coming = meeting.state in (MeetingState.DRAFT, MeetingState.POLL, MeetingState.CALLED)
    if meeting.body_id != decision.meeting.body_id or not coming:
        raise ValidationError({"meeting": [_("Please choose a coming meeting of the same body.")]})
    title = _("Looking again at decision %(number)s") % {"number": decision.number}
    there = meeting.agenda.filter(title=title).first()
    if there is not None:
        return there
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, order=last + 1, title=title)
    decision.review_on = day_of(meeting) if meeting.starts_at or meeting.happened_on else decision.review_on
    decision.save(update_fields=["review_on"])
    _step(decision, DecisionState.REVIEW, by, "")
    audit.record("decision.to_the_agenda", by=by, target=decision, number=decision.number, item=item.pk)
    return item


def _kept(by: Any, meeting: Meeting) -> Meeting:
    by.forget_roles()
    found = Meeting.objects.kept_by(by).select_for_update(of=("self",)).filter(pk=meeting.pk).order_by().first()
    if found is None:
        raise PermissionDenied
    return found


def _stands(meeting: Meeting) -> bool:
    confirmed = (MinutesState.CONFIRMED, MinutesState.LOCKED)
    return Minutes.objects.filter(meeting=meeting, state__in=confirmed).exists()
