"""Whom it concerns hears that something waits: the counsellors inside and by mail, the person as they wished.

Never a word of it, never a name: a number for counsellors, nothing at all for the person (actions.consultations.notices).
"""

from __future__ import annotations

from cms import dates
from directory.actions.consultations import calling, notices
from directory.actions.consultations.ending import end_handing
from directory.actions.notifications import mark_read, notify
from directory.models import Consultation, DeskSeat, Message, User
from directory.queries.consultations import called_when_urgent, people_at

ARRIVED, URGENT, ASSIGNED = "consultation_arrived", "consultation_urgent", "consultation_assigned"
CALLED, ENDS, ASIDE = "consultation_called", "consultation_ends", "consultation_aside"
SEATED, SEAT_WAITS = "seat_given", "seat_waits"


def arrived(consultation: Consultation, *, again: Message | None = None) -> None:
    """Something of the person waits: for whoever has it, else for everybody at the desk."""
    desk = consultation.desk
    mark = f"consultation:{consultation.pk}:{again.pk if again else 'new'}"
    notify(kind=ARRIVED, people=_whose(consultation), target=consultation.pk, key=mark)
    if consultation.is_urgent:
        on_call = called_when_urgent(desk)
        notify(kind=URGENT, people=on_call, target=consultation.pk, key=f"{mark}:urgent")
        calling.by_mail(consultation, on_call, mark=again.pk if again else "new")


def _whose(consultation: Consultation) -> list[User]:
    there = people_at(consultation.desk)
    return [user for user in there if user == consultation.counsellor] or there  # they may have left


def assigned(consultation: Consultation, user: User) -> None:
    """A colleague has handed it over."""
    stamp = f"{consultation.moved_at:%Y%m%d%H%M%S}"
    notify(
        kind=ASSIGNED, people=[user], target=consultation.pk, key=f"consultation:{consultation.pk}:to:{user.pk}:{stamp}"
    )


def called(consultation: Consultation, people: list[User]) -> None:
    """Somebody at the desk wishes that a second person looks. Pressed again within the hour it is the same call."""
    stamp = f"{dates.now():%Y%m%d%H}"
    notify(kind=CALLED, people=people, target=consultation.pk, key=f"consultation:{consultation.pk}:call:{stamp}")


def looked_at(consultation: Consultation, *, by: User) -> None:
    """Whoever opens it needs no news of it any more."""
    mark_read(by, target=consultation.pk)


def answered(consultation: Consultation, message: Message) -> None:
    """To the person, if they wished for it and when it is safe."""
    notices.to_person(consultation, key=f"consultation:{consultation.pk}:answer:{message.pk}")


def set_aside(consultation: Consultation, people: list[User]) -> None:
    """Taken for no consultation: a second person looks, and so may whoever wrote, before it goes in two weeks."""
    key = f"consultation:{consultation.pk}:aside:{consultation.erase_on}"
    notify(kind=ASIDE, people=people, target=consultation.pk, key=key)
    notices.to_person(consultation, key=key)


def ends_soon(consultation: Consultation) -> None:
    """In two weeks it ends, or goes, unless somebody writes."""
    key = f"consultation:{consultation.pk}:ends:{consultation.erase_on}"
    notify(kind=ENDS, people=_whose(consultation), target=consultation.pk, key=key)


def seated(seat: DeskSeat, *, by: User) -> None:
    """Everybody who sits there hears who came, and who gave the seat: nobody reads along unseen."""
    people = [user for user in people_at(seat.desk) if user not in (seat.user, by)]
    notify(kind=SEATED, people=people, target=seat.pk, key=f"seat:{seat.pk}:given")


def seat_waits(seat: DeskSeat, supervisors: list[User]) -> None:
    """The office has given a seat: the supervisors of the desk say whether it counts."""
    notify(kind=SEAT_WAITS, people=supervisors, target=seat.pk, key=f"seat:{seat.pk}:waits")


def over(consultation: Consultation) -> None:
    """Nothing waits for anybody any more: what still stood in the queue is dropped when it would go."""
    end_handing(consultation)
