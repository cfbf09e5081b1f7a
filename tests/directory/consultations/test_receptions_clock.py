"""The clock: nothing lies where nobody sits, and who lets others wait is reminded. Each tick may come twice."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from cms import dates
from cms.models import AuditEvent
from directory.actions.consultations import receiving, receptions, watching
from directory.enums import ConsentState
from directory.models import ConsentQuestion, Consultation, DeskReception, DeskSeat, Message, Notification, User
from directory.queries.notifications import path, sentence, shown_to
from tests.factories.consultations import WORDS, make_consultation, make_counsellor, make_reception
from tests.factories.people import make_user

FRIDAY = "2026-12-04T10:00+09:00"


def said(user: User) -> list[str]:
    """What stands in somebody's news about receiving, as they read it now."""
    user.forget_roles()
    kinds = (watching.FREE, watching.LATE, watching.UNSEEN, watching.LATE_DESKS, watching.LATE_ELSEWHERE)
    rows = shown_to(user, Notification.objects.filter(user=user, kind__in=kinds).order_by("pk"))
    assert all(path(row).startswith("/members/") for row in rows)
    return [sentence(row) for row in rows]


def role_ends(user: User) -> None:
    user.role_assignments.update(until=dates.today())


def seat_ends(user: User) -> None:
    DeskSeat.objects.filter(user=user).update(until=dates.today())


def days_pass() -> None:
    """Two of them, for the holidays: since the desks were found without anybody."""
    DeskReception.objects.filter(empty_since__isnull=False).update(empty_since=dates.now() - dt.timedelta(days=14))


def organisation_ends(user: User) -> None:
    assert user.organization is not None
    user.organization.ended_on = dates.today()
    user.organization.save()


@pytest.mark.django_db
@pytest.mark.parametrize("leave", [role_ends, seat_ends, organisation_ends])
def test_where_nobody_sits_any_more_everything_goes_to_the_receiving_desk(leave: Callable[[User], None]) -> None:
    front, left = make_reception(receiving=True, people=0), make_reception(people=0)
    there, gone = make_counsellor(front.desk), make_counsellor(left.desk)
    waiting, answered, asked = (make_consultation(left.desk) for _each in range(3))
    receiving.claim(by=gone, consultation=waiting)
    for each in (answered, asked):
        receiving.answer(by=gone, consultation=each, text="読みました。", form_key=each.number)
    ConsentQuestion.objects.create(
        consultation=asked, from_desk=left.desk, to_desk=front.desk, asked_by=gone, words="よいですか"
    )
    ended = make_consultation(left.desk, state="closed", closed_at=dates.now(), erase_on="2030-01-01")
    stays = make_consultation(front.desk)
    assert watching.give_back_unseen() == 0  # somebody sits there: nothing moves
    leave(gone)
    assert watching.give_back_unseen() == 0  # it may be renewed in a moment
    days_pass()
    assert [watching.give_back_unseen() for _tick in range(2)] == [3, 0]
    now = {row.pk: (row.desk, row.state, row.counsellor) for row in Consultation.objects.all()}
    assert now == {
        waiting.pk: (front.desk, "received", None),
        answered.pk: (front.desk, "answered", None),
        asked.pk: (front.desk, "received", None),
        ended.pk: (left.desk, "closed", None),
        stays.pk: (front.desk, "received", None),
    }
    notes = Message.objects.filter(event="given_back").values_list("consultation", "desk")
    assert sorted(notes) == sorted((each.pk, front.desk.pk) for each in (waiting, answered, asked))
    assert ConsentQuestion.objects.get().state == ConsentState.TAKEN_BACK
    there.forget_roles()
    assert set(Consultation.objects.visible_to(there)) == {waiting, answered, asked, stays}
    told = Notification.objects.filter(user=there, kind="consultation_arrived").values_list("target", flat=True)
    assert sorted(told) == sorted(str(each.pk) for each in (waiting, answered, asked, stays))


@pytest.mark.django_db
def test_without_a_receiving_desk_the_office_hears_how_many() -> None:
    left, office = make_reception(people=0), make_user("secretariat")
    gone = make_counsellor(left.desk)
    make_consultation(left.desk)
    make_consultation(left.desk)
    seat_ends(gone)
    assert [watching.give_back_unseen() for _tick in range(2)] == [0, 0]
    assert said(office) == ["受ける人のいない相談が2件あります。「おまかせ」を受ける窓口を決めてください。"]
    front = make_reception(people=2)
    receptions.name_receiving(by=office, desk=front.desk)
    days_pass()
    assert watching.give_back_unseen() == 2
    assert said(office) == []  # settled: it is no news any more


