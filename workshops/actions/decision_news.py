"""Who hears of decisions: those who see to them. The mail says that something waits, never what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from cms import outbox
from directory.actions import notifications
from directory.models import RoleAssignment, User
from workshops.actions.minutes_news import secretariat
from workshops.enums import WAITING_DECISIONS
from workshops.models import Decision, Meeting
from workshops.models.minutes import READ_BY_ALL

KIND = "decision"
MAIL_KIND = "decision_due"
GIVEN, SOON, TODAY, LATE, REPORTED = "given", "soon", "today", "late", "reported"
#: Days from the due day, and what is said then.
STEPS = ((-7, SOON), (0, TODAY), (7, LATE))
AT_ONCE = 200


def stand(meeting: Meeting) -> None:
    """The minutes are confirmed: whoever is to see to something hears of it."""
    for decision in meeting.decisions.select_related("person").filter(state__in=WAITING_DECISIONS):
        tell(decision, GIVEN, people=who_sees_to_it(decision), step=str(decision.pk))


def who_sees_to_it(decision: Decision) -> list[User]:
    """The person, as long as they are here; else the administrators of the organisation; else the secretariat."""
    working = RoleAssignment.objects.active()
    person = decision.person
    stays = person is not None and person.is_active and person.organization_id == decision.organization_id
    if person is not None and stays and working.filter(user=person).exists():
        return [person]
    admins = working.filter(role="orgadmin", user__organization=decision.organization_id).values("user")
    return list(User.objects.filter(pk__in=admins, is_active=True).order_by("pk")) or secretariat()


def tell(decision: Decision, what: str, *, people: Iterable[User], step: str) -> int:
    """One line for each of them; the same step is told once."""
    return notifications.notify(
        kind=KIND, people=people, target=decision.pk, key=f"decision:{step}:{what}", what=what, number=decision.number
    )


def steps_behind(due: dt.date | None, on: dt.date) -> int:
    """How many of the steps have come by that day."""
    return sum(due + dt.timedelta(days=days) <= on for days, _what in STEPS) if due else 0


def to_remind(on: dt.date) -> QuerySet[Decision]:
    """Decisions of confirmed minutes for which a step has come that nobody was told of."""
    due = Q(pk__in=[])
    for number, (days, _what) in enumerate(STEPS):
        due |= Q(due__lte=on - dt.timedelta(days=days), reminded__lte=number)
    settled = Q(meeting__record__state__in=READ_BY_ALL, state__in=WAITING_DECISIONS)
    return Decision.objects.filter(settled & due).select_related("person").order_by("due", "pk")


def remind_due(*, on: dt.date) -> int:
    """Remind seven days before, on the day, seven days after; how many decisions. Each step is told once; who was away
    for two steps hears the last. One mail a person and due day, which says that something waits."""
    return sum(_remind(decision, on) for decision in to_remind(on)[:AT_ONCE])


@transaction.atomic
def _remind(decision: Decision, on: dt.date) -> bool:
    behind = steps_behind(decision.due, on)
    fresh = Decision.objects.filter(pk=decision.pk, reminded__lt=behind, due=decision.due)
    if not fresh.update(reminded=behind):
        return False  # another process was first, or the day was moved
    people = who_sees_to_it(decision)
    day = f"{decision.due:%Y%m%d}"
    tell(decision, STEPS[behind - 1][1], people=people, step=f"{decision.pk}:{day}")
    for person in people:
        _mail(decision, person, day)
    return True


def _mail(decision: Decision, person: User, day: str) -> None:
    context: dict[str, Any] = {
        "user": person.pk,
        "decision": str(decision.pk),
        "path": reverse("members:decision", args=[decision.pk]),
    }
    outbox.post(
        kind=MAIL_KIND,
        to=person.email,
        template="workshops/mail/decision_due",
        context=context,
        key=f"decision:{decision.pk}:{day}:{person.pk}",
    )
