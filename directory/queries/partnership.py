"""The partnership as residents see it: the table of roles, bodies and who sits in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from cms import dates
from directory.enums import BodyRole, OrganizationKind
from directory.models import Body, BodyEvent, BodyMembership, Membership, RoleStatement

# In which order people are named in a list of seats.
RANK = {role: number for number, role in enumerate(BodyRole.values)}


@dataclass(frozen=True)
class RoleRow:
    """One row of 「団体｜役割」. `taking_part`: public organisations of that kind that are members today."""

    heading: str
    duties: list[str]
    taking_part: int
    kind: str = ""


def roles_table() -> list[RoleRow]:
    """The rows in order; kinds without a row of their own are counted under "other". Two queries."""
    statements = list(RoleStatement.objects.all())
    numbers = members_by_kind(dates.today())
    named = {statement.kind for statement in statements} - {OrganizationKind.OTHER}
    others = sum(number for kind, number in numbers.items() if kind not in named)
    return [
        RoleRow(
            each.heading,
            each.duties,
            others if each.kind == OrganizationKind.OTHER else numbers.get(each.kind, 0),
            each.kind,
        )
        for each in statements
    ]


def members_by_kind(day: dt.date) -> dict[str, int]:
    """Kind → public organisations that were members on that day. One query."""
    counted = Membership.objects.public().on(day).order_by().values_list("organization__kind")
    return dict(counted.annotate(Count("organization", distinct=True)))


def kinds_under(kind: str) -> list[str]:
    """The kinds that a row of the table stands for: "other" stands for all that have no row. One query at most."""
    if kind != OrganizationKind.OTHER:
        return [kind]
    named = set(RoleStatement.objects.values_list("kind", flat=True)) - {OrganizationKind.OTHER}
    return [each for each in OrganizationKind.values if each not in named]


def public_bodies() -> list[Body]:
    """Bodies residents may read about, in the order of the staff. One query."""
    return list(Body.objects.public())


@dataclass(frozen=True)
class BodyPage:
    """A body as its page tells it."""

    body: Body
    on: dt.date
    seats: list[BodyMembership]
    hidden: int  # organisations that sit there and are not named to residents
    history: list[BodyEvent]
    reports_to: Body | None
    approved_by: str
    reporting: list[Body]


def body_page(body: Body, on: dt.date) -> BodyPage:
    """Who sat there on that day, and what is known of the body. Four queries, however many sit there."""
    held = BodyMembership.objects.filter(body=body).on(on).select_related("organization")
    named = [seat for seat in held if seat.organization is None or seat.organization.is_public]
    history = BodyEvent.objects.filter(body=body).select_related("reported_to")
    known = {each.pk: each for each in Body.objects.public()}
    decided = known.get(body.approved_by_id or 0)
    return BodyPage(
        body=body,
        on=on,
        seats=sorted(named, key=order_of),
        hidden=len(held) - len(named),
        history=[_without_hidden(each, known) for each in history],
        reports_to=known.get(body.reports_to_id or 0),
        approved_by=decided.name if decided else body.approved_by_text,
        reporting=[each for each in known.values() if each.reports_to_id == body.pk],
    )


def _without_hidden(event: BodyEvent, known: dict[int, Body]) -> BodyEvent:
    """The line, without a body that residents may not read about."""
    if event.reported_to_id not in known:
        event.reported_to = None
    return event


def order_of(seat: BodyMembership) -> tuple[Any, ...]:
    """The chair first, then organisations by reading, then titles."""
    name = seat.organization.kana or seat.organization.name if seat.organization else seat.title
    return (RANK[seat.role], seat.organization is None, name, seat.pk)


def seats_of_people(on: dt.date) -> list[BodyMembership]:
    """People without an organisation who sat in the partnership on that day, counted by title. One query."""
    held = BodyMembership.objects.on(on).filter(organization=None, body__is_pf=True, body__is_public=True)
    return list(held.order_by("title", "pk"))
