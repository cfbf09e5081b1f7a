"""Nobody reads along unseen: a seat is told to whoever sits there, and the office's counts after a supervisor's yes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from cms.models import AuditEvent
from directory.actions.consultations import receptions
from directory.models import Consultation, DeskSeat, Notification, User
from directory.queries.consultations import people_at
from directory.queries.notifications import shown_to
from tests.factories.consultations import make_consultation, make_counsellor, make_reception
from tests.factories.people import make_user, satisfy_mfa, sign_in

pytestmark = pytest.mark.django_db
DESK = "/members/consultations/desk/"


def news_of(user: User) -> list[str]:
    """What the list of news tells somebody about seats, as they read it."""
    rows = shown_to(user, Notification.objects.visible_to(user).filter(kind__startswith="seat_"))
    return [f"{row.kind} {row.thing.user.name} {row.thing.given_by.name}" for row in rows]


def signed_in(user: User) -> Client:
    """On the screens."""
    satisfy_mfa(user)
    client = Client()
    sign_in(client, user)
    return client


def test_without_a_supervisor_it_counts_at_once_and_everybody_there_hears_who_came() -> None:
    desk, office = make_reception(people=0).desk, make_user("secretariat", name="事務局の人")
    one, elsewhere = make_counsellor(desk), make_counsellor(make_reception().desk)
    new = make_user("counsellor", organization=desk.organization, name="あたらしい人")
    seat = receptions.seat(by=office, desk=desk, user=new)
    receptions.seat(by=office, desk=desk, user=new, is_deputy=True)  # the same seat: no second news
    assert (seat.waits, new in people_at(desk)) == (False, True)
    assert news_of(one) == ["seat_given あたらしい人 事務局の人"]
    assert news_of(new) == news_of(elsewhere) == []
    row = Notification.objects.get(user=one)
    assert (row.codes, row.target) == ({}, str(seat.pk))  # no name in the row
    receptions.unseat(by=office, seat=seat)
    assert news_of(one) == []


def test_the_office_alone_seats_nobody_where_a_supervisor_is() -> None:
    desk, office = make_reception(people=0).desk, make_user("secretariat", name="事務局の人")
    one, chief = make_counsellor(desk), make_counsellor(desk, "supervisor")
    puppet = make_user("counsellor", organization=desk.organization, name="だれかの人")
    it = make_consultation(desk)
    seat = receptions.seat(by=office, desk=desk, user=puppet)
    receptions.seat(by=office, desk=desk, user=puppet, is_deputy=True)  # said again it still waits
    seat.refresh_from_db()
    assert (seat.waits, people_at(desk), Consultation.objects.visible_to(puppet).exists()) == (
        True,
        [one, chief],
        False,
    )
    assert (news_of(chief), news_of(one)) == (["seat_waits だれかの人 事務局の人"], [])
    for by in (office, one, puppet, make_counsellor(make_reception().desk, "supervisor")):
        for verb in (receptions.confirm, receptions.refuse):
            with pytest.raises(PermissionDenied):
                verb(by=by, seat=seat)
    for _twice in range(2):
        receptions.confirm(by=chief, seat=seat)
    seat.refresh_from_db()
    assert (seat.waits, seat.confirmed_by, list(Consultation.objects.visible_to(puppet))) == (False, chief, [it])
    assert (news_of(chief), news_of(one)) == ([], ["seat_given だれかの人 事務局の人"])
    assert list(AuditEvent.objects.filter(action__startswith="seat.").order_by("pk").values_list("action", flat=True)) == [
        "seat.given", "seat.given", "seat.confirmed",
    ]  # fmt: skip


def test_a_supervisor_s_own_seat_counts_and_no_is_an_end() -> None:
    desk, office = make_reception(people=0).desk, make_user("secretariat")
    one, chief = make_counsellor(desk), make_counsellor(desk, "supervisor")
    first, second, third = (make_user("counsellor", organization=desk.organization) for _each in range(3))
    assert receptions.seat(by=chief, desk=desk, user=first).waits is False
    assert ([row.split()[0] for row in news_of(one)], news_of(chief)) == (["seat_given"], [])
    asked = receptions.seat(by=office, desk=desk, user=second)
    receptions.refuse(by=chief, seat=asked)
    receptions.confirm(by=chief, seat=asked)  # too late: it has ended
    assert (second in people_at(desk), DeskSeat.objects.get(pk=asked.pk).confirmed_at) == (False, None)
    receptions.seat(by=office, desk=desk, user=third)
    assert receptions.seat(by=chief, desk=desk, user=third).waits is False  # given by both is a yes
    assert third in people_at(desk)


def test_the_supervisor_s_page_asks_and_the_office_s_says_that_it_waits(login: Any) -> None:
    desk = make_reception(people=0).desk
    chief, other = make_counsellor(desk, "supervisor"), make_counsellor(make_reception().desk, "supervisor")
    two = [make_user("counsellor", organization=desk.organization) for _each in range(2)]
    office, _who = login("secretariat")
    path = f"/members/office/receptions/{desk.slug}/"
    for user in two:
        said = office.post(path, {"act": "seat", "user": user.pk}, follow=True).content.decode()
        assert "窓口のまとめ役にたずねました" in said
    yes, no = DeskSeat.objects.filter(user__in=two).order_by("pk")
    assert (said.count('value="confirm"'), said.count('value="unseat"')) == (0, 3)  # the office may only take it back
    assert office.post(path, {"act": "confirm", "seat": yes.pk}).status_code == 403
    assert signed_in(other).post(DESK, {"act": "confirm", "seat": yes.pk}).status_code == 404
    client = signed_in(chief)
    page = client.get(DESK).content.decode()
    assert (page.count('value="confirm"'), page.count('value="refuse"')) == (2, 2)
    assert all(words in page for words in ("よい", "ちがう", two[0].name, two[1].name))
    client.post(DESK, {"act": "confirm", "seat": yes.pk})
    client.post(DESK, {"act": "refuse", "seat": no.pk})
    assert [user in people_at(desk) for user in two] == [True, False]
    assert 'value="confirm"' not in client.get(DESK).content.decode()
