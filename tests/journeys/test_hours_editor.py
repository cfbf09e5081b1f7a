"""Staff fill in the table of hours in a real browser: with scripts and Wagtail's added row, and without any script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from directory.models import ConsultationDesk
from tests.factories.desks import make_desk
from tests.journeys.conftest import DESK, PHONE, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def edit(visit: Visit, desk: ConsultationDesk) -> Any:
    return visit.goto(f"/admin/snippets/directory/consultationdesk/edit/{desk.pk}/")


def test_the_table_of_hours(visit: Callable[..., Visit], person: Callable[..., Any]) -> None:
    publisher = person("publisher", email="publisher@example.org")
    desk = make_desk({"value": "0865-63-8515", "hours": "Mo-Fr 08:30-16:30; PH off"})
    window = visit(size=DESK)
    window.sign_in(publisher.email)
    page = edit(window, desk)
    page.wait_for_selector("#id_channels-ADD:visible")
    page.click("#id_channels-ADD")
    added = page.locator("[data-hours='channels-1-hours']")
    page.select_option("[name=channels-1-kind]", "visit")
    page.fill("[name=channels-1-value]", "市役所1階")
    added.locator("[name=channels-1-hours-d0-0-from]").fill("9")
    added.locator("[name=channels-1-hours-d0-0-to]").fill("17時")
    added.get_by_role("button", name="月曜の時間を、火～金にも入れる").click()
    added.get_by_text("休み", exact=True).click()
    added.locator(".he-reading strong", has_text="平日9時～17時").wait_for()
    added.locator("[name=channels-1-hours-c0-from]").fill("2027-02-10")
    added.locator("[name=channels-1-hours-c1-from]").fill("2027-03-10")
    added.locator("[name=channels-1-hours-c1-from]").press("Tab")
    expect(added.locator("[name=channels-1-hours-c2-from]")).to_have_count(1)  # one empty row more
    assert Axe().run(page, context="[data-hours='channels-1-hours']", options=WCAG).response["violations"] == []
    page.get_by_role("button", name="下書きを保存").first.click()
    page.wait_for_load_state()
    desk.refresh_from_db()
    draft = desk.get_latest_revision_as_object()
    assert [channel.hours for channel in draft.channels.all()] == [
        "Mo-Fr 08:30-16:30; PH off",
        "Mo-Fr 09:00-17:00; PH off; 2027 Feb 10 off; 2027 Mar 10 off",
    ]


def test_without_a_script(visit: Callable[..., Visit], person: Callable[..., Any]) -> None:
    publisher = person("publisher", email="publisher@example.org")
    desk = make_desk({"value": "0865-63-8515", "hours": "Mo-Fr 08:30-16:30; PH off"})
    window = visit(javascript=False, size=PHONE)
    window.sign_in(publisher.email)
    page = edit(window, desk)
    name = "channels-0-hours"
    expect(page.locator(f"[name={name}-d0-0-from]")).to_be_visible()
    expect(page.locator(f"[name={name}]")).to_be_hidden()  # signs are out of the way
    page.fill(f"[name={name}-d4-0-to]", "25:61")
    page.press(f"[name={name}-d4-0-to]", "Enter")
    page.wait_for_selector(".he-mistake")
    assert page.locator(f"[name={name}-d4-0-to]").input_value() == "25:61"
    assert "9:00 や 17:30 のように" in page.locator(".he-mistake").first.inner_text()
    page.fill(f"[name={name}-d4-0-to]", "26:00")
    page.press(f"[name={name}-d4-0-to]", "Enter")
    page.wait_for_selector(".he-reading strong:has-text('翌2時')")
    desk.refresh_from_db()
    draft = desk.get_latest_revision_as_object().channels.all()[0]
    assert draft.hours == "Mo-Th 08:30-16:30, Fr 08:30-02:00; PH 02:00-26:00 off"
