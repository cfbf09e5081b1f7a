"""What the clock sees to: nothing lies where nobody sits, nobody's time runs out unnoticed. Safe to repeat.

Every step takes one row, looks again while holding it, and is done by whoever holds it first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from cms import audit, dates
from directory.actions.consultations import states
from directory.actions.consultations.moving import move_back
from directory.actions.notifications import notify
from directory.actions.roles import holders_of
from directory.enums import ConsentState
from directory.hours.working_days import end_of_working_day
from directory.models import Consultation, ConsultationDesk, DeskReception, DeskSeat, Notification, User
from directory.queries.consultations import people_at
from directory.roles import ROLES, Permission, holds

# Kinds of news; what they say is in receivers.receptions.
FREE, LATE = "consultation_free", "consultation_late"  # of one consultation
UNSEEN, LATE_DESKS, LATE_ELSEWHERE = "consultations_unseen", "consultations_late", "consultations_late_elsewhere"
MORNING = 8  # o'clock in Japan: nobody is reminded at night
EMPTY_FOR = 1  # working days without anybody, until what waits there goes to the receiving desk
URGENT_WAITS = dt.timedelta(hours=1)  # the same for what is urgent: a tick that found nobody is not enough
MORE_DAYS = 2  # working days after the promised time, until the office hears a figure
OFFICE = tuple(role.name for role in ROLES.values() if Permission.COUNSELLORS_SEAT in role.permissions)


def watch(at: dt.datetime) -> dict[str, int]:
    """On every tick; what was done, by code."""
    return {
        "consultations_given_back": give_back_unseen(),
        "consultations_freed": free_of_leavers(),
        "consultations_late": remind(at),
    }


# --- nobody sits there any more -----------------------------------------------------------------------------


def give_back_unseen() -> int:
    """What is open at a desk where nobody has sat for a working day goes to the receiving desk; how many went.

    Roles end, organisations end, seats end: however it came, it does not lie there. A role that is renewed a moment too
    late moves nothing. What is urgent waits an hour. While the city has no receiving desk the office hears how many
    wait, once a day.
    """
    lost = Consultation.objects.open().exclude(desk__in=DeskSeat.objects.active().values("desk"))
    _mark_empty(set(lost.order_by().values_list("desk", flat=True)))
    keys = list(lost.order_by("pk").values_list("pk", flat=True))
    if keys and DeskReception.objects.receiving() is None:
        day = f"{dates.today():%Y%m%d}"
        notify(kind=UNSEEN, people=holders_of(*OFFICE), target="all", key=f"consultations:unseen:{day}")
        return 0
    return sum(_given_back(pk) for pk in keys)


def _mark_empty(desks: set[int]) -> None:
    """Since when somebody waits there for nobody; where somebody sits again, no more."""
    for desk in desks:
        DeskReception.objects.get_or_create(desk_id=desk)
    DeskReception.objects.filter(desk__in=desks, empty_since=None).update(empty_since=dates.now())
    DeskReception.objects.exclude(desk__in=desks).filter(empty_since__isnull=False).update(empty_since=None)


def _long_enough(consultation: Consultation) -> bool:
    since = DeskReception.objects.filter(desk=consultation.desk_id).values_list("empty_since", flat=True).first()
    if since is None:
        return False
    until = since + URGENT_WAITS if consultation.is_urgent else end_of_working_day(since, EMPTY_FOR)
    return until <= dates.now()


@transaction.atomic
def _given_back(pk: UUID) -> int:
    found, front = Consultation.objects.open().still(pk), DeskReception.objects.receiving()
    if found is None or front is None or DeskSeat.objects.active().filter(desk=found.desk_id).exists():
        return 0
    if not _long_enough(found):
        return 0
    if found.consent_questions.filter(state=ConsentState.ASKED).exists():
        states.to_desk(found)  # the person need not answer that any more: the desk says a first word
    move_back(found, front.desk, by=None)
    return 1


def free_of_leavers() -> int:
    """What belonged to somebody who sits there no more is everybody's at the desk again; how many."""
    still_there = DeskSeat.objects.active().filter(desk=OuterRef("desk"), user=OuterRef("counsellor"))
    left = Consultation.objects.open().filter(~Exists(still_there), counsellor__isnull=False)
    return sum(_freed(pk) for pk in left.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _freed(pk: UUID) -> int:
    found = Consultation.objects.open().still(pk)
    if found is None or found.counsellor_id is None:
        return 0
    if DeskSeat.objects.active().filter(desk=found.desk_id, user=found.counsellor_id).exists():
        return 0
    before, found.counsellor = found.counsellor_id, None
    found.save(update_fields=["counsellor"])
    audit.record("consultation.assigned", by=None, target=found, to=None)
    stamp = f"{dates.now():%Y%m%d%H%M%S}"
    notify(kind=FREE, people=people_at(found.desk), target=pk, key=f"consultation:{pk}:free:{before}:{stamp}")
    return 1


# --- the time is over ---------------------------------------------------------------------------------------


def remind(at: dt.datetime) -> int:
    """By day: whoever has it, and the supervisors, when the promised time is over; two working days later the office
    and the supervisors of the receiving desk, a figure only. Once each; how many were told of.
    """  # fmt: skip
    if dates.jst(at).hour < MORNING:
        return 0
    late = list(Consultation.objects.desks_turn().filter(reply_by__lt=at).select_related("desk"))
    very_late = [each for each in late if end_of_working_day(_promised(each), MORE_DAYS) < at]
    told = sum(_reminded(each) for each in _untold(late, LATE, _key))
    for key, desk in {_desk_key(each): each.desk for each in _untold(very_late, LATE_DESKS, _desk_key)}.items():
        told += _figure_told(desk, key)
    return told


def _promised(consultation: Consultation) -> dt.datetime:
    return dates.jst(consultation.reply_by or consultation.moved_at)  # whoever asks has looked for the first


def _key(consultation: Consultation) -> str:
    return f"consultation:{consultation.pk}:late:{_promised(consultation):%Y%m%d}"


def _desk_key(consultation: Consultation) -> str:
    return f"consultations:late:{consultation.desk_id}:{_promised(consultation):%Y%m%d}"


def _untold(rows: Iterable[Consultation], kind: str, key_of: Callable[[Consultation], str]) -> list[Consultation]:
    """Those of which nobody has heard yet."""
    keys = {key_of(each): each for each in rows}
    told = Notification.objects.filter(kind=kind, key__in=keys).values_list("key", flat=True) if keys else []
    return [each for key, each in keys.items() if key not in set(told)]


@transaction.atomic
def _reminded(consultation: Consultation) -> int:
    found = Consultation.objects.desks_turn().filter(reply_by=consultation.reply_by).still(consultation.pk)
    if found is None or not _untold([found], LATE, _key):
        return 0
    there = people_at(found.desk)
    people = [user for user in there if found.counsellor_id in (None, user.pk) or _is_supervisor(user)]
    told = notify(kind=LATE, people=people, target=found.pk, key=_key(found))
    if told:
        audit.record("consultation.reminded", by=None, target=found)
    return int(told > 0)


@transaction.atomic
def _figure_told(desk: ConsultationDesk, key: str) -> int:
    list(ConsultationDesk.objects.filter(pk=desk.pk).select_for_update(of=("self",)))
    if Notification.objects.filter(kind=LATE_DESKS, key=key).exists():
        return 0
    told = notify(kind=LATE_DESKS, people=holders_of(*OFFICE), target=desk.pk, key=key)
    front = DeskReception.objects.receiving()
    if front is not None and front.desk_id != desk.pk:
        people = [user for user in people_at(front.desk) if _is_supervisor(user)]
        told += notify(kind=LATE_ELSEWHERE, people=people, target=desk.pk, key=key)
    if told:
        audit.record("reception.late", by=None, target=desk, desk=desk.slug)
    return int(told > 0)


def _is_supervisor(user: User) -> bool:
    return holds(user, Permission.CONSULTATIONS_SUPERVISE)
