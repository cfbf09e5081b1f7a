"""One seat and a waiting list, in a real browser: register, wait, give back, take the offer, say how it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.factories.events import make_event
from tests.journeys.conftest import PHONE, axe_faults, link_in
from workshops.enums import CapacityPolicy, QuestionKind, RegistrationState
from workshops.models import Event, Feedback, Occurrence, Question, Registration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def event_with_one_seat() -> Event:
    event = make_event(capacity=1, unit="party", title="灯りをつくる夕べ")
    Occurrence.objects.filter(event=event).update(policy=CapacityPolicy.WAITLIST)
    Question.objects.create(
        event=event, kind=QuestionKind.CHOICE, text="和紙の色", choices=["しろ", "あい"], required=True
    )
    return event


def looks_well(page: Page) -> None:
    """No fault for axe, and nothing stands out at the side."""
    assert axe_faults(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]


def fill_in(page: Page, name: str, email: str, button: str) -> None:
    page.get_by_label("よび名", exact=False).first.fill(name)
    page.get_by_label("あい").check()
    page.get_by_label("メールアドレス").fill(email)
    page.get_by_role("button", name=button).click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_register_wait_get_the_offer_accept(visit: Any, post_office: Any, javascript: bool) -> None:
    event = event_with_one_seat()
    checked = looks_well if javascript else lambda page: None
    window = visit(javascript=javascript)
    page = window.goto(f"/events/{event.slug}/register/")
    checked(page)
    fill_in(page, "なぎ", "nagi@example.jp", "申し込む")
    page.get_by_role("heading", name="申し込みを受け取りました").wait_for()
    checked(page)

    page = window.goto(f"/events/{event.slug}/register/")
    checked(page)
    page.get_by_role("button", name="キャンセル待ちに申し込む").click()  # nothing filled in
    page.get_by_text("書いたものは残っています").wait_for()
    fill_in(page, "そら", "sora@example.jp", "キャンセル待ちに申し込む")
    page.get_by_text("1番目です").wait_for()
    checked(page)

    confirmed, waits = post_office()
    assert confirmed.to != waits.to
    page = window.goto(link_in(confirmed, "/registrations/") + "withdraw/")
    checked(page)
    page.get_by_role("button", name="取り消す").click()
    page.get_by_text("ほかの方にゆずりました").wait_for()

    offer = next(mail for mail in post_office() if "空きが出ました" in mail.body)
    assert offer.to == ["sora@example.jp"]
    assert "灯り" not in offer.subject + offer.body
    page = window.goto(link_in(offer, "/registrations/"))
    checked(page)
    page.get_by_role("button", name="参加する").click()
    page.get_by_text("席をとってあります").wait_for()
    checked(page)
    assert Registration.objects.get(state=RegistrationState.ACTIVE).name == "そら"

    yesterday = dt.timedelta(days=8)
    occurrence = Occurrence.objects.get(event=event)
    occurrence.starts_at, occurrence.ends_at = occurrence.starts_at - yesterday, occurrence.starts_at - yesterday
    occurrence.save()
    page.reload()
    page.get_by_role("link", name="感想をおくる").click()
    checked(page)
    page.get_by_label("来てよかった").check()
    page.get_by_role("button", name="送る").click()
    page.get_by_role("link", name="ただ、いられる場所").wait_for()
    checked(page)
    assert [said.mood for said in Feedback.objects.all()] == [4]
