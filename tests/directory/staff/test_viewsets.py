"""Desks in the Wagtail admin: editors draft, publishers publish, mistakes come back beside the field."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms import dates
from directory.models import Concern, ConsultationDesk
from tests.factories.desks import make_desk, make_national
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db

ADD = "/admin/snippets/directory/consultationdesk/add/"


def typed(organization: Any, **changes: Any) -> dict[str, Any]:
    """What a browser sends for a desk with one telephone."""
    return {
        "name": "ほっとライン", "kana": "ほっとらいん", "organization": organization.pk, "description": "",
        "worries": "悩みや不安で寝れない\n\n 孤独・孤立で不安を抱えている ", "aliases": "", "promises": "",
        "for_self": "on", "audience": "", "area": "", "reply_time": "", "website": "", "opened_on": "2021-05",
        "concerns": [Concern.objects.get(code="k1").pk],
        "channels-TOTAL_FORMS": "1", "channels-INITIAL_FORMS": "0", "channels-MIN_NUM_FORMS": "1", "channels-MAX_NUM_FORMS": "1000",
        "channels-0-kind": "phone", "channels-0-value": "０８６５−６３−８５１５", "channels-0-hours": "Mo-Fr 8:30-16:30;PH off",
        "channels-0-hours_text": "", "channels-0-note": "", "channels-0-ORDER": "1", "channels-0-id": "",
        **changes,
    }  # fmt: skip


def test_a_publisher_puts_a_desk_on_the_page(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("publisher")
    page = client.get(ADD)
    assert page.status_code == 200
    assert "時間を書かない曜日は休みです。" in page.content.decode()
    response = client.post(ADD, typed(make_organization(), **{"action-publish": "1"}))
    assert response.status_code == 302, response.context["form"].errors
    desk = ConsultationDesk.objects.visible_to(None).get()
    channel = desk.channels.get()
    assert (desk.worries, channel.value, channel.hours) == (
        ["悩みや不安で寝れない", "孤独・孤立で不安を抱えている"], "+81865638515", "Mo-Fr 08:30-16:30; PH off",
    )  # fmt: skip
    assert [concern.code for concern in desk.concerns.all()] == ["k1"]
    assert "0865-63-8515" in Client().get("/help/").content.decode()
    again = client.get(f"/admin/snippets/directory/consultationdesk/edit/{desk.pk}/").content.decode()
    assert "悩みや不安で寝れない\n孤独・孤立で不安を抱えている" in again


def test_an_editor_keeps_a_draft_and_cannot_publish(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("editor")
    assert client.post(ADD, typed(make_organization(), **{"action-publish": "1"})).status_code == 302
    assert ConsultationDesk.objects.get().live is False
    assert ConsultationDesk.objects.visible_to(None).count() == 0


def test_mistakes_come_back_beside_the_field_and_nothing_is_lost(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("publisher")
    wrong = {"channels-0-value": "0120-CALL", "channels-0-hours": "月-金 9:00-17:00"}
    page = client.post(ADD, typed(make_organization(), **wrong, **{"action-publish": "1"}))
    assert page.status_code == 200
    words = page.content.decode()
    assert "電話番号は、数字とハイフンで書いてください。" in words
    assert "1文字目：曜日は Mo Tu We Th Fr Sa Su" in words
    assert "0120-CALL" in words
    assert "悩みや不安で寝れない" in words
    assert not ConsultationDesk.objects.exists()


def test_a_national_line_needs_a_second_named_person_and_again_when_its_hours_change(
    login: Callable[..., tuple[Client, Any]],
) -> None:
    writer, _user = login("publisher")
    second, confirmer = login("editor")
    national = typed(make_organization(), is_national="on", **{"channels-0-value": "#9999", "action-publish": "1"})
    assert (
        writer.post(ADD, national | {"confirm_now": "on"}).status_code == 200
    )  # nobody vouches for what they just wrote
    assert not ConsultationDesk.objects.exists()
    writer.post(ADD, national)
    desk = ConsultationDesk.objects.get()
    assert (desk.live, desk.confirmed_by, ConsultationDesk.objects.visible_to(None).count()) == (True, None, 0)
    edit = f"/admin/snippets/directory/consultationdesk/edit/{desk.pk}/"
    known = {"channels-INITIAL_FORMS": "1", "channels-0-hours": "Mo-Fr 08:30-16:30; PH off"}

    def sent(**changes: Any) -> dict[str, Any]:
        return national | known | {"channels-0-id": str(desk.channels.get().pk)} | changes

    assert writer.post(edit, sent(confirm_now="on")).status_code == 200  # the same person, later
    assert second.post(edit, sent(confirm_now="on")).status_code == 302
    desk.refresh_from_db()
    assert (desk.confirmed_by, desk.confirmed_on) == (confirmer, dates.today())
    assert ConsultationDesk.objects.visible_to(None).count() == 1
    writer.post(edit, sent(name="別の名前"))  # words may change
    desk.refresh_from_db()
    assert (desk.name, desk.confirmed_by) == ("別の名前", confirmer)
    writer.post(edit, sent(**{"channels-0-value": "189"}))  # a number waits, the confirmed one stays
    desk.refresh_from_db()
    assert (desk.confirmed_by, [channel.value for channel in desk.channels.all()]) == (confirmer, ["#9999"])
    writer.post(edit, sent(**{"channels-0-hours": "24/7"}))  # nobody has vouched for these hours
    desk.refresh_from_db()
    assert (desk.confirmed_by, ConsultationDesk.objects.visible_to(None).count()) == (None, 0)


def test_an_old_draft_brings_no_confirmation_back(login: Callable[..., tuple[Client, Any]]) -> None:
    _client, person = login("editor")
    line = make_national(by=person)
    old = line.save_revision(user=person)
    ConsultationDesk.objects.filter(pk=line.pk).update(confirmed_by=None, confirmed_on=None)
    old.refresh_from_db()
    old.publish()
    assert ConsultationDesk.objects.get(pk=line.pk).confirmed_on is None


@pytest.mark.parametrize("name", ["consultationdesk", "organization", "concern", "rolestatement"])
def test_lists_open_and_find_drafts(login: Callable[..., tuple[Client, Any]], name: str) -> None:
    client, _user = login("editor")
    make_desk(name="下書きの窓口", live=False, organization=make_organization(name="下書きの窓口の会"))
    page = client.get(f"/admin/snippets/directory/{name}/", {"q": "下書き"})
    assert page.status_code == 200
    assert ("下書きの窓口" in page.content.decode()) is (name in {"consultationdesk", "organization"})


@pytest.mark.parametrize("role", ["member", "secretariat", "auditor"])
def test_others_have_no_door(login: Callable[..., tuple[Client, Any]], role: str) -> None:
    client, _user = login(role)
    assert client.get(ADD).status_code == 403


def week(**changes: str) -> dict[str, str]:
    """What a browser sends for the table of the week: 8:30 to 17:15 from Monday to Friday, closed on holidays."""
    name = "channels-0-hours"
    days = {f"{name}-d{day}-0-{end}": time for day in range(5) for end, time in (("from", "8:30"), ("to", "17:15"))}
    rest = {f"{name}-mode": "week", f"{name}-was": "", f"{name}-holidays": "closed", name: ""}
    return days | rest | {f"{name}-{key.replace('_', '-')}": value for key, value in changes.items()}


def test_hours_are_edited_in_a_table_of_the_week(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("publisher")
    first = typed(
        make_organization(), **week(d2_1_from="18:00", d2_1_to="20:00"), **{"channels-0-last_reception": "30"}
    )
    assert client.post(ADD, first | {"action-publish": "1"}).status_code == 302
    channel = ConsultationDesk.objects.get().channels.get()
    assert channel.hours == "Mo,Tu,Th,Fr 08:30-17:15; We 08:30-17:15,18:00-20:00; PH off"
    edit = f"/admin/snippets/directory/consultationdesk/edit/{channel.desk_id}/"
    page = client.get(edit).content.decode()
    assert 'name="channels-0-hours-d2-1-from" id="id_channels-0-hours_d2_1_from" value="18:00"' in page
    assert "月・火・木・金8時30分～17時15分" in page
    assert "directory/hours.js" in page
    assert "channels-__prefix__-hours-d0-0-from" in page  # rows added in the browser are made from this


def test_mistakes_in_the_table_stand_beside_their_box(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("publisher")
    wrong = week(d0_0_from="25:00", d1_0_to="", c0_from="2027-02-30", c0_to="", c0_why="研修")
    page = client.post(ADD, typed(make_organization(), **wrong) | {"action-publish": "1"})
    words = page.content.decode()
    assert page.status_code == 200
    assert "月曜：この時刻はありません。" in words
    assert re.search(r'name="channels-0-hours-d0-0-from"[^>]*value="25:00"[^>]*aria-invalid="true"', words)
    assert re.search(
        r'type="text"[^>]*name="channels-0-hours-c0-from" value="2027-02-30"', words
    )  # not lost in a date box
    assert not ConsultationDesk.objects.exists()


def test_a_last_reception_that_leaves_no_time_is_refused(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("publisher")
    desk = typed(make_organization(), **week(), **{"channels-0-last_reception": "600", "action-publish": "1"})
    assert "だれも受け付けられなくなります" in client.post(ADD, desk).content.decode()
    assert not ConsultationDesk.objects.exists()


def test_opening_and_saving_a_desk_leaves_its_hours_letter_by_letter(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("publisher")
    desk = make_desk({"value": "0865-63-8515", "hours": "Su-Th 18:00-22:00; PH off"})
    page = client.get(f"/admin/snippets/directory/consultationdesk/edit/{desk.pk}/")
    form = page.context["form"].formsets["channels"].forms[0]
    assert form.fields["hours"].has_changed(desk.channels.get().hours, form["hours"].value()) is False
    assert 'name="channels-0-hours-was" value="Su-Th 18:00-22:00; PH off"' in page.content.decode()


def test_the_words_are_read_back_while_one_types(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("editor")
    url = "/admin/desks/hours/reading/"
    answers = [
        client.post(url, data | {"name": "channels-0-hours"}).json()["words"]
        for data in (week(), week(d0_0_from="25:00"), week(mode="unknown"), week(mode="always"), {})
    ]
    assert answers == ["平日8時30分～17時15分", "", "", "24時間・365日", ""]
    assert client.get(url).status_code == 405
    assert login("member")[0].post(url, week()).status_code == 403
