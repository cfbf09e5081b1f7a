"""The screens of receiving: the office's, the supervisor's, and what residents read of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from directory.models import DeskReception, DeskSeat
from tests.factories.consultations import WORDS, make_consultation, make_counsellor, make_reception, send
from tests.factories.desks import make_desk
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, data: dict[str, Any] | None = None) -> str:
    """What stands on it; after a form where it leads to."""
    response = client.post(path, data, follow=True) if data else client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_office_sees_people_and_figures_and_no_word(login, django_assert_max_num_queries) -> None:
    client, _office = login("secretariat")
    lonely = make_reception(people=0, reply_days=4)
    one = make_counsellor(lonely.desk, name="窓口の人")
    away = make_counsellor(lonely.desk)
    DeskReception.objects.filter(pk=lonely.pk).update(on_call=away)
    DeskSeat.objects.filter(user=away).update(until=DeskSeat.objects.get(user=away).since)
    sent = send(lonely.desk, reply_by="2020-01-01T17:00+09:00")
    idle = make_desk(name="お休みの窓口")
    seen = page(client, "/members/office/receptions/")
    said = (
        "「おまかせ」を受ける窓口が決まっていません。", "4開庁日のうちに", one.name, "1件", "期限をすぎた1件", idle.name,
        "一人だけです。代わりの人がいません。", "至急のときの人が、この窓口にいません。",
    )  # fmt: skip
    assert [words for words in said if words not in seen] == []
    seen += page(client, f"/members/office/receptions/{lonely.desk.slug}/")
    assert [words for words in (WORDS[:8], sent.consultation.number) if words in seen] == []
    for _more in range(3):
        make_consultation(make_reception(people=2).desk)
    with django_assert_max_num_queries(40) as few:
        client.get("/members/office/receptions/")
    make_reception(people=3)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/members/office/receptions/")


def test_the_office_opens_a_desk_and_is_told_what_is_missing(login) -> None:
    client, _office = login("secretariat")
    desk = make_desk()
    one, two = (make_user("counsellor", organization=desk.organization) for _each in range(2))
    path = f"/members/office/receptions/{desk.slug}/"
    begin = {"act": "reception", "takes": "on", "reply_days": "2", "on_call": ""}
    refused = client.post(path, begin)
    assert (refused.status_code, "まだだれもいません" in refused.content.decode()) == (422, True)
    assert "これから、この人も相談を受けます。" in page(client, path, {"act": "seat", "user": one.pk})
    page(client, path, {"act": "seat", "user": two.pk, "is_deputy": "on"})
    page(client, path, {**begin, "on_call": two.pk})
    page(client, path, {"act": "receiving"})
    row = DeskReception.objects.get()
    assert (row.takes, row.on_call, row.is_receiving) == (True, two, True)
    seats = dict(DeskSeat.objects.values_list("user", "pk"))
    assert "もう、ここの相談は見えません" in page(client, path, {"act": "unseat", "seat": seats[two.pk]})
    assert "この人が最後の一人です" in page(client, path, {"act": "unseat", "seat": seats[one.pk]})
    assert client.post(path, {"act": "unseat", "seat": "999999"}).status_code == 404
    assert client.post(path, {"act": "else"}).status_code == 404
    assert client.post(path, {"act": "seat", "user": _office.pk}).status_code == 422  # not on the list


def test_a_supervisor_has_the_own_desks_and_not_the_office_s_word(login) -> None:
    mine, second, other = make_reception(people=0), make_reception(people=0), make_reception(people=2)
    client, chief = login("supervisor", organization=mine.desk.organization)
    path = "/members/consultations/desk/"
    assert "受け持つ窓口が、まだありません。" in page(client, path)
    second.desk.organization = mine.desk.organization
    second.desk.save()
    for each in (mine, second):
        DeskSeat.objects.create(desk=each.desk, user=chief)
    new = make_user("counsellor", organization=mine.desk.organization)
    page(client, f"{path}?desk={second.desk.slug}", {"act": "seat", "user": new.pk})
    page(client, f"{path}?desk={second.desk.slug}", {"act": "reception", "takes": "on", "reply_days": "5"})
    second.refresh_from_db()
    assert (second.reply_days, DeskSeat.objects.get(user=new).desk) == (5, second.desk)
    assert client.post(f"{path}?desk={second.desk.slug}", {"act": "receiving"}).status_code == 403
    assert client.get(f"{path}?desk={other.desk.slug}").status_code == 404
    foreign = DeskSeat.objects.filter(desk=other.desk).first()
    assert foreign is not None
    assert client.post(f"{path}?desk={mine.desk.slug}", {"act": "unseat", "seat": foreign.pk}).status_code == 404


def test_residents_read_how_soon_while_somebody_sits_there(client: Client) -> None:
    reception = make_reception(people=1, reply_days=3)
    path = reception.desk.get_absolute_url()
    assert "3開庁日のうちに返事をします" in page(client, path)
    DeskSeat.objects.update(until=DeskSeat.objects.get().since)
    assert "開庁日のうちに" not in page(client, path)
