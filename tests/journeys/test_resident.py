"""A resident on a telephone at night: finds somebody to call, registers three people, withdraws by the mail's link."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories.desks import make_desk
from tests.factories.events import make_event
from tests.journeys.conftest import link_in
from workshops.models import Occurrence, Registration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_from_home_to_a_call_in_two_taps(visit: Callable[..., Any], javascript: bool) -> None:
    make_desk({"value": "0865-63-0911", "hours": "24/7"}, name="夜も開いている窓口")
    make_desk({"value": "0865-63-8515", "hours": "Mo-Fr 08:30-16:30; PH off"}, name="昼の窓口")
    page = visit(javascript=javascript).goto("/")
    page.get_by_role("link", name=re.compile("相談したい")).locator("visible=true").last.click()
    call = page.locator("main a[href='tel:+81865630911']").first
    expect(call).to_be_visible()
    expect(call).to_contain_text("0865-63-0911")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("main article, main .desk").first.inner_text().count("夜も開いている窓口") == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_three_people_register_as_one_party_and_withdraw(
    visit: Callable[..., Any], post_office: Callable[[], list[Any]], javascript: bool
) -> None:
    event = make_event(unit="party", capacity=12, title="水辺のおちゃ会")
    page = visit(javascript=javascript).goto("/events/")
    page.get_by_role("link", name="水辺のおちゃ会").last.click()
    page.locator("main a[href$='/register/']").first.click()
    page.locator("[name=name]").fill("なぎ")
    page.locator("[name=people]").select_option("3")
    page.locator("[name=email]").fill("nagi@example.jp")
    page.locator("main form .btn").last.click()
    page.locator(".code").wait_for()
    occurrence = Occurrence.objects.get(event=event)
    registration = Registration.objects.get()
    assert (occurrence.taken, registration.seats, registration.party_size) == (1, 1, 3)
    expect(page.locator(".code")).to_have_count(1)

    (message,) = post_office()
    assert "水辺のおちゃ会" not in message.subject
    page = visit(javascript=javascript).goto(link_in(message, "/registrations/"))
    assert Occurrence.objects.get(event=event).taken == 1  # looking changes nothing: mail scanners click
    page.locator("main a[href$='/withdraw/']").click()
    assert Occurrence.objects.get(event=event).taken == 1
    page.locator("main form .btn.stop").click()
    page.wait_for_load_state()
    assert Occurrence.objects.get(event=event).taken == 0
    assert Registration.objects.get().state == "cancelled"


def test_back_and_send_again_keeps_one_registration(visit: Callable[..., Any]) -> None:
    event = make_event(unit="party", capacity=12)
    window = visit()
    window.goto(f"/events/{event.slug}/")
    page = window.goto(f"/events/{event.slug}/register/")
    page.locator("[name=name]").fill("なぎ")
    page.locator("main form .btn").last.click()
    page.wait_for_load_state()
    page.go_back()
    page.locator("main form .btn").last.click()
    page.wait_for_load_state()
    assert (Registration.objects.count(), Occurrence.objects.get(event=event).taken) == (1, 1)
