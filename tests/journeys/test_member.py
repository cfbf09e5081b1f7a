"""A member shares a case, a second person releases it, another organisation answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from casebook.models import Case, Offer
from tests.factories.cases import TEXTS
from tests.factories.people import make_organization
from tests.journeys.conftest import DESK, PHONE, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def write_case(page: Any, situation: str) -> None:
    """Fill the form and hand it over."""
    for name in ("consent",):
        page.locator(f"[name={name}]").first.check()
    for name in ("life_stage", "household", "relative_time"):
        page.locator(f"[name={name}]").select_option(index=1)
    for name in ("concerns", "involved"):
        page.locator(f"[name={name}]").first.check()
    for name, words in (TEXTS | {"situation": situation}).items():
        page.locator(f"[name={name}]").fill(words)


def test_share_release_answer(visit: Callable[..., Any], person: Callable[..., Any]) -> None:
    author = person("member", organization=make_organization(name="なぎさの家"))
    helper = person("member", organization=make_organization(name="とまり木"))
    reviewer = person("reviewer", organization=make_organization(name="みなも市", kind="city"))

    page = visit(size=DESK).sign_in(author.email)
    page.get_by_role("link", name="事例を書きはじめる").click()
    write_case(page, "田中さんは自室ですごしている。")
    page.locator("main form button.btn").first.click()
    expect(page.locator("span.find", has_text="田中").first).to_be_visible()
    assert Case.objects.count() == 0
    assert axe_faults(page) == []
    page.locator("fieldset.fix input[type=radio]").first.check()
    page.locator("main form button.btn").first.click()
    page.wait_for_url(re.compile(r"/members/cases/[0-9a-f-]{36}/$"))
    case = Case.objects.get()
    assert "田中" not in (case.situation or "")
    page.locator("form[action$='/submit/'] button").click()
    page.wait_for_load_state()

    page = visit(size=DESK).sign_in(reviewer.email)
    page.goto(page.url.split("/members/")[0] + f"/members/cases/{case.pk}/review/")
    assert "なぎさの家" not in page.content()
    for box in page.locator("form[action$='/release/'] input[type=checkbox]").all():
        box.check()
    assert axe_faults(page) == []
    page.locator("form[action$='/release/'] .btn").last.click()
    page.wait_for_load_state()

    page = visit(size=PHONE).sign_in(helper.email)
    page.goto(page.url.split("/members/")[0] + f"/members/cases/{case.pk}/")
    assert ("なぎさの家" in page.content(), TEXTS["asked"] in page.content()) == (False, True)
    assert axe_faults(page) == []
    page.locator("main a[href*='answer=handle']").click()
    page.locator("[name=text]").fill("午前の会議室が空いています。")
    page.locator("form[action$='/offer/'] button.btn").click()
    page.wait_for_url(re.compile(r"/members/cases/[0-9a-f-]{36}/$"))
    assert Offer.objects.get().text == "午前の会議室が空いています。"
