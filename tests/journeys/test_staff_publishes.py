"""Communications staff write and publish: a piece of news, then an event; residents read both a moment later."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cms.dates import today
from home.models import HomePage, NewsIndexPage, NewsPage
from tests.journeys.conftest import DESK, axe_faults
from workshops.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def publish(page: Page) -> None:
    """Open the menu beside "save draft" and publish."""
    publish_button = page.locator("[name=action-publish]").first
    if not publish_button.is_visible():
        page.locator("footer button[aria-expanded]").last.click()
    publish_button.click()
    page.wait_for_load_state()


def test_a_piece_of_news_and_an_event(visit: Callable[..., Any], person: Callable[..., Any]) -> None:
    publisher = person("publisher", name="広報 太郎")
    window = visit(size=DESK)
    page = window.sign_in(publisher.email)

    index = NewsIndexPage.objects.get()
    page = window.goto(f"/admin/pages/add/home/newspage/{index.pk}/")
    expect(page.locator("[name=slug]")).to_have_count(0)
    page.locator("[name=title]").fill("年末年始に開いている窓口")
    page.locator("[name=summary]").fill("夜の電話はいつもどおりです。")
    publish(page)
    piece = NewsPage.objects.get()
    assert (piece.live, piece.title) == (True, "年末年始に開いている窓口")
    assert re.fullmatch("[a-z0-9]{7}", piece.slug)

    page = window.goto("/admin/events/new/")
    day = today() + dt.timedelta(days=14)
    page.locator("[name=dates-0-starts_at]").fill(f"{day}T15:00")
    page.locator("[name=dates-0-ends_at]").fill(f"{day}T17:00")
    page.locator("[name=dates-0-capacity]").fill("12")
    page.locator("[name=title]").fill("灯りをつくる夕べ")
    page.locator("[name=registration_mode]").select_option("here")
    page.locator("main form button.button, form button.button").last.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    assert not Event.objects.public().exists()
    publish(page)
    event = Event.objects.public().get()

    reader = visit(javascript=False)
    body = reader.goto("/").locator("main").inner_text()
    assert "年末年始に開いている窓口" in body
    assert "灯りをつくる夕べ" in body
    reader.page.get_by_role("link", name="年末年始に開いている窓口").click()
    expect(reader.page.locator("main")).to_contain_text("夜の電話はいつもどおりです。")
    assert reader.goto(f"/events/{event.slug}/").locator("main a[href$='/register/']").count() >= 1


def test_the_forms_of_the_editor_are_usable(visit: Callable[..., Any], person: Callable[..., Any]) -> None:
    """An editor opens the first page, may not publish it, and what residents see has no violation."""
    editor = person("editor")
    window = visit(size=DESK)
    window.sign_in(editor.email)
    home = HomePage.objects.get()
    page = window.goto(f"/admin/pages/{home.pk}/edit/")
    assert page.locator("[name=help_title]").input_value() == "相談したい"
    expect(page.locator("[name=action-publish]")).to_have_count(0)
    page = window.goto("/about/")
    assert axe_faults(page) == []
