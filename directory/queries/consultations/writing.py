"""What somebody reads before they write: who receives it, how many read it, until when there is an answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cms import dates
from directory.hours.working_days import end_of_working_day
from directory.models import ConsultationDesk, DeskReception
from directory.queries.consultations import people_at
from directory.queries.consultations.receptions import reply_words


@dataclass(frozen=True)
class Receiver:
    """Who gets it. `returns_to`: where it goes when that desk cannot take it; None when that is the same desk."""

    desk: ConsultationDesk
    readers: int
    reply_by: dt.datetime
    is_undirected: bool
    returns_to: ConsultationDesk | None


@dataclass(frozen=True)
class Choice:
    """A desk that can be chosen."""

    desk: ConsultationDesk
    answers: str  # 「2開庁日のうちに」


def receiver_of(slug: str) -> Receiver | None:
    """For the chosen desk ("" leaves it to us). None: that desk takes nothing now, or nobody receives what names none."""
    front = DeskReception.objects.receiving()
    found = (
        DeskReception.objects.open().filter(desk__slug=slug).select_related("desk__organization").first()
        if slug
        else front
    )
    if found is None:
        return None
    return Receiver(
        desk=found.desk,
        readers=len(people_at(found.desk)),
        reply_by=end_of_working_day(dates.now(), found.reply_days),
        is_undirected=not slug,
        returns_to=front.desk if front and front.desk_id != found.desk_id else None,
    )


def choices() -> list[Choice]:
    """The desks one can write to now, in the order of the list."""
    receptions = DeskReception.objects.open().select_related("desk__organization")
    return [Choice(each.desk, reply_words(each.reply_days)) for each in receptions]


def open_desk(slug: str) -> ConsultationDesk | None:
    """The desk of that slug while one can write to it."""
    found = DeskReception.objects.open().filter(desk__slug=slug).select_related("desk").first() if slug else None
    return found.desk if found else None
