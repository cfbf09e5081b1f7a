"""Desks in the Wagtail admin: editors draft, publishers publish, mistakes come back beside the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms import dates
from cms.models import AuditEvent
from directory.models import Concern, ConsultationDesk
from tests.factories.desks import make_desk
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
    assert "平日（祝日は休み）：Mo-Fr 08:30-17:15; PH off" in page.content.decode()
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


def test_a_national_line_needs_a_named_person_each_time_its_number_changes(
    login: Callable[..., tuple[Client, Any]],
) -> None:
    client, user = login("publisher")
    organization = make_organization()
    national = typed(organization, is_national="on", **{"channels-0-value": "#9999", "action-publish": "1"})
    client.post(ADD, national)
    desk = ConsultationDesk.objects.get()
    assert (desk.live, desk.confirmed_by, ConsultationDesk.objects.visible_to(None).count()) == (True, None, 0)
    edit = f"/admin/snippets/directory/consultationdesk/edit/{desk.pk}/"
    known = {
        "channels-INITIAL_FORMS": "1",
        "channels-0-id": str(desk.channels.get().pk),
        "channels-0-hours": "Mo-Fr 08:30-16:30; PH off",
    }
    assert client.post(edit, national | known | {"confirm_now": "on"}).status_code == 302
    desk.refresh_from_db()
    assert (desk.confirmed_by, desk.confirmed_on) == (user, dates.today())
    assert ConsultationDesk.objects.visible_to(None).count() == 1
    known["channels-0-id"] = str(desk.channels.get().pk)
    client.post(edit, national | known | {"name": "別の名前"})  # words may change
    desk.refresh_from_db()
    assert desk.confirmed_by == user
    known["channels-0-id"] = str(desk.channels.get().pk)
    client.post(edit, national | known | {"channels-0-value": "189"})
    desk.refresh_from_db()
    assert (desk.confirmed_by, ConsultationDesk.objects.visible_to(None).count()) == (None, 0)
    actions = AuditEvent.objects.filter(action__startswith="desk.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["desk.confirmed", "desk.confirmation_withdrawn"]


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
