"""The office sees who comes and takes out a harmless table; every export leaves a trace."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cms.models import AuditEvent
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops.actions import registrations as actions
from workshops.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(login: Callable[..., Any]) -> Client:
    client: Client = login("secretariat")[0]
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def booked(**fields: Any) -> Event:
    event = make_event(unit="party")
    make_registration(make_occurrence(event), **{"name": "なぎ", "people": 3, "companions": ["そら"], **fields})
    return event


def test_the_list_counts_and_names_nobody(office: Client) -> None:
    event = booked()
    page = text(office.get("/members/office/events/"))
    assert event.title in page
    assert "1組" in page
    assert "3人" in page
    assert "なぎ" not in page
    assert event.title not in text(office.get("/members/office/events/?when=past"))


def test_the_list_asks_the_same_number_of_questions_for_many_events(office: Client) -> None:
    booked()
    office.get("/members/office/events/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        office.get("/members/office/events/")
    for _ in range(4):
        booked()
    with CaptureQueriesContext(connection) as five:
        office.get("/members/office/events/")
    assert len(one) == len(five)


def test_who_comes_with_what_they_need(office: Client) -> None:
    event = booked(supports=["wheelchair"], note="3歳の子がいます", email="nagi@example.jp", phone="0000-00-0009")
    twice = make_registration(make_occurrence(event), name="なぎさ", email="NAGI@example.jp").registration
    gone = make_registration(make_occurrence(event), name="やめた人").registration
    actions.withdraw(registration=gone)
    page = text(office.get(f"/members/office/events/{event.pk}/"))
    for words in (
        "なぎ",
        "そら",
        "車いすの席",
        "3歳の子がいます",
        "nagi@example.jp",
        "0000-00-0009",
        "やめた人",
        "取り消し",
    ):
        assert words in page
    assert page.count("同じメールの申込がほかにもあります") == 2
    assert twice.is_active


def test_csv_and_xlsx_hold_the_same_and_nothing_that_runs(office: Client) -> None:
    event = booked(name="=1+1", note="一行目\n二行目", email="nagi@example.jp")
    page = f"/members/office/events/{event.pk}/registrations"
    answer = office.post(page + ".csv")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["日時", "状態", "よび名", "人数"]
    assert (rows[1][2], rows[1][3], rows[1][7]) == ("'=1+1", "3", "一行目 二行目")
    book = load_workbook(io.BytesIO(office.post(page + ".xlsx").content))
    cells = list(book.active.iter_rows())[1]
    assert (cells[2].value, cells[2].data_type, cells[3].value) == ("=1+1", "s", 3)
    audits = AuditEvent.objects.filter(action="registrations.exported").order_by("pk")
    assert [(row.codes["form"], row.codes["rows"]) for row in audits] == [("csv", 1), ("xlsx", 1)]


def test_an_export_is_a_post_and_asks_for_the_permission_again(
    office: Client, login: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    event = booked()
    path = f"/members/office/events/{event.pk}/registrations.csv"
    assert office.get(path).status_code == 405
    monkeypatch.setattr(actions, "may_export_registrations", lambda user: False)
    assert office.post(path).status_code == 403
    assert not AuditEvent.objects.filter(action="registrations.exported").exists()


@pytest.mark.parametrize("role", ["publisher", "editor", "member", "reviewer", "auditor", "admin", "orgadmin"])
def test_nobody_else_sees_a_registrant(login: Callable[..., Any], role: str) -> None:
    event = booked(name="ひみつの人")
    client, _user = login(role)
    base = f"/members/office/events/{event.pk}"
    for answer in (
        client.get("/members/office/events/"),
        client.get(base + "/"),
        client.post(base + "/registrations.csv"),
    ):
        assert answer.status_code == 403
        assert "ひみつの人" not in text(answer)


def test_a_missing_event_is_not_found(office: Client) -> None:
    assert office.get("/members/office/events/999999/").status_code == 404
    assert office.post("/members/office/events/999999/registrations.csv").status_code == 404
