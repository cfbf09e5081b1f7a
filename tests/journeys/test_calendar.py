"""The month by keyboard, filters in place, and the same without a script."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from cms.dates import JST, now
from tests.factories.events import make_event
from tests.journeys.conftest import DESK, PHONE, axe_faults
from workshops.public.asked import next_month

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STANDS_ON = "() => document.activeElement.dataset.day"


@pytest.fixture
def month(transactional_db: None) -> dt.date:
    """The month after this one, with events on its 10th and 11th, and one in the month after."""
    first = next_month(now().astimezone(JST).date())

    def at(day: int, of: dt.date = first) -> dt.datetime:
        return dt.datetime(of.year, of.month, day, 15, tzinfo=JST)

    make_event(title="あさ", starts_at=at(10), access_facts=["wheelchair"])
    make_event(title="ひる", starts_at=at(10))
    make_event(title="よる", starts_at=at(11), kind="family")
    make_event(title="来月", starts_at=at(20, next_month(first)))
    return first


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "telephone"])
def test_the_month_by_keyboard(visit: Callable[..., Any], month: dt.date, size: dict[str, int]) -> None:
    visitor = visit()
    page = visitor.page
    page.set_viewport_size(size)
    visitor.goto(f"/events/{month:%Y/%m}/")
    grid = page.get_by_role("grid")
    assert grid.locator("td[tabindex='0']").get_attribute("data-day") == f"{month:%Y-%m}-10"
    grid.locator("td[tabindex='0']").focus()
    for key, day in [
        ("ArrowRight", 11), ("ArrowUp", 4), ("ArrowDown", 11), ("ArrowLeft", 10),
    ]:  # fmt: skip
        page.keyboard.press(key)
        assert page.evaluate(STANDS_ON) == f"{month:%Y-%m}-{day:02}"
    page.keyboard.press("Home")
    sunday = dt.date.fromisoformat(page.evaluate(STANDS_ON))
    page.keyboard.press("End")
    assert sunday.weekday() == 6 or sunday.day == 1
    assert dt.date.fromisoformat(page.evaluate(STANDS_ON)) >= month.replace(day=10)
    assert axe_faults(page) == []
    later = next_month(month)
    page.locator(f"td[data-day='{month:%Y-%m}-10']").focus()
    page.keyboard.press("PageDown")
    page.wait_for_url(f"**/events/{later:%Y/%m}/")
    page.wait_for_function(f"() => document.activeElement.dataset.day === '{later:%Y-%m}-10'")
    page.keyboard.press("PageUp")
    page.wait_for_function(f"() => document.activeElement.dataset.day === '{month:%Y-%m}-10'")
    if size is DESK:
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.innerText").startswith("あさ")
        page.keyboard.press("Escape")
        assert page.evaluate(STANDS_ON) == f"{month:%Y-%m}-10"


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_filters_leave_the_same_either_way(visit: Callable[..., Any], month: dt.date, javascript: bool) -> None:
    visitor = visit(javascript=javascript)
    page = visitor.goto("/events/")
    page.locator("#t-wheelchair").click()
    page.wait_for_url("**/events/?a=1")
    page.wait_for_selector("#t-wheelchair[aria-current]")
    expect(page.locator("article.ev")).to_have_count(1)
    page.locator("#t-wheelchair").click()
    page.wait_for_selector("#t-wheelchair:not([aria-current])")
    page.locator("#t-more").click()
    page.locator("#n-k").focus()
    page.locator("#n-k").select_option("family")
    if not javascript:
        page.locator("details form button[type=submit]").click()
    page.wait_for_url("**k=family*")
    expect(page.locator("article.ev h3")).to_have_text(["よる"])
    expect(page.locator("#n-k")).to_have_value("family")
    if javascript:
        expect(page.locator("#n-k")).to_be_focused()
        expect(page.locator("#events-said")).to_have_text(re.compile("^\\s*1"))
        expect(page).to_have_url(re.compile(r"/events/\?k=family$"))
        assert axe_faults(page) == []
        page.go_back()
        page.wait_for_url("**/events/")
