"""A released case until nothing of it is left: offers, a hand-over, the outcome, what was learned; the brake; its end."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from playwright.sync_api import Page, expect

from casebook.actions import keeping, learning
from casebook.actions.learning import QUARTERS
from casebook.enums import CaseState, OfferState
from casebook.models import Access, Case, Incident, LearningCard, Offer
from cms import dates
from directory.enums import HandoverState
from directory.models import Handover
from tests.casebook.no_trace import dump, elsewhere, found, opened, rows_as_they_lie
from tests.factories.cases import make_released
from tests.factories.people import make_organization
from tests.journeys.conftest import DESK, PHONE, Visit, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visits, Persons = Callable[..., Visit], Callable[..., Any]
WORDS = {
    "headline": "朝の一歩がむずかしい",
    "situation": "Aさんは、ゆりかごいすで一日をすごす。",
    "tried": "月に二度、げんかん先で話した。",
    "asked": "週に一度、だまっていてもよい場所はありますか。",
}
LEARNED = {
    "title": "用事があると、出かけやすい",
    "learned": "「来てください」より「手伝ってください」のほうが、足が向く人がいる。",
    "tried": "週に一度、小さな用事をたのんだ。",
}
OFFER, INFORMATION, NOTE = (
    "うちの朝の当番に、入っていただけます。",
    "送り迎えの助成の紙があります。",
    "当番が、週の目あてになった。",
)
TRACES = {**{f"case.{name}": text for name, text in WORDS.items()}, "offer": OFFER, "information": INFORMATION, "note": NOTE}  # fmt: skip


def open_case(visit: Visit, case: Case) -> Page:
    """The page of the case."""
    return visit.goto(f"/members/cases/{case.pk}/")


def at_the_case(page: Page, case: Case) -> None:
    """Back at it, with the sentence that says what was done."""
    page.wait_for_url(re.compile(rf"/members/cases/{case.pk}/(#.*)?$"))


def answer(visit: Visit, case: Case, stance: str, words: str) -> None:
    """Say what the own organisation can do."""
    page = open_case(visit, case)
    page.locator(f"main a[href$='answer={stance}']").click()
    expect(page.locator(f"[name=stance][value={stance}]")).to_be_checked()
    page.fill("[name=text]", words)
    page.locator("form[action$='/offer/'] button.btn").last.click()
    at_the_case(page, case)
    expect(page.locator("article.offer", has_text=words)).to_be_visible()


def test_from_the_first_offer_to_the_learning_card(visit: Visits, person: Persons) -> None:
    asking, first, second = (make_organization(name=name) for name in ("なぎさの家", "とまり木", "みずべ文庫"))
    author, helper, other = (person("member", organization=body) for body in (asking, first, second))
    reviewer = person("reviewer", organization=make_organization(name="みなも市", kind="city"))
    case = make_released(author=author, **WORDS)
    own, phone, third = visit(size=DESK), visit(size=PHONE), visit(size=PHONE, javascript=False)
    for one, user in ((own, author), (phone, helper), (third, other)):
        one.sign_in(user.email)

    answer(phone, case, "handle", OFFER)
    answer(third, case, "information", INFORMATION)
    assert ["なぎさの家" in one.page.content() for one in (phone, third)] == [False, False]

    page = open_case(own, case)
    expect(page.locator("article.offer")).to_have_count(2)
    assert axe_faults(page) == []
    page.locator("article.offer", has_text=OFFER).get_by_role("button", name="お願いする").click()
    at_the_case(page, case)
    page.locator("article.offer", has_text=INFORMATION).get_by_role("button", name="お礼を伝える").click()
    at_the_case(page, case)
    page.locator("a[href$='/hand-over/']").first.click()
    page.locator("form[action$='/hand-over/'] button.btn").click()
    at_the_case(page, case)

    page = open_case(phone, case)
    expect(page.locator("#handover")).to_contain_text("なぎさの家")
    assert axe_faults(page) == []
    page.locator("form[action$='/accept/'] button").click()
    at_the_case(page, case)
    page.locator("form[action$='/done/'] button").click()
    at_the_case(page, case)
    assert {offer.state for offer in Offer.objects.all()} == {OfferState.ACCEPTED}
    assert Handover.objects.get().state == HandoverState.DONE

    page = open_case(own, case)
    page.locator("a[href$='/close/']").click()
    page.locator("[name=outcome][value=found]").check()
    page.fill("[name=note]", NOTE)
    page.locator("form:has([name=outcome]) button.btn").last.click()
    page.wait_for_url("**/learning/")
    assert Case.objects.get().state == CaseState.CLOSED
    for name, words in LEARNED.items():
        page.fill(f"[name={name}]", words)
    for name in ("concerns", "bodies"):
        if not page.locator(f"[name={name}]:checked").count():
            page.locator(f"[name={name}]").first.check()
    assert axe_faults(page) == []
    page.locator("form:has([name=title]) button.btn").last.click()
    expect(page.get_by_role("status").first).to_be_visible()

    card = LearningCard.objects.get()
    judge = visit(size=DESK)
    judge.sign_in(reviewer.email)
    page = judge.goto(f"/members/cases/learning/{card.pk}/review/")
    expect(page.locator("main")).to_contain_text(LEARNED["learned"])
    assert "なぎさの家" not in page.content()
    for box in page.locator("form[action$='/accept/'] input[type=checkbox]").all():
        box.check()
    page.locator("form[action$='/accept/'] button.btn").click()
    expect(page.get_by_role("status").first).to_be_visible()
    card.refresh_from_db()
    day = card.goes_out_on  # a lonely card waits for a quarter's first day
    while day.month not in QUARTERS:
        day += relativedelta(months=1)
    assert learning.show_due(at=dt.datetime.combine(day, dt.time(9), tzinfo=dates.JST)) == 1

    # The case runs out. What was learned stays, and nothing leads from it to anybody.
    assert found(TRACES, opened()) != []
    Case.objects.update(expires_on=dates.today())
    assert keeping.expire_due(dates.today()) == 1
    assert [found(TRACES, place) for place in (opened(), rows_as_they_lie(), elsewhere(), dump())] == [[], [], [], []]
    for one in (phone, third):
        page = one.goto(f"/members/learning/{card.pk}/")
        expect(page.locator("main")).to_contain_text(LEARNED["learned"])
        assert ("なぎさの家" in page.content(), case.number in page.content()) == (False, False)
    assert axe_faults(phone.page) == []
    assert open_case(phone, case).locator("h1").inner_text() == phone.goto("/members/cases/00000000-0000-4000-8000-000000000000/").locator("h1").inner_text()  # fmt: skip


def test_whoever_fears_that_somebody_is_recognised_stops_it(visit: Visits, person: Persons) -> None:
    author = person("member", organization=make_organization(name="なぎさの家"))
    reader = person("partner", organization=make_organization(name="とまり木"))
    office = person("secretariat", organization=make_organization(name="みなも市", kind="city"))
    case = make_released(author=author, audience="all", **WORDS)
    phone = visit(size=PHONE, javascript=False)
    phone.sign_in(reader.email)
    page = open_case(phone, case)
    expect(page.locator(".brake")).to_be_visible()
    page.locator("form[action$='/stop/'] button").click()
    page.wait_for_url("**/stopped/")
    own = visit(size=DESK)
    own.sign_in(author.email)
    for one in (own, phone):
        one.goto(f"/members/cases/{case.pk}/")
        assert [words for words in WORDS.values() if words in one.page.content()] == []

    incident = Incident.objects.get()
    desk = visit(size=DESK)
    desk.sign_in(office.email)
    page = desk.goto("/members/office/incidents/")
    page.locator(f"a[href$='{incident.pk}/']").first.click()
    expect(page.locator("main")).to_contain_text(WORDS["situation"])
    expect(page.locator("main")).to_contain_text("とまり木")
    assert axe_faults(page) == []
    page.locator("form[action$='/verdict/'] [value=unfounded]").check()
    page.locator("form[action$='/verdict/'] button.btn").click()
    expect(page.get_by_role("status").first).to_be_visible()

    page = open_case(phone, case)
    expect(page.locator("main")).to_contain_text(WORDS["asked"])
    page = open_case(own, case)
    page.locator("a[href$='/withdraw/']").click()
    page.locator("form button.stop").click()
    page.wait_for_url("**/members/cases/")
    assert Case.objects.get().state == CaseState.WITHDRAWN
    assert [found(TRACES, place) for place in (opened(), rows_as_they_lie(), elsewhere(), dump())] == [[], [], [], []]
    assert Access.objects.of_case(case.pk).exists()  # who read it is known for longer than what was read
