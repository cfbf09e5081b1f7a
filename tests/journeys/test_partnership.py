"""Who works with whom: the chart as a picture and as a list, the register of another day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from directory.enums import OrganizationKind, Tie
from tests.factories.bodies import make_body, make_chart, make_member, sit
from tests.journeys.conftest import DESK, axe_faults

pytestmark = pytest.mark.browser


@pytest.fixture
def partnership(transactional_db: None) -> None:
    """A council made of kinds, reporting to another body; two members, one of them since later."""
    care = make_body(name="地域ケア会議")
    council = make_body(name="地域づくり連携会議", is_pf=True, reports_to=care)
    early = make_member("2025-04-01", kind="npo", name="なぎさの家").organization
    make_member("2026-04-01", kind="company", name="みなも信用金庫", tier="partner")
    sit(council, early, "2025-04-01", role="chair")
    sit(council, "民生委員", headcount=87)
    boxes = {1: {"body": care}, 2: {"body": council, "is_core": True}, 3: {"kind": OrganizationKind.NPO}, 4: "市民"}
    lines = [(2, Tie.REPORTS, 1), (2, Tie.CONSISTS, 3), (3, Tie.CONSISTS, 2), (2, Tie.COOPERATES, 4)]
    make_chart(boxes, lines, source="市の提供図")


def test_the_picture_the_list_and_another_day(partnership: None, visit: Callable[..., Any]) -> None:
    phone = visit(javascript=False)
    page = phone.goto("/about/")
    expect(page.locator(".chart-picture")).to_be_hidden()
    expect(page.locator(".chart-words .node").first).to_be_visible()
    assert page.locator("body").bounding_box()["width"] <= 360
    page.locator(".chart-words").get_by_role("link", name="地域づくり連携会議").click()
    expect(page.get_by_text("民生委員（87人）")).to_be_visible()
    page.get_by_role("link", name="参加している団体の一覧").click()
    expect(page.get_by_text("みなも信用金庫")).to_be_visible()
    page.fill("input[name=on]", "2025-05-01")
    page.get_by_role("button", name="この日の名簿を見る").click()
    expect(page.get_by_text("2025年（令和7年）5月1日（木）現在")).to_be_visible()
    expect(page.get_by_text("なぎさの家")).to_be_visible()
    expect(page.get_by_text("みなも信用金庫")).to_have_count(0)
    desk = visit(size=DESK)
    page = desk.goto("/about/members/")
    faults = axe_faults(page)  # axe needs scripts: the window above has none
    page = desk.goto("/about/")
    picture = page.get_by_role("img", name="つながりの図")
    expect(picture).to_be_visible()
    expect(page.locator(".chart-words .node").first).to_be_hidden()
    page.get_by_text("文字の一覧で読む").press("Enter")
    expect(page.locator(".chart-words .node").first).to_be_visible()
    faults += axe_faults(page)
    page.locator(".chart-words").get_by_role("link", name="地域ケア会議").first.click()
    expect(page.get_by_role("heading", name="地域ケア会議")).to_be_visible()
    faults += axe_faults(page)
    assert faults == []
