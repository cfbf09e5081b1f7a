"""What the room registers about receiving: the clock, and news that carries figures instead of words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from cms.signals import ticking
from directory.actions.consultations import news, watching
from directory.actions.notifications import Kind, register_kind
from directory.models import Consultation, ConsultationDesk, DeskReception, DeskSeat, Notification
from directory.permissions import can, supervises
from directory.queries.consultations.receptions import desks_supervised, figures_of, unseen
from directory.roles import Permission

SENTENCES = {
    watching.FREE: gettext_lazy("%(number)s: whoever had it is not at this desk any more. Please take it on."),
    watching.LATE: gettext_lazy("%(number)s: the time in which this desk answers is over."),
}
SEATS = {
    news.SEATED: gettext_lazy("%(person)s receives at “%(desk)s” now. The seat was given by %(giver)s."),
    news.SEAT_WAITS: gettext_lazy(
        "%(giver)s wishes to give %(person)s a seat at “%(desk)s”. It counts when you say yes."
    ),
}
LABELS = {
    watching.FREE: gettext_lazy("Consultations without a counsellor"),
    watching.LATE: gettext_lazy("Consultations whose time is over"),
}


def watch(sender: object, at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """On every tick."""
    return watching.watch(at)


# --- about one consultation: who may read it ---


def free_seen(user: Any, targets: Sequence[str]) -> dict[str, dict[str, str]]:
    """Those this person may read now that still have nobody."""
    return numbers_of(Consultation.objects.visible_to(user).open().filter(counsellor=None), targets)


def late_seen(user: Any, targets: Sequence[str]) -> dict[str, dict[str, str]]:
    """Those this person may read now that still wait for their answer."""
    return numbers_of(Consultation.objects.visible_to(user).desks_turn(), targets)


def numbers_of(rows: QuerySet[Consultation], targets: Sequence[str]) -> dict[str, dict[str, str]]:
    """By key, the number alone."""
    found = rows.filter(pk__in=[UUID(target) for target in targets])
    return {str(pk): {"number": number} for pk, number in found.order_by().values_list("pk", "number")}


def one_sentence(row: Notification) -> str:
    return str(SENTENCES[row.kind]) % {"number": row.thing["number"]}


def one_path(row: Notification) -> str:
    return reverse("members:consultation", args=[row.target])


# --- seats: who reads along ---


def seats_seen(user: Any, targets: Sequence[str]) -> dict[str, DeskSeat]:
    """Those that count, at the desks where this person sits."""
    rows = DeskSeat.objects.active().filter(desk__in=Consultation.objects.desks_of(user))
    return seats_among(rows, targets)


def waiting_seen(user: Any, targets: Sequence[str]) -> dict[str, DeskSeat]:
    """Those that wait for a yes, at the desks where this person supervises."""
    return seats_among(DeskSeat.objects.unconfirmed().filter(desk__in=desks_supervised(user)), targets)


def seats_among(rows: QuerySet[DeskSeat], targets: Sequence[str]) -> dict[str, DeskSeat]:
    """By key, with the names that the sentence tells."""
    found = rows.filter(pk__in=[int(target) for target in targets]).select_related("desk", "user", "given_by")
    return {str(row.pk): row for row in found}


def seat_sentence(row: Notification) -> str:
    seat = row.thing
    told = {"person": seat.user.name, "desk": seat.desk.name, "giver": seat.given_by.name if seat.given_by else "―"}
    return str(SEATS[row.kind]) % told


def seat_path(row: Notification) -> str:
    if row.kind == news.SEAT_WAITS:
        return f"{reverse('members:consultation_reception')}?desk={row.thing.desk.slug}"
    return reverse("members:consultations")


# --- figures: the office, and the supervisors of the receiving desk ---


def late_desks(user: Any, targets: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Desks with late consultations, and how many; for the office."""
    if not can(user, Permission.COUNSELLORS_SEAT):
        return {}
    return late_among(targets)


def late_elsewhere(user: Any, targets: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The same for who supervises at the receiving desk."""
    front = DeskReception.objects.receiving()
    if front is None or not supervises(user, front.desk):
        return {}
    return late_among(targets)


def late_among(targets: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Those of these desks at which somebody waits too long, by key."""
    desks = ConsultationDesk.objects.in_bulk([int(target) for target in targets])
    late = {row["desk"]: row["late"] for row in figures_of(desks.values()) if row["late"]}
    return {str(pk): {"desk": desks[pk], "count": count} for pk, count in late.items()}


def late_sentence(row: Notification) -> str:
    words = ngettext(
        "%(desk)s: %(count)s consultation has waited longer than promised.",
        "%(desk)s: %(count)s consultations have waited longer than promised.",
        row.thing["count"],
    )
    return words % {"desk": row.thing["desk"].name, "count": row.thing["count"]}


def unseen_seen(user: Any, targets: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many wait where nobody sits; for the office."""
    count = unseen() if can(user, Permission.COUNSELLORS_SEAT) else 0
    return {target: {"count": count} for target in targets} if count else {}


def unseen_sentence(row: Notification) -> str:
    words = ngettext(
        "%(count)s consultation waits where nobody sits. Please name a receiving desk.",
        "%(count)s consultations wait where nobody sits. Please name a receiving desk.",
        row.thing["count"],
    )
    return words % {"count": row.thing["count"]}


def register() -> None:
    """Called once when the house starts."""
    ticking.connect(watch, dispatch_uid="directory.watch_consultations")
    for name, sees in {watching.FREE: free_seen, watching.LATE: late_seen}.items():
        register_kind(
            Kind(
                name=name, label=LABELS[name], sees=sees, sentence=one_sentence, path=one_path, sensitive=True,
                thing="consultation", permission=Permission.CONSULTATIONS_READ,
            )
        )  # fmt: skip
    seats: tuple[tuple[str, Any, Any, Permission], ...] = (
        (news.SEATED, seats_seen, gettext_lazy("Who receives at our desk now"), Permission.CONSULTATIONS_READ),
        (news.SEAT_WAITS, waiting_seen, gettext_lazy("Seats that wait for my yes"), Permission.CONSULTATIONS_SUPERVISE),
    )
    for name, sees, label, permission in seats:
        register_kind(
            Kind(
                name=name, label=label, sees=sees, sentence=seat_sentence, path=seat_path, sensitive=True,
                permission=permission,
            )
        )  # fmt: skip
    register_kind(
        Kind(
            name=watching.LATE_DESKS,
            label=gettext_lazy("Desks that answer late"),
            sees=late_desks,
            sentence=late_sentence,
            path=lambda row: reverse("members:office_reception", args=[row.thing["desk"].slug]),
            sensitive=True,
            permission=Permission.COUNSELLORS_SEAT,
        )
    )
    register_kind(
        Kind(
            name=watching.LATE_ELSEWHERE,
            label=gettext_lazy("Other desks that answer late"),
            sees=late_elsewhere,
            sentence=late_sentence,
            path=lambda row: reverse("members:consultation_reception"),
            sensitive=True,
            permission=Permission.CONSULTATIONS_SUPERVISE,
        )
    )
    register_kind(
        Kind(
            name=watching.UNSEEN,
            label=gettext_lazy("Consultations that nobody sees"),
            sees=unseen_seen,
            sentence=unseen_sentence,
            path=lambda row: reverse("members:office_receptions"),
            sensitive=True,
            permission=Permission.COUNSELLORS_SEAT,
        )
    )
