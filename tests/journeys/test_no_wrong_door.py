"""No wrong door, from end to end: a person without mail on an old telephone, two desks, one code, and nothing left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from directory.models import Consultation, Destruction, Message, User
from tests.factories.consultations import make_reception
from tests.journeys.conftest import DESK, axe_faults
from tests.journeys.test_consult import words_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "仕事をやめてから、半年くらい人と話していません。"
ANSWER = "書いてくださって、ありがとうございます。ねむれていますか。"


@pytest.fixture
def counsellor(person: Callable[..., Any]) -> Callable[..., User]:
    """counsellor(desk): somebody who sits there and can sign in."""

    def make(desk: Any, **fields: Any) -> User:
        user: User = person("counsellor", organization=desk.organization, **fields)
        desk.seats.create(user=user)
        return user

    return make


def test_written_answered_handed_on_and_deleted(visit: Callable[..., Any], counsellor: Callable[..., User]) -> None:
    here, there = make_reception(people=0, receiving=True).desk, make_reception(people=0).desk
    first, second = counsellor(here, name="水野 さやか"), counsellor(there, name="舟木 なお")

    phone = visit(javascript=False)
    page = phone.goto("/consult/")
    page.fill("#c_text", TEXT)
    page.get_by_role("button", name="送る", exact=True).click()
    page.wait_for_url("**/consult/sent/")
    words = words_of(page)

    office = visit(size=DESK)
    office.sign_in(first.email)
    inbox = office.goto("/members/consultations/")
    assert axe_faults(inbox) == []
    inbox.get_by_role("button", name="引き受ける").click()
    inbox.wait_for_url("**/members/consultations/*-*/")
    assert axe_faults(inbox) == []
    thread = inbox.url
    inbox.locator("#answer textarea").fill(ANSWER)
    inbox.get_by_role("button", name="返事をとどける").click()
    expect(inbox.locator("ol.talk").get_by_text(ANSWER)).to_be_visible()

    back = visit(javascript=False)  # another day, another browser: six words and nothing else
    page = back.goto("/consult/reply/")
    page.get_by_label("六つの言葉").fill(" ".join(words))
    page.get_by_role("button", name="部屋を開く").click()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    assert first.name not in page.content()

    inbox.get_by_role("link", name="引きついでよいか、たずねる").click()
    inbox.get_by_label("どの窓口に").select_option(str(there.pk))
    inbox.get_by_role("button", name="ご本人にたずねる").click()
    inbox.wait_for_url(thread.partition("#")[0] + "**")
    page.reload()
    expect(page.get_by_role("heading", name=f"{there.name}（{there.organization.name}）")).to_be_visible()

    other = visit(size=DESK)
    other.sign_in(second.email)
    asked = other.goto("/members/consultations/asked/")
    expect(asked.locator("ol.letters-in")).to_have_count(0)  # nobody hears of it before the person agrees
    page.get_by_role("button", name="引きついでもよい").click()
    asked.reload()
    assert TEXT not in asked.content()
    asked.locator("ol.letters-in h2 a").click()
    assert TEXT not in asked.content()
    asked.get_by_role("button", name="引き受ける").click()
    expect(asked.get_by_text(TEXT)).to_be_visible()

    page.reload()
    expect(page.locator(".relay li").first).to_contain_text(there.name)
    page.get_by_role("link", name="ぜんぶ消す").click()
    page.get_by_role("button", name="ぜんぶ消す").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("もう、ありません")
    assert (Consultation.objects.count(), Message.objects.count(), Destruction.objects.count()) == (0, 0, 1)
    for window in (office, other):
        assert window.page.goto(thread).status == 404
