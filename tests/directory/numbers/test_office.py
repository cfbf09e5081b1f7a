"""The page where everything waits: one calm list, a constant number of queries, decisions by a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from cms import dates
from directory.actions import numbers
from directory.models import Channel, ConsultationDesk, DeskReport, NumberChange
from directory.queries.keeping import Waiting, shared_with
from tests.factories.desks import make_desk, make_national
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db

OFFICE = "/members/office/desks/"


def trouble() -> ConsultationDesk:
    """A desk with everything that can wait."""
    person = make_user("editor")
    desk = make_desk({"value": "0865-63-0911", "hours": "24/7"}, {"value": "189"})
    numbers.propose(desk=desk, kind="phone", old="+81865630911", new="0865-63-8515", by=person)
    numbers.hide(desk=desk, kind="phone", value="189", by=person)
    DeskReport.objects.create(desk=desk, what="number", words="つながらない", sender="a")
    make_national(by=person, confirmed=False)
    return desk


def test_everything_on_one_page(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("secretariat")
    assert "待っていることはありません" in client.get(OFFICE).content.decode()
    desk = trouble()
    page = client.get(OFFICE).content.decode()
    for words in (
        desk.name,
        "0865-63-0911",
        "0865-63-8515",
        "つながらない",
        "まだ確かめていない、全国の窓口",
        "90日以上、確かめていない窓口",
    ):
        assert words in page
    assert OFFICE in client.get("/members/office/people/").content.decode()  # in the navigation


def test_queries_do_not_grow(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("secretariat")
    trouble()
    client.get(OFFICE)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(OFFICE).status_code == 200
        return len(caught)

    few = asked()
    for _each in range(4):
        trouble()
    assert asked() == few


def test_a_second_person_confirms_on_the_screen(login: Callable[..., tuple[Client, Any]]) -> None:
    desk = trouble()
    change = NumberChange.objects.get()
    where = f"{OFFICE}changes/{change.pk}/"
    client, _user = login("secretariat")
    page = client.get(where).content.decode()
    assert "電話して確かめました" in page
    client.post(where, {"act": "confirm"})
    assert Channel.objects.public().filter(desk=desk, value="+81865638515").exists()
    late = client.post(where, {"act": "refuse"}, follow=True).content.decode()
    assert "ほかの方が、先に決めました" in late
    assert "電話して確かめました" not in client.get(where).content.decode()


def test_the_proposer_sees_no_button_and_the_door_says_no(login: Callable[..., tuple[Client, Any]]) -> None:
    client, user = login("editor", "secretariat")
    desk = make_desk({"value": "0865-63-0911"})
    change = numbers.propose(desk=desk, kind="phone", old="+81865630911", new="189", by=user)
    for where in (f"{OFFICE}changes/{change.pk}/", f"/admin/numbers/{change.pk}/"):
        page = client.get(where).content.decode()
        assert ("電話して確かめました" in page, "自分の変更を取り下げる" in page) == (False, True)
        assert "別の方が電話をかけて確かめます" in client.post(where, {"act": "confirm"}, follow=True).content.decode()
    assert change.state == NumberChange.objects.get().state == "waiting"


def test_communications_confirm_in_the_admin(login: Callable[..., tuple[Client, Any]]) -> None:
    desk = trouble()
    change = NumberChange.objects.get()
    client, _user = login("publisher")
    home = client.get("/admin/").content.decode()
    assert "番号の確認待ち" in home
    assert "0865-63-8515" in home
    assert "0865-63-8515" in client.get("/admin/numbers/").content.decode()
    assert "電話して確かめました" in client.get(f"/admin/numbers/{change.pk}/").content.decode()
    client.post(f"/admin/numbers/{change.pk}/", {"act": "confirm"})
    assert Channel.objects.public().filter(desk=desk, value="+81865638515").exists()
    assert client.get(f"/admin/numbers/{change.pk}/").status_code == 404
    assert "/admin/numbers/1" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", ["secretariat", "orgadmin", "auditor", "admin"])
def test_the_admin_is_for_communications(login: Callable[..., tuple[Client, Any]], role: str) -> None:
    client, _user = login(role, is_superuser=True)
    assert client.get("/admin/numbers/").status_code == 403


def test_a_national_line_is_confirmed_by_somebody_who_did_not_write_it(
    login: Callable[..., tuple[Client, Any]],
) -> None:
    client, writer = login("secretariat", "publisher")
    line = make_national(by=writer, confirmed=False)
    line.save_revision(user=writer).publish(user=writer)
    where = f"{OFFICE}{line.slug}/"
    assert "別の方が確かめて" in client.post(where, {"act": "confirm"}, follow=True).content.decode()
    other, second = login("secretariat")
    other.post(where, {"act": "confirm"})
    line.refresh_from_db()
    assert (line.confirmed_by, line.confirmed_on) == (second, dates.today())


def test_two_desks_with_one_number_are_told_and_allowed(login: Callable[..., tuple[Client, Any]]) -> None:
    one = make_desk({"value": "0865-63-0911"}, name="悩みの窓口")
    two = make_desk({"value": "0865-63-0911"}, name="社協の窓口")
    assert [(number, desk.name) for number, desk in shared_with(one, {("phone", "+81865630911")})] == [
        ("0865-63-0911", "社協の窓口")
    ]
    client, _user = login("secretariat")
    assert "0865-63-0911 は「悩みの窓口」の番号でもあります" in client.get(f"{OFFICE}{two.slug}/").content.decode()


def test_the_admin_tells_of_a_shared_number_and_of_what_waits(login: Callable[..., tuple[Client, Any]]) -> None:
    make_desk({"value": "0865-63-0911"}, name="悩みの窓口")
    desk = make_desk({"value": "0865-63-8515", "hours": "24/7"}, organization=make_organization())
    client, _user = login("publisher")
    sent = {
        "name": "窓口", "organization": desk.organization_id, "for_self": "on", "worries": "", "aliases": "", "promises": "",
        "action-publish": "1", "channels-TOTAL_FORMS": "1", "channels-INITIAL_FORMS": "1", "channels-MIN_NUM_FORMS": "1",
        "channels-MAX_NUM_FORMS": "1000", "channels-0-id": desk.channels.get().pk, "channels-0-kind": "phone",
        "channels-0-value": "0865-63-0911", "channels-0-hours": "24/7", "channels-0-ORDER": "1",
    }  # fmt: skip
    edit = f"/admin/snippets/directory/consultationdesk/edit/{desk.pk}/"
    page = client.post(edit, sent, follow=True).content.decode()
    assert "ふたり目の確認待ちです" in page
    assert "0865-63-0911 は「悩みの窓口」の番号でもあります" in page
    assert "ふたり目の確認待ち" in client.get(edit).content.decode()


def test_sample_numbers_are_shared_by_everybody() -> None:
    with override_settings(DEMO=True):
        one, _two = (make_desk({"value": "0000-00-0001"}) for _each in range(2))
        assert shared_with(one, {("phone", "0000-00-0001")}) == []


def test_a_hold_on_a_number_that_is_gone_waits_for_nobody() -> None:
    desk = make_desk({"value": "189"}, {"value": "110"})
    numbers.hide(desk=desk, kind="phone", value="189", by=make_user("editor"))
    assert len(Waiting(dates.today()).holds) == 1
    desk.channels = [row for row in desk.channels.all() if row.value != "189"]
    desk.save()
    assert Waiting(dates.today()).holds == []
