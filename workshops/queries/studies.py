"""Questions over study sessions: whom they mean, who comes, what waits for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from cms.dates import now, today
from directory.models import RoleAssignment, User
from directory.roles import ROLES, Door
from workshops.enums import EventStatus, StudyAnswer, StudyAudience
from workshops.models import Occurrence, StudyReply, StudySession

WORKING_ROLES = sorted(role.name for role in ROLES.values() if Door.WORKSPACE in role.doors)


def audience_of(session: StudySession) -> QuerySet[User]:
    """People who work in the workspace today and whom the session means; its host always."""
    roles = RoleAssignment.objects.active()
    meant = Q(organization=session.event.host_id)
    if session.audience == StudyAudience.MEMBERS:
        meant |= Q(pk__in=roles.filter(role__in=WORKING_ROLES).values("user"))
    elif session.audience == StudyAudience.CORE:
        meant |= Q(pk__in=roles.filter(role__in=["member", "secretariat"]).values("user"))
    else:
        meant |= Q(organization__in=session.invited.values("pk"))
    return User.objects.filter(meant, pk__in=roles.filter(role__in=WORKING_ROLES).values("user"))


def listed(user: Any, *, past: bool = False) -> QuerySet[StudySession]:
    """Sessions this person may see with `starts_at`, `ends_on`, own `answered`, and how many come; soonest first."""
    day = Occurrence.objects.filter(event=OuterRef("event"))
    own = StudyReply.objects.filter(session=OuterRef("pk"), user=user)
    rows = (
        StudySession.objects.visible_to(user)
        .select_related("event__host")
        .annotate(
            starts_at=Subquery(day.values("starts_at")[:1]),
            ends_on=Subquery(day.values("ends_on")[:1]),
            answered=Subquery(own.values("answer")[:1]),
            coming=Count("replies", filter=~Q(replies__answer=StudyAnswer.ABSENT)),
        )
        .defer("event__source_row", "notes")
    )
    if past:
        return rows.filter(ends_on__lt=today()).order_by("-starts_at", "pk")
    return rows.filter(ends_on__gte=today()).order_by("starts_at", "pk")


def waiting_for_answer(user: Any) -> QuerySet[StudySession]:
    """Sessions to come that mean this person and have no answer of theirs yet."""
    rows = listed(user).filter(event__status=EventStatus.SCHEDULED)
    return rows.filter(answered=None, starts_at__gt=now())  # type: ignore[misc]  # annotated in `listed`


@dataclass
class Group:
    """The answers of one organisation: who comes, and what they would like to ask."""

    organization: str
    replies: list[StudyReply] = field(default_factory=list)


def groups_of(replies: Iterable[StudyReply]) -> list[Group]:
    """Answers by organisation, in the order of its reading; people without one at the end."""
    found: dict[int, Group] = {}
    for reply in replies:
        organization = reply.user.organization
        group = found.setdefault(reply.user.organization_id or 0, Group(organization.name if organization else ""))
        group.replies.append(reply)
    return sorted(found.values(), key=lambda group: (group.organization == "", group.organization))
