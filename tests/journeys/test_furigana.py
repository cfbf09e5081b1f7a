"""Furigana in a real browser: switched on by hand without JavaScript, legible, nothing wider than the screen, axe 0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories.desks import make_desk
from tests.journeys.conftest import axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALLEST = (
    "() => Math.min(...[...document.querySelectorAll('rt')].map((rt) => parseFloat(getComputedStyle(rt).fontSize)))"
)


def test_a_reader_switches_furigana_on_and_reads_on(visit: Callable[..., Any]) -> None:
    desk = make_desk(
        {"value": "0865-63-0911", "hours": "24/7"}, name="暮らしの窓口", description="何でも話せる方が待っています。"
    )
    without_script = visit(javascript=False)
    page = without_script.goto("/")
    expect(page.locator("rt")).to_have_count(0)
    page.locator("footer button[name=furigana]").click()
    expect(page.locator("main rt").nth(10)).to_be_attached()
    with_script = visit()
    with_script.context.add_cookies(without_script.context.cookies())
    for path in ("/", "/help/", f"/help/{desk.slug}/"):
        page = with_script.goto(path)
        assert page.locator("main rt").count() > 10, path
        assert not page.evaluate(WIDER), path
        assert page.evaluate(SMALLEST) >= 10, path
        assert axe_faults(page) == []
    assert page.locator("main ruby", has_text="方").locator("rt").first.text_content() == "かた"
