"""Questions about consultations. Each screen has its module; what all of them ask is here."""

from __future__ import annotations

import datetime as dt

from cms import dates
from directory.hours.working_days import end_of_working_day
from directory.models import ConsultationDesk, DeskReception, DeskSeat, User

DAYS_TO_REPLY = 2  # where a desk has said nothing


def reply_until(desk: ConsultationDesk, *, since: dt.datetime | None = None) -> dt.datetime:
    """Until when that desk answers what it gets at that moment (JST)."""
    days = DeskReception.objects.filter(desk=desk).values_list("reply_days", flat=True).first()
    return end_of_working_day(since or dates.now(), days or DAYS_TO_REPLY)


def people_at(desk: ConsultationDesk) -> list[User]:
    """Who receives there today, deputies last."""
    seats = DeskSeat.objects.active().filter(desk=desk).select_related("user__organization")
    return [seat.user for seat in seats]


def called_when_urgent(desk: ConsultationDesk) -> list[User]:
    """The person on call while they sit there; everybody there when nobody is named or they have left."""
    there = people_at(desk)
    on_call = DeskReception.objects.filter(desk=desk).values_list("on_call", flat=True).first()
    return [user for user in there if user.pk == on_call] or there
