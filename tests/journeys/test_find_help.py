"""Somebody in distress at 23:00 with an old phone: Kasaoka's desks, two taps, no typing; then paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.factories.desks import kasaoka, load_windows, make_desk
from tests.journeys.conftest import DESK, PHONE, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEVER_CLOSES = "tel:+81865630911"
UNDER_THE_BAR = """() => {
  const bar = document.querySelector('.callbar'), it = document.activeElement;
  if (!bar || !it || it === document.body || bar.contains(it)) return null;
  const b = bar.getBoundingClientRect(), r = it.getBoundingClientRect();
  return r.bottom > b.top + 1 && r.top < b.bottom ? it.outerHTML.slice(0, 100) : null;
}"""
KEPT = "() => localStorage.length + sessionStorage.length"


@pytest.fixture
def town(transactional_db: None) -> None:
    """Kasaoka's rows from the seed, or desks like them."""
    assert settings.DEMO is False
    if (settings.SHARED_DATA / "seeds" / "fixture.json").exists():
        load_windows(kasaoka()["windows"])
    else:
        make_desk({"value": "0865-63-0911", "hours": "24/7"}, name="いつも", worries=["ねむれない"])
        make_desk({"value": "0865-63-8515", "hours": "Mo-Fr 08:30-16:30; PH off"}, name="昼")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("javascript", "furigana"),
    [(True, False), (False, False), (True, True)],
    ids=["with script", "without script", "with furigana"],
)
def test_two_taps_from_home_to_a_call(visit: Callable[..., Any], javascript: bool, furigana: bool) -> None:
    window = visit(javascript=javascript)
    if furigana:
        window.context.add_cookies([{"name": "furigana", "value": "on", "url": window.base}])
    page = window.goto("/")
    assert (page.locator("main rt").count() > 10) == furigana
    page.locator("main a[href='/help/']:visible").first.click()  # the first tap
    for call in (
        page.locator(f".callbar a[href='{NEVER_CLOSES}']"),
        page.locator(f".desk a[href='{NEVER_CLOSES}']").first,
    ):
        expect(call).to_be_visible()
    box = page.locator(".callbar a").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE["height"]  # the second tap needs no scrolling
    assert min(box["height"], box["width"]) >= 48
    if not javascript:
        page.locator("details.filters summary").click()
        page.locator("#f-now").check()
        page.locator("details.filters button[type=submit]").click()
        page.wait_for_url("**/help/?*now=1*")
        expect(page.locator("#f-now")).to_be_checked()
        expect(page.locator("article.desk.off")).to_have_count(0)


@pytest.mark.usefixtures("town")
def test_a_wish_changes_the_list_in_place_and_leaves_nothing(visit: Callable[..., Any]) -> None:
    page = visit().goto("/help/")
    all_of_them = page.locator("#found .desk").count()
    page.locator("details.filters summary").click()
    page.evaluate("document.documentElement.dataset.same = 'page'")
    page.locator("#f-now").check()
    page.wait_for_url("**/help/?now=1")
    expect(page.locator("#found .desk:not(.on)")).to_have_count(0)
    assert 0 < page.locator("#found .desk").count() < all_of_them
    assert page.evaluate("document.documentElement.dataset.same") == "page"
    expect(page.locator("#f-now")).to_be_focused()
    assert page.locator("details.filters").get_attribute("open") is not None
    assert "か所" in page.locator("#found-count[role=status]").inner_text()
    expect(page.locator(".toggle[aria-current]")).to_have_count(1)
    expect(page.locator(".callbar a").first).to_be_visible()
    page.locator("#f-t-h").check()  # leaves nothing: the nearest are shown
    page.wait_for_url("**/help/?*t=h*")
    expect(page.locator("#found .desk").first).to_be_visible()
    page.go_back()  # no copy was kept: the page is asked for again
    page.wait_for_function("!document.documentElement.dataset.same && document.readyState === 'complete'")
    expect(page).to_have_url(re.compile(r"/help/\?now=1$"))
    expect(page.locator("#f-now")).to_be_checked()
    expect(page.locator("#f-t-h")).not_to_be_checked()
    assert page.evaluate(KEPT) == 0


@pytest.mark.usefixtures("town")
def test_focus_never_lies_under_the_call_bar(visit: Callable[..., Any]) -> None:
    page = visit().goto("/help/")
    page.locator("details.filters summary").click()
    hidden = []
    for _tab in range(90):
        page.keyboard.press("Tab")
        if under := page.evaluate(UNDER_THE_BAR):
            hidden.append(under)
        if page.evaluate("document.activeElement.closest('footer') !== null"):
            break
    assert hidden == []


@pytest.mark.usefixtures("town")
def test_every_page_of_finding_help_fits_and_has_no_violation(visit: Callable[..., Any]) -> None:
    desk = make_desk({"value": "0865-63-8515", "hours": "24/7"}, worries=["ねむれない"], promises=["名前は不要です"])
    paths = ["/help/", desk.get_absolute_url(), "/help/card/", "/help/card/?as=card&size=large", "/help/memo/"]
    faults = []
    window = visit(size=DESK)
    for path in paths:
        page = window.goto(path)
        for width in (1280, 640, 320):  # as it is, at 200 %, and the narrowest that WCAG asks for
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(f"{path} is {wide} px wide at {width}")
        page.set_viewport_size(PHONE)
        faults += axe_faults(page)
    assert faults == []


def test_the_note_stays_on_the_screen(visit: Callable[..., Any]) -> None:
    window = visit()
    page = window.goto("/help/memo/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/static/" not in request.url else None)
    page.locator("#q2-1").check()
    page.locator("#t2").fill("ねむれない")
    page.locator("#t2").press("Enter")
    page.evaluate("window.print = () => { document.documentElement.dataset.printed = '1' }")
    page.locator("button[data-print]").click()
    assert page.evaluate("document.documentElement.dataset.printed") == "1"
    assert (asked, page.evaluate(KEPT), page.url.endswith("/help/memo/")) == ([], 0, True)
    page.reload()
    expect(page.locator("#t2")).to_have_value("")
    expect(page.locator("#q2-1")).not_to_be_checked()