@pytest.mark.django_db
def test_what_a_leaver_had_is_everybodys_again() -> None:
    reception = make_reception(people=0)
    one, two = make_counsellor(reception.desk), make_counsellor(reception.desk)
    theirs, others = (
        make_consultation(reception.desk, counsellor=one),
        make_consultation(reception.desk, counsellor=two),
    )
    role_ends(one)
    assert [watching.free_of_leavers() for _tick in range(2)] == [1, 0]
    assert dict(Consultation.objects.values_list("pk", "counsellor")) == {theirs.pk: None, others.pk: two.pk}
    assert said(two) == [f"{theirs.number}　担当の人が窓口を離れました。引き受けてください。"]
    assert said(one) == []


@pytest.mark.django_db
def test_late_ones_are_reminded_of_once_and_later_counted(frozen: Any) -> None:
    frozen(FRIDAY)
    front, late = make_reception(receiving=True, people=0), make_reception(people=0)
    chief, busy = make_counsellor(late.desk, "supervisor"), make_counsellor(late.desk)
    idle, office = make_counsellor(late.desk), make_user("secretariat")
    front_chief, front_one = make_counsellor(front.desk, "supervisor"), make_counsellor(front.desk)
    everybody = (chief, busy, idle, office, front_chief, front_one)
    it = make_consultation(late.desk, counsellor=busy)  # answered by Tuesday, five o'clock

    def tick(at: str) -> list[list[str]]:
        frozen(at)
        for _twice in range(2):
            watching.remind(dates.now())
        return [said(user) for user in everybody]

    one, figure = (
        [f"{it.number}　返事の期限をすぎました。"],
        [f"{late.desk.name}　返事の期限をすぎた相談が1件あります。"],
    )
    assert tick("2026-12-08T16:59+09:00") == [[]] * 6
    assert tick("2026-12-08T17:01+09:00") == [one, one, [], [], [], []]
    assert tick("2026-12-10T17:01+09:00") == [one, one, [], figure, figure, []]
    assert not any(word in str(list(Notification.objects.values())) for word in (WORDS[:6], it.number))
    assert AuditEvent.objects.filter(action__in=["consultation.reminded", "reception.late"]).count() == 2
    receiving.answer(by=busy, consultation=it, text="おそくなりました。", form_key="a")
    assert tick("2026-12-11T09:00+09:00") == [[]] * 6  # answered: nothing is late any more


@pytest.mark.django_db
def test_nobody_is_reminded_at_night(frozen: Any) -> None:
    frozen(FRIDAY)
    reception = make_reception(people=0)
    chief = make_counsellor(reception.desk, "supervisor")
    it = make_consultation(reception.desk)
    frozen("2026-12-09T03:00+09:00")
    assert (watching.remind(dates.now()), said(chief)) == (0, [])
    frozen("2026-12-09T08:00+09:00")
    assert (watching.remind(dates.now()), said(chief)) == (1, [f"{it.number}　返事の期限をすぎました。"])


def together(*deeds: Callable[[], Any]) -> None:
    """All at one moment."""
    gate = threading.Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> None:
        try:
            gate.wait()
            deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        list(pool.map(one, deeds))


@pytest.mark.django_db(transaction=True)
def test_two_clocks_and_two_secretaries_at_one_moment() -> None:
    front, left = make_reception(receiving=True), make_reception(people=0)
    office, chief = make_user("secretariat"), make_counsellor(front.desk, "supervisor")
    gone = make_counsellor(left.desk)
    it = make_consultation(left.desk)
    late = make_consultation(front.desk, reply_by=dates.now() - dt.timedelta(days=30))
    seat_ends(gone)
    watching.give_back_unseen()
    days_pass()
    morning = dates.now().replace(hour=9)
    together(*[lambda: watching.watch(morning)] * 3)
    assert Message.objects.filter(consultation=it, event="given_back").count() == 1
    assert AuditEvent.objects.filter(action="consultation.given_back").count() == 1
    assert AuditEvent.objects.filter(action="consultation.reminded").count() == 1
    assert Notification.objects.filter(user=chief, kind=watching.LATE, target=late.pk).count() == 1
    others = [make_reception() for _each in range(3)]
    together(*[lambda each=each: receptions.name_receiving(by=office, desk=each.desk) for each in others])  # type: ignore[misc]
    assert DeskReception.objects.filter(is_receiving=True).count() == 1
