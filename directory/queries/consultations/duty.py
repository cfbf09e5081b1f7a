"""Who is there at a desk today: who is called, who stands in, how soon it has answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from cms import dates
from directory.models import Consultation, ConsultationDesk, DeskReception, DeskSeat, User
from directory.queries.consultations import clock


@dataclass(frozen=True)
class Duty:
    """One desk. `called`: who is called when it is urgent; `speed`: the median time to a first answer, in words."""

    desk: ConsultationDesk
    people: list[User]
    called: list[User]
    deputies: list[User]
    speed: str
    month: int  # the month the figure is of


def on_duty(desks: Sequence[ConsultationDesk]) -> list[Duty]:
    """These desks today, in three queries."""
    pks = [desk.pk for desk in desks]
    seats = list(DeskSeat.objects.active().filter(desk__in=pks).select_related("user"))
    on_call = dict(DeskReception.objects.filter(desk__in=pks).values_list("desk", "on_call"))
    first, speeds = speeds_of_last_month(pks)
    found = []
    for desk in desks:
        here = [seat for seat in seats if seat.desk_id == desk.pk]
        people = [seat.user for seat in here]
        called = [user for user in people if user.pk == on_call.get(desk.pk)] or people
        deputies = [seat.user for seat in here if seat.is_deputy]
        found.append(Duty(desk, people, called, deputies, speeds.get(desk.pk, ""), first.month))
    return found


def speeds_of_last_month(desks: Sequence[int]) -> tuple[dt.date, dict[int, str]]:
    """The first day of last month, and the median time from arrival to first answer of those answered in it (JST)."""
    this = dates.today().replace(day=1)
    first = (this - dt.timedelta(days=1)).replace(day=1)
    begin, end = (dt.datetime.combine(day, dt.time(), dates.JST) for day in (first, this))
    rows = Consultation.objects.filter(
        desk__in=desks, entered_by__isnull=True, answered_at__gte=begin, answered_at__lt=end
    )
    taken: dict[int, list[float]] = {}
    facts: Iterable[tuple[int, dt.datetime, Any]] = rows.order_by().values_list("desk", "received_at", "answered_at")
    for desk, received, answered in facts:
        taken.setdefault(desk, []).append((answered - received).total_seconds())
    return first, {desk: clock.length(dt.timedelta(seconds=median(found))) for desk, found in taken.items()}
