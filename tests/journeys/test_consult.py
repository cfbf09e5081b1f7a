"""Writing to a desk on a telephone: without script and with it, when the line breaks, and on the way out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from directory.models import Consultation, ConsultVisit, Message
from tests.cms.processes import until
from tests.factories.consultations import make_reception
from tests.factories.desks import make_desk
from tests.journeys.conftest import axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "よる、ねむれません。\nだれにも話していません。"
STORED = "JSON.stringify([{...localStorage}, {...sessionStorage}])"


def words_of(page: Any) -> list[str]:
    return page.locator(".words6 li").all_inner_texts()


def test_without_script_and_without_mail(visit: Callable[..., Any]) -> None:
    front = make_reception(people=2, receiving=True)
    make_desk({"value": "0865-63-0911", "hours": "24/7"}, name="夜も開いている窓口")
    page = visit(javascript=False).goto(f"/help/{front.desk.slug}/")
    page.get_by_role("link", name="文字で相談する").click()
    expect(page.locator(".first-call").get_by_text("夜も開いている窓口")).to_be_visible()
    assert page.locator(".first-call").bounding_box()["y"] < page.locator("#c_text").bounding_box()["y"]
    expect(page.get_by_text("この画面の文は消えることがあります")).to_be_visible()
    page.fill("#c_text", TEXT)
    page.get_by_role("button", name="届ける先をえらぶ").click()
    page.get_by_label("どこに相談すればよいか分からない").check()
    page.get_by_role("button", name="書くところへ戻る").click()
    expect(page.locator("#c_text")).to_have_value(TEXT)
    page.get_by_role("button", name="送る", exact=True).click()
    page.wait_for_url("**/consult/sent/")
    words = words_of(page)
    assert len(words) == 6
    page.reload()
    assert words_of(page) == words
    page.emulate_media(media="print")
    seen = page.locator("body").inner_text()
    assert [line for line in seen.split() if line] == words
    assert Message.objects.get().text == TEXT
    assert Consultation.objects.get().is_undirected


def test_with_script_the_text_stays_until_it_is_ours(visit: Callable[..., Any]) -> None:
    make_reception(people=2, receiving=True)
    window = visit()
    page = window.goto("/consult/")
    assert axe_faults(page) == []
    answered: list[int] = []

    def lose_the_answer(route: Route) -> None:
        answered.append(route.fetch().status)  # it arrives, and the line breaks before we are heard
        route.abort()

    page.fill("#c_text", TEXT)
    page.route("**/consult/", lose_the_answer)
    send = page.get_by_role("button", name="送る", exact=True)
    send.click()
    expect(page.get_by_text("送れませんでした")).to_be_visible()
    expect(page.locator("#c_text")).to_have_value(TEXT)
    page.unroute("**/consult/")
    send.click()
    page.wait_for_url("**/consult/sent/")
    assert (answered, Consultation.objects.count(), Message.objects.count()) == ([200], 1, 1)
    assert len(words_of(page)) == 6
    assert axe_faults(page) == []
    assert page.evaluate(STORED) == "[{},{}]"


def test_the_way_out_forgets(visit: Callable[..., Any]) -> None:
    make_reception(receiving=True)
    window = visit()
    neutral = re.compile(r"^https://www\.jma\.go\.jp/")
    window.context.route(neutral, lambda route: route.fulfill(body="weather"))
    page = window.goto("/help/")
    page.goto(window.base + "/consult/")
    page.fill("#c_text", TEXT)
    page.get_by_role("button", name="届ける先をえらぶ").click()
    page.get_by_role("button", name="書くところへ戻る").click()
    expect(page.locator("#c_text")).to_have_value(TEXT)
    assert ConsultVisit.objects.count() == 1
    with page.expect_request("**/consult/leave/"):
        page.get_by_role("link", name="今すぐ閉じる").click()
    page.wait_for_url(neutral)
    assert until(lambda: not ConsultVisit.objects.exists(), seconds=10)
    assert until(lambda: "/consult/" not in [each["path"] for each in window.context.cookies()], seconds=10)
    page.go_back()
    assert TEXT not in page.content()
    window.faults[:] = [fault for fault in window.faults if not fault.startswith("request to https://www.jma.go.jp/")]
