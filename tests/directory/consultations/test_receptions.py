"""Who receives: what may begin, what may end, who says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.models import AuditEvent
from directory.actions.consultations import receptions
from directory.models import Consultation, DeskReception, DeskSeat
from directory.queries.consultations.receptions import rows_of, written_answer
from tests.factories.consultations import make_consultation, make_counsellor, make_reception
from tests.factories.desks import make_desk
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db


def refused(do: Callable[[], Any]) -> bool:
    """In words, for the person who tried."""
    try:
        do()
    except ValidationError as error:
        return bool(error.messages)
    return False


def acts() -> list[str]:
    """What the trail says about receiving."""
    rows = AuditEvent.objects.filter(action__regex=r"^(seat|reception)\.").order_by("pk")
    return list(rows.values_list("action", flat=True))


def test_a_desk_begins_with_two_people_and_stops_when_nobody_waits() -> None:
    office, desk = make_user("secretariat"), make_desk()
    one, two = (make_user("counsellor", organization=desk.organization) for _each in range(2))
    first = make_user("supervisor", organization=desk.organization)

    def set_to(takes: bool, **more: Any) -> DeskReception:
        fields = {"reply_days": 3, "on_call": None, **more}
        return receptions.set_reception(by=office, desk=desk, takes=takes, **fields)

    assert refused(lambda: set_to(True))  # nobody there
    receptions.seat(by=office, desk=desk, user=one)
    assert refused(lambda: set_to(True))  # one, and nobody who stands in
    assert refused(lambda: set_to(False, on_call=two))  # sits elsewhere
    assert refused(lambda: set_to(False, reply_days=0))
    assert written_answer(desk) == ""
    receptions.seat(by=office, desk=desk, user=two, is_deputy=True)
    row = set_to(True, on_call=one)
    assert (row.takes, row.reply_days, row.on_call) == (True, 3, one)
    assert written_answer(desk) == "3開庁日のうちに"
    assert acts() == ["seat.given", "seat.given", "reception.set"]

    it = make_consultation(desk)
    assert refused(lambda: set_to(False))  # somebody waits
    Consultation.objects.filter(pk=it.pk).update(state="closed", closed_at=it.received_at, erase_on="2030-01-01")
    receptions.name_receiving(by=office, desk=desk)
    assert refused(lambda: set_to(False))  # it receives for all
    other = make_reception(people=1).desk
    receptions.name_receiving(by=office, desk=other)
    assert set_to(False).takes is False
    assert first not in [seat.user for seat in rows_of([desk])[0].seats]


def test_exactly_one_desk_receives_for_all() -> None:
    office = make_user("secretariat")
    empty, one, two = make_reception(people=0), make_reception(), make_reception()
    assert refused(lambda: receptions.name_receiving(by=office, desk=empty.desk))
    for each in (one, two, two):
        receptions.name_receiving(by=office, desk=each.desk)
        assert [row.pk for row in DeskReception.objects.filter(is_receiving=True)] == [each.pk]
    assert acts() == ["reception.receiving"] * 2
    supervisor = make_counsellor(two.desk, "supervisor")
    with pytest.raises(PermissionDenied):
        receptions.name_receiving(by=supervisor, desk=two.desk)


def test_a_seat_is_given_by_another_to_people_with_a_role_in_that_organisation() -> None:
    desk = make_desk()
    ours = {"organization": desk.organization}
    office, both = make_user("secretariat"), make_user("secretariat", "counsellor", **ours)
    plain, foreign = make_user("member", **ours), make_user("counsellor", organization=make_organization())
    for by, user in ((both, both), (office, plain), (office, foreign)):
        assert refused(lambda by=by, user=user: receptions.seat(by=by, desk=desk, user=user))  # type: ignore[misc]
    assert not DeskSeat.objects.exists()
    row = receptions.seat(by=office, desk=desk, user=both)
    again = receptions.seat(by=office, desk=desk, user=both, is_deputy=True)
    receptions.seat(by=office, desk=desk, user=both, is_deputy=True)
    assert (again.pk, again.is_deputy, DeskSeat.objects.count()) == (row.pk, True, 1)
    assert acts() == ["seat.given"] * 2


def test_a_supervisor_keeps_the_own_desk_and_no_other() -> None:
    mine, other = make_reception(people=0), make_reception()
    supervisor, counsellor = make_counsellor(mine.desk, "supervisor"), make_counsellor(mine.desk)
    new = make_user("counsellor", organization=mine.desk.organization)
    receptions.seat(by=supervisor, desk=mine.desk, user=new)
    receptions.set_reception(by=supervisor, desk=mine.desk, takes=True, reply_days=5, on_call=new)
    foreign = DeskSeat.objects.get(desk=other.desk)
    for by in (supervisor, counsellor, make_user("orgadmin", organization=other.desk.organization)):
        with pytest.raises(PermissionDenied):
            receptions.set_reception(by=by, desk=other.desk, takes=False, reply_days=1, on_call=None)
        with pytest.raises(PermissionDenied):
            receptions.seat(by=by, desk=other.desk, user=foreign.user)
        with pytest.raises(PermissionDenied):
            receptions.unseat(by=by, seat=foreign)
    mine.refresh_from_db()
    assert (mine.reply_days, mine.on_call, acts()) == (5, new, ["seat.given", "reception.set"])


def test_whoever_gets_up_reads_nothing_and_leaves_what_was_theirs_to_the_desk() -> None:
    office, reception = make_user("secretariat"), make_reception(people=0)
    desk = reception.desk
    one, two = make_counsellor(desk), make_counsellor(desk)
    DeskReception.objects.filter(pk=reception.pk).update(on_call=one)
    it = make_consultation(desk, counsellor=one)
    seat = DeskSeat.objects.get(user=one)
    for _twice in range(2):
        receptions.unseat(by=office, seat=seat)
    it.refresh_from_db()
    reception.refresh_from_db()
    assert (it.counsellor, reception.on_call) == (None, None)
    assert not Consultation.objects.visible_to(one).exists()
    assert list(Consultation.objects.visible_to(two)) == [it]
    assert acts() == ["seat.ended"]
    receptions.name_receiving(by=office, desk=desk)
    last = DeskSeat.objects.get(user=two)
    assert refused(lambda: receptions.unseat(by=office, seat=last))  # the city would have nobody
    receptions.seat(by=office, desk=desk, user=one)  # and back, on the same day
    receptions.unseat(by=office, seat=last)
    assert list(Consultation.objects.visible_to(one)) == [it]
