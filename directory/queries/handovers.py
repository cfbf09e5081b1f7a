"""What is handed on: what waits for a person, what nobody answers, and how well the partnership takes things on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Q

from cms import dates
from directory.enums import HandoverState
from directory.models import Handover
from directory.models.handovers import HandoverQuerySet, subject_of
from directory.permissions import can
from directory.roles import Permission

HOUR = 3600


def moves_of(user: Any, handover: Handover) -> frozenset[str]:
    """States to which this person may take a hand-over they can see: what a screen offers."""
    about, side = subject_of(handover.kind), handover.side_of(user)
    if about is None or not side or not about.may_act(user, handover, side):
        return frozenset()
    return handover.ways(side)


def to_answer(user: Any) -> HandoverQuerySet:
    """The own organisation is asked, and has not answered: the nearest day first."""
    rows = Handover.objects.visible_to(user).filter(state=HandoverState.PROPOSED)
    return rows.filter(to_organization=user.organization_id).order_by("answer_by", "proposed_at", "pk")


def taken_on(user: Any) -> HandoverQuerySet:
    """What the own organisation has taken on and not yet said to be done."""
    rows = Handover.objects.visible_to(user).filter(state=HandoverState.ACCEPTED)
    return rows.filter(to_organization=user.organization_id).order_by("answered_at", "pk")


def overdue_at_the_office(user: Any) -> HandoverQuerySet:
    """For the secretariat: what nobody answers although both sides were reminded; of things this person may see."""
    if not can(user, Permission.MEMBERSHIPS_KEEP):
        return Handover.objects.none()
    rows = Handover.objects.filter(state=HandoverState.PROPOSED, escalated_at__isnull=False)
    return rows.of_what_is_seen_by(user).order_by("answer_by", "pk")


@dataclass(frozen=True)
class Figures:
    """How hand-overs of a time went. Counts of organisations, never of people; whoever publishes suppresses small ones.

    `asked`: proposed in that time. `answered`: of these, taken on or declined. `late`: without an answer although the
    day has come, or taken back after that day. `median_hours`: from asking to the answer; None without one.
    """

    asked: int
    accepted: int
    declined: int
    late: int
    done: int
    median_hours: float | None

    @property
    def answered(self) -> int:
        """Taken on, or declined."""
        return self.accepted + self.declined

    @property
    def rate(self) -> float | None:
        """Share of those taken on among those that should have an answer by now (受け止め率); None without any."""
        due = self.answered + self.late
        return self.accepted / due if due else None


def figures(since: dt.date, until: dt.date, *, kind: str = "", on: dt.date | None = None) -> Figures:
    """Of what was proposed from `since` to before `until` (days in Japan), as it stands on the day `on` (today)."""
    on = on or dates.today()
    rows = Handover.objects.filter(proposed_at__gte=_midnight(since), proposed_at__lt=_midnight(until))
    if kind:
        rows = rows.filter(kind=kind)
    answers = rows.filter(answered_at__isnull=False)
    declined = answers.filter(state=HandoverState.DECLINED).count()
    waits = Q(state=HandoverState.PROPOSED, answer_by__lt=on)
    given_up = Q(state=HandoverState.WITHDRAWN, answered_at__isnull=True, reminded_at__isnull=False)
    hours = [
        (answered - asked).total_seconds() / HOUR
        for asked, answered in answers.order_by().values_list("proposed_at", "answered_at")
        if answered is not None
    ]
    return Figures(
        asked=rows.count(),
        accepted=len(hours) - declined,
        declined=declined,
        late=rows.filter(waits | given_up).count(),
        done=rows.filter(state=HandoverState.DONE).count(),
        median_hours=median(hours) if hours else None,
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dates.JST)
