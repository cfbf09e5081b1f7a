"""Every public page: no axe violation, nothing wider than the screen, no policy violation, no request elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories.desks import make_desk
from tests.factories.events import make_event, make_registration
from tests.factories.places import make_opportunity, make_place, make_question
from tests.journeys.conftest import DESK, PHONE, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIXED = [
    "/", "/help/", "/events/", "/news/", "/about/", "/places/", "/volunteer/", "/join/", "/privacy/", "/accessibility/", "/traces/",
    "/search/", "/search/?q=相談", "/search/?q=ゴルフ場の予約", "/registrations/", "/accounts/login/",
    "/accounts/password/reset/", "/nowhere/", "/open-data/", "/api/docs",
]  # fmt: skip


@pytest.fixture
def paths(transactional_db: None) -> list[str]:
    """Every kind of public page, with something on it."""
    desk = make_desk({"value": "0865-63-0911", "hours": "24/7"})
    event = make_event(unit="party", times=2)
    receipt = make_registration(event.occurrences.first())
    month = event.occurrences.first().starts_at
    return [
        *FIXED,
        f"/help/{desk.slug}/",
        make_place(
            silence_ok=True, arriving="ベルはありません", crowd_from=2, crowd_to=5, who_comes="2～5人"
        ).get_absolute_url(),
        (opportunity := make_opportunity(minutes=30, try_once=True)).get_absolute_url(),
        f"{opportunity.get_absolute_url()}ask/",
        make_question(opportunity).path,
        f"/events/{month.year}/{month.month:02}/",
        f"/events/{event.slug}/",
        f"/events/{event.slug}/register/",
        f"/registrations/{receipt.token}/",
        f"/registrations/{receipt.token}/change/",
        f"/registrations/{receipt.token}/withdraw/",
    ]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1280"])
def test_no_violation_on_any_public_page(visit: Callable[..., Any], paths: list[str], size: dict[str, int]) -> None:
    window, faults = visit(size=size), []
    for path in paths:
        page = window.goto(path)
        faults += axe_faults(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            faults.append(f"{path} is {width} px wide")
        if page.locator("h1").count() != 1:
            faults.append(f"{path} has {page.locator('h1').count()} h1")
    assert faults == []


def test_large_text_and_dusk_are_chosen_without_script(visit: Callable[..., Any], paths: list[str]) -> None:
    window = visit(javascript=False)
    page = window.goto("/about/")
    page.locator("form[action='/reader/'] button[value=large]:visible").first.click()
    expect(page).to_have_url(re.compile("/about/$"))
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator("form[action='/reader/'] button[value=dusk]:visible").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dusk")


def test_the_keyboard_reaches_the_content_first(visit: Callable[..., Any]) -> None:
    page = visit(size=DESK).goto("/help/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
