"""Back with six words, on a telephone without script: an answer, a further word, another desk, and gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from directory.actions.consultations import handing_on, receiving
from directory.models import Consultation, Destruction, Handover
from tests.factories.consultations import make_counsellor, make_reception, send
from tests.journeys.conftest import axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOM = "/consult/reply/"


def fits(page: Page) -> bool:
    """Nothing sticks out at the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth") == 360)


def test_read_write_on_hand_over_and_delete_without_script(visit: Callable[..., Any]) -> None:
    here, there = make_reception(people=0).desk, make_reception(people=0).desk
    counsellor, taker = make_counsellor(here), make_counsellor(there)
    sent = send(here)
    receiving.answer(by=counsellor, consultation=sent.consultation, text="読みました。ねむれていますか。", form_key="1")
    page = visit(javascript=False).goto(ROOM)
    page.get_by_label("六つの言葉").fill("".join(sent.code))
    page.get_by_role("button", name="部屋を開く").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("返事がきています")
    expect(page.get_by_text("読みました。ねむれていますか。")).to_be_visible()
    assert fits(page)
    page.get_by_label("つづけて書く").fill("あまり、ねむれていません。")
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("つづきが届きました")
    expect(page.locator(".letters .mine").last).to_contain_text("あまり、ねむれていません。")

    handing_on.ask(by=counsellor, consultation=sent.consultation, to_desk=there, words="くわしい人がいます。")
    page.reload()
    expect(page.get_by_role("heading", name=f"{there.name}（{there.organization.name}）")).to_be_visible()
    page.get_by_role("button", name="引きついでもよい").click()
    expect(page.get_by_text(f"{there.name}が、引き受けられるか見ています")).to_be_visible()
    handing_on.accept(by=taker, handover=Handover.objects.get())
    page.reload()
    expect(page.locator(".relay li").first).to_contain_text(there.name)
    assert Consultation.objects.get().desk == there

    page.get_by_role("link", name="ぜんぶ消す").click()
    expect(page.get_by_text("もとにはもどせません")).to_be_visible()
    page.get_by_role("button", name="ぜんぶ消す").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("もう、ありません")
    assert (Consultation.objects.count(), Destruction.objects.count()) == (0, 1)
    page.go_back()
    assert "ねむれて" not in page.content()


def test_the_pages_of_the_room_have_no_faults_that_axe_can_see(visit: Callable[..., Any]) -> None:
    here, there = make_reception(people=0).desk, make_reception().desk
    counsellor = make_counsellor(here)
    sent = send(here)
    receiving.answer(by=counsellor, consultation=sent.consultation, text="読みました。", form_key="1")
    handing_on.ask(by=counsellor, consultation=sent.consultation, to_desk=there)
    window = visit()
    page = window.goto(ROOM)
    page.get_by_label("六つの言葉").fill("さくら")
    page.get_by_role("button", name="部屋を開く").click()
    faults = axe_faults(page)
    page.get_by_label("六つの言葉").fill(" ".join(sent.code))
    page.get_by_role("button", name="部屋を開く").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("おたずねがきています")
    faults += axe_faults(page)
    window.goto(f"{ROOM}more/")
    page.get_by_label("メール（中身を書かない、短いお知らせだけ）").check()
    expect(page.get_by_label("メールアドレス")).to_be_visible()
    faults += axe_faults(page)
    window.goto(f"{ROOM}delete/")
    assert faults + axe_faults(page) == []
