"""Which desks take what residents write, how soon they answer, who sits there, which one receives the rest.

The secretariat says it for every desk, a supervisor for the own one; nobody for themselves. What cannot be is a
ValidationError with a sentence for the person who tried.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms import audit, dates
from directory.actions.consultations import news, watching
from directory.models import Consultation, ConsultationDesk, DeskReception, DeskSeat, User
from directory.permissions import can, may_seat, supervises
from directory.queries.consultations.receptions import candidates, supervisors_at
from directory.roles import Permission

REPLY_DAYS = range(1, 11)  # working days; the database holds it too
ENOUGH = 2  # people at a desk: one, and somebody who stands in


@transaction.atomic
def set_reception(
    *, by: User, desk: ConsultationDesk, takes: bool, reply_days: int, on_call: User | None
) -> DeskReception:
    """Whether it takes letters, within how many working days it answers, who is called when it is urgent.

    It begins only with somebody there and somebody who stands in, and does not stop while people wait.
    """
    row = held(desk, by=by)
    there = set(DeskSeat.objects.active().filter(desk=desk).values_list("user", flat=True))
    if reply_days not in REPLY_DAYS:
        raise ValidationError(_("Please choose between one and ten working days."))
    if on_call is not None and on_call.pk not in there:
        raise ValidationError(_("Whoever is called when it is urgent sits at this desk."))
    if takes and not row.takes:
        _may_begin(len(there))
    if row.takes and not takes:
        _may_stop(row)
    row.takes, row.reply_days, row.on_call = takes, reply_days, on_call
    row.save()
    called = on_call.pk if on_call else None
    audit.record("reception.set", by=by, target=row, desk=desk.slug, takes=int(takes), days=reply_days, on_call=called)
    return row


def _may_begin(people: int) -> None:
    if not people:
        raise ValidationError(_("Nobody sits at this desk yet. First say who receives, then let letters come."))
    if people < ENOUGH:
        raise ValidationError(_("Only one person sits at this desk. Please name somebody who stands in first."))


def _may_stop(row: DeskReception) -> None:
    if row.is_receiving:
        raise ValidationError(
            _("This desk receives what names no other. First name another receiving desk, then close this one.")
        )
    still = Consultation.objects.open().filter(desk=row.desk_id).count()
    if still:
        words = ngettext(
            "%(count)s consultation is not at its end. Please end it, or hand it on, before the desk closes.",
            "%(count)s consultations are not at their end. Please end them, or hand them on, before the desk closes.",
            still,
        )
        raise ValidationError(words % {"count": still})


@transaction.atomic
def name_receiving(*, by: User, desk: ConsultationDesk) -> DeskReception:
    """The one desk of the city for what names none and what comes back. The one before it is it no more."""
    if not can(by, Permission.COUNSELLORS_SEAT):
        raise PermissionDenied
    either = DeskReception.objects.filter(Q(is_receiving=True) | Q(desk=desk)).order_by("pk")
    list(either.select_for_update(of=("self",)))
    row = DeskReception.objects.open().filter(desk=desk).first()
    if row is None:
        raise ValidationError(_("Residents cannot write to this desk just now, so it cannot receive for the others."))
    if not row.is_receiving:
        DeskReception.objects.filter(is_receiving=True).update(is_receiving=False)
        row.is_receiving = True
        row.save(update_fields=["is_receiving", "changed_at"])
        audit.record("reception.receiving", by=by, target=row, desk=desk.slug)
    return row


@transaction.atomic
def seat(*, by: User, desk: ConsultationDesk, user: User, is_deputy: bool = False) -> DeskSeat:
    """This person receives there; said again, only whether they stand in or not is changed. The others there hear of it.

    Given by the office it counts only after a supervisor's yes, where the desk has one: the office reads no word, and
    whoever gives roles could else seat somebody of their own.
    """
    held(desk, by=by)
    if user.pk == by.pk:
        raise ValidationError(_("Nobody gives a seat to themselves. Please ask a colleague to do it."))
    if user not in candidates(desk):
        raise ValidationError(
            _("Only counsellors and supervisors of the desk's own organisation sit here. Their role comes first.")
        )
    counts = dates.now() if supervises(by, desk) or not supervisors_at(desk) else None
    row, made = DeskSeat.objects.get_or_create(
        desk=desk, user=user, until=None, defaults={"is_deputy": is_deputy, "given_by": by, "confirmed_at": counts}
    )
    if made or row.is_deputy != is_deputy:
        row.is_deputy, row.given_by = is_deputy, by
        row.save(update_fields=["is_deputy", "given_by"])
        audit.record("seat.given", by=by, target=row, desk=desk.slug, user=user.pk, deputy=int(is_deputy))
    if made and row.waits:
        news.seat_waits(row, supervisors_at(desk))
    elif made:
        news.seated(row, by=by)
    elif row.waits and supervises(by, desk):
        confirm(by=by, seat=row)
        row.refresh_from_db()
    return row


@transaction.atomic
def confirm(*, by: User, seat: DeskSeat) -> DeskSeat:
    """「よい」: a supervisor of the desk has looked, and from now on it counts. Safe to repeat. Raises PermissionDenied."""
    row = _looked_at(seat, by=by)
    if row.waits:
        row.confirmed_at, row.confirmed_by = dates.now(), by
        row.save(update_fields=["confirmed_at", "confirmed_by"])
        audit.record("seat.confirmed", by=by, target=row, desk=row.desk.slug, user=row.user_id)
        news.seated(row, by=by)
    return row


@transaction.atomic
def refuse(*, by: User, seat: DeskSeat) -> DeskSeat:
    """「ちがう」: it never counts. Safe to repeat; a seat that counts is ended with `unseat`. Raises PermissionDenied."""
    row = _looked_at(seat, by=by)
    if row.waits:
        row.until = max(dates.today(), row.since)
        row.save(update_fields=["until"])
        audit.record("seat.refused", by=by, target=row, desk=row.desk.slug, user=row.user_id)
    return row


def _looked_at(seat: DeskSeat, *, by: User) -> DeskSeat:
    if not supervises(by, seat.desk):
        raise PermissionDenied
    held(seat.desk, by=by)
    return DeskSeat.objects.select_for_update(of=("self",)).select_related("desk").get(pk=seat.pk)


@transaction.atomic
def unseat(*, by: User, seat: DeskSeat) -> DeskSeat:
    """From this moment they read nothing there; what was theirs is everybody's at the desk again. Safe to repeat.

    The last person of the receiving desk stays until somebody else receives.
    """
    reception = held(seat.desk, by=by)
    row = DeskSeat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if row.until is not None:
        return row
    others = DeskSeat.objects.active().filter(desk=row.desk_id).exclude(pk=row.pk)
    if reception.is_receiving and not others.exists():
        raise ValidationError(
            _("This is the last person at the desk that receives for the others. First give the seat to somebody else.")
        )
    row.until = max(dates.today(), row.since)
    row.save(update_fields=["until"])
    if reception.on_call_id == row.user_id:
        reception.on_call = None
        reception.save(update_fields=["on_call", "changed_at"])
    audit.record("seat.ended", by=by, target=row, desk=row.desk.slug, user=row.user_id)
    watching.free_of_leavers()
    return row


def held(desk: ConsultationDesk, *, by: User) -> DeskReception:
    """The row of that desk until the end of the transaction, made where there is none. Raises PermissionDenied."""
    if not may_seat(by, desk):
        raise PermissionDenied
    DeskReception.objects.get_or_create(desk=desk)
    return DeskReception.objects.select_for_update(of=("self",)).get(desk=desk)
