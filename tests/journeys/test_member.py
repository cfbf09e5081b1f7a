"""A member shares a case: a colleague reads it first, another house checks it, a third one answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from casebook.enums import CaseState
from casebook.models import Case, Offer
from tests.factories.cases import CODED, TEXTS, opened
from tests.factories.people import make_organization
from tests.journeys.conftest import DESK, PHONE, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT_A_CASE = re.compile(r"/members/cases/[0-9a-f-]{36}/$")


def write_case(page: Any, situation: str) -> None:
    """Fill the form and hand it over."""
    page.locator("[name=consent][value=oral]").check()
    for name in ("life_stage", "household", "relative_time", "consent_time"):
        page.locator(f"[name={name}]").select_option(CODED[name])
    page.locator("[name=concerns][value=k5]").check()
    page.locator("[name=involved]").first.check()
    for name, words in (TEXTS | {"situation": situation}).items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=audience][value=core]").check()


def test_share_release_answer(visit: Callable[..., Any], person: Callable[..., Any]) -> None:
    own = make_organization(name="なぎさの家")
    author, colleague = person("member", organization=own), person("partner", organization=own)
    helper = person("member", organization=make_organization(name="とまり木"))
    reviewer = person("reviewer", organization=make_organization(name="みなも市", kind="city"))

    one = visit(size=DESK)
    page = one.sign_in(author.email)
    page = one.goto("/members/cases/new/")
    write_case(page, "田中さんは自室ですごしている。")
    page.locator("main form.case-form button.btn").last.click()
    expect(page.locator("span.find", has_text="田中").first).to_be_visible()
    assert Case.objects.count() == 0
    assert axe_faults(page) == []
    page.locator("fieldset.fix input[type=radio]").first.check()
    page.locator("main form.case-form button.btn").last.click()
    page.wait_for_url(AT_A_CASE)
    case = Case.objects.get()
    assert "田中" not in (case.situation or "")
    page.locator("form[action$='/submit/'] [name=first_reader]").first.check()
    page.locator("form[action$='/submit/'] button").click()
    page.wait_for_load_state()

    first = visit(size=PHONE)
    first.sign_in(colleague.email)
    page = first.goto(f"/members/cases/{case.pk}/first-reading/")
    assert axe_faults(page) == []
    page.locator("form[action$='/pass-on/'] button").click()
    page.wait_for_load_state()

    second = visit(size=DESK)
    second.sign_in(reviewer.email)
    page = second.goto(f"/members/cases/{case.pk}/review/")
    assert "なぎさの家" not in page.content()
    for box in page.locator("form[action$='/decide/'] input[type=checkbox]").all():
        box.check()
    for fine in page.locator("form[action$='/decide/'] input[type=radio][value=fine]").all():
        fine.check()
    page.locator("form[action$='/decide/'] [name=verdict][value=release]").check()
    assert axe_faults(page) == []
    page.locator("form[action$='/decide/'] button.btn").last.click()
    page.wait_for_load_state()
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED
    opened(case)

    third = visit(size=PHONE)
    third.sign_in(helper.email)
    page = third.goto(f"/members/cases/{case.pk}/")
    assert ("なぎさの家" in page.content(), TEXTS["asked"] in page.content()) == (False, True)
    assert axe_faults(page) == []
    page.locator("main a[href*='answer=handle']").click()
    page.locator("[name=text]").fill("午前の会議室が空いています。")
    page.locator("form[action$='/offer/'] button.btn").click()
    page.wait_for_url(re.compile(r"/members/cases/[0-9a-f-]{36}/(#.*)?$"))
    assert Offer.objects.get().text == "午前の会議室が空いています。"
