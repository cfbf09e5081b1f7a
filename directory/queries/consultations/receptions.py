"""Who receives, seen from the office and from the supervisor's desk: people and figures, not a word of anybody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms import dates
from directory.enums import DESKS_TURN
from directory.models import Consultation, ConsultationDesk, DeskReception, DeskSeat, RoleAssignment, User
from directory.roles import ROLES_THAT_RECEIVE, ROLES_THAT_SUPERVISE, Permission, holds


@dataclass(frozen=True)
class DeskRow:
    """One desk as whoever keeps it sees it. Figures: open, waiting for the desk, late."""

    desk: ConsultationDesk
    reception: DeskReception
    is_public: bool
    seats: list[DeskSeat] = field(default_factory=list)  # of people who may receive today
    resting: list[DeskSeat] = field(default_factory=list)  # of people whose role is missing today
    unconfirmed: list[DeskSeat] = field(default_factory=list)  # given by the office, without a supervisor's yes so far
    open: int = 0
    waiting: int = 0
    late: int = 0

    @property
    def is_open(self) -> bool:
        """Residents can write to it now."""
        return self.reception.takes and self.is_public and bool(self.seats)

    @cached_property
    def people(self) -> list[User]:
        """Who sits there, without those who only stand in."""
        return [seat.user for seat in self.seats if not seat.is_deputy]

    @cached_property
    def deputies(self) -> list[User]:
        """Who stands in."""
        return [seat.user for seat in self.seats if seat.is_deputy]

    @property
    def on_call(self) -> User | None:
        """Called when it is urgent, while they sit there."""
        return next((seat.user for seat in self.seats if seat.user_id == self.reception.on_call_id), None)

    @property
    def promise(self) -> str:
        """What residents read of it."""
        return reply_words(self.reception.reply_days)

    @cached_property
    def missing(self) -> list[str]:
        """What somebody has to see to, in words."""
        said = []
        if self.reception.takes and not self.is_public:
            said.append(_("Residents do not see this desk any more."))
        if self.reception.takes and not self.seats:
            said.append(_("Nobody sits there. What comes in goes to the receiving desk."))
        if self.reception.takes and len(self.seats) == 1:
            said.append(_("One person alone: nobody stands in."))
        if self.reception.on_call_id and self.on_call is None:
            said.append(_("Whoever was called when it is urgent sits there no more. Until then everybody is called."))
        if self.open and not self.reception.takes:
            said.append(_("Takes no letters, and some consultations are not at their end."))
        return said


def reply_words(days: int) -> str:
    """「2開庁日のうちに」: within how many working days a desk answers what is written to it."""
    return ngettext("within %(count)s working day", "within %(count)s working days", days) % {"count": days}


def written_answer(desk: ConsultationDesk) -> str:
    """The same for a desk that residents can write to now; "" for every other."""
    days = DeskReception.objects.open().filter(desk=desk).values_list("reply_days", flat=True).first()
    return reply_words(days) if days else ""


def desks_kept() -> QuerySet[ConsultationDesk]:
    """What the office lists: the public desks of the city, and any other that has something of a reception."""
    busy = Q(pk__in=Consultation.objects.open().values("desk")) | Q(reception__takes=True)
    shown = Q(pk__in=ConsultationDesk.objects.public().values("pk"))
    return ConsultationDesk.objects.local().filter(shown | busy).select_related("organization")


def desks_supervised(user: User) -> QuerySet[ConsultationDesk]:
    """The desks where this person supervises."""
    if not holds(user, Permission.CONSULTATIONS_SUPERVISE):
        return ConsultationDesk.objects.none()
    own = ConsultationDesk.objects.filter(pk__in=Consultation.objects.desks_of(user))
    return own.select_related("organization")


def candidates(desk: ConsultationDesk) -> QuerySet[User]:
    """Who may sit at that desk: with a role for it, in the desk's own organisation, today."""
    held = RoleAssignment.objects.active().filter(role__in=ROLES_THAT_RECEIVE, organization=desk.organization_id)
    return User.objects.filter(pk__in=held.values("user")).order_by("name", "pk")


def supervisors_at(desk: ConsultationDesk) -> list[User]:
    """Who sits there today and supervises."""
    held = RoleAssignment.objects.active().filter(role__in=ROLES_THAT_SUPERVISE, organization=desk.organization_id)
    seats = DeskSeat.objects.active().filter(desk=desk, user__in=held.values("user")).select_related("user")
    return [seat.user for seat in seats]


def rows_of(desks: Iterable[ConsultationDesk]) -> list[DeskRow]:
    """A row a desk, in their order; the number of questions does not grow with the desks."""
    desks = list(desks)
    found = {row.desk_id: row for row in DeskReception.objects.filter(desk__in=desks)}
    public = set(
        ConsultationDesk.objects.public()
        .local()
        .filter(pk__in=[desk.pk for desk in desks])
        .values_list("pk", flat=True)
    )
    given = DeskSeat.objects.filter(desk__in=desks, until=None).select_related("user", "given_by")
    active = set(DeskSeat.objects.active().filter(desk__in=desks).values_list("pk", flat=True))
    seats: dict[tuple[int, bool], list[DeskSeat]] = defaultdict(list)
    waiting: dict[int, list[DeskSeat]] = defaultdict(list)
    for seat in given:
        (waiting[seat.desk_id] if seat.waits else seats[seat.desk_id, seat.pk in active]).append(seat)
    figures = {row["desk"]: row for row in figures_of(desks)}
    return [
        DeskRow(
            desk=desk,
            reception=found.get(desk.pk) or DeskReception(desk=desk),
            is_public=desk.pk in public,
            seats=seats[desk.pk, True],
            resting=seats[desk.pk, False],
            unconfirmed=waiting[desk.pk],
            **{name: figures.get(desk.pk, {}).get(name, 0) for name in ("open", "waiting", "late")},
        )
        for desk in desks
    ]


def figures_of(desks: Iterable[ConsultationDesk]) -> Iterable[Any]:
    """How many are `open`, `waiting` for the desk and `late`: a mapping a `desk`; desks without any are left out."""
    turn = Q(state__in=DESKS_TURN)
    return (
        Consultation.objects.open()
        .filter(desk__in=list(desks))
        .order_by()
        .values("desk")
        .annotate(
            open=Count("pk"),
            waiting=Count("pk", filter=turn),
            late=Count("pk", filter=turn & Q(reply_by__lt=dates.now())),
        )
    )


def unseen() -> int:
    """Open consultations at desks where nobody sits: they wait for a receiving desk to be named."""
    seated = DeskSeat.objects.active().values("desk")
    return Consultation.objects.open().exclude(desk__in=seated).count()
