"""Minutes through their phases by three people; then the decision on the list of its owner."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from directory.enums import BodyRole
from tests.factories.bodies import make_body, sit
from tests.factories.meetings import make_held
from tests.factories.people import make_organization
from tests.journeys.conftest import DESK, PHONE, axe_faults
from workshops.enums import AttendanceMode
from workshops.models import Decision, Minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_minutes_from_the_first_word_to_the_lock(visit: Callable[..., Any], person: Callable[..., Any]) -> None:
    office = person("secretariat", organization=make_organization(name="みなも市", kind="city"))
    chair = person("member", organization=make_organization(name="社会福祉協議会"))
    member = person("member", organization=make_organization(name="なぎさの家"))
    body = make_body(name="コアメンバー会議")
    for user, role in ((chair, BodyRole.CHAIR), (member, BodyRole.MEMBER)):
        sit(body, user.organization, "2025-04-01", role=role)
    meeting = make_held(body, by=office, number=9, title="第9回 コアメンバー会議")
    meeting.agenda.create(order=1, title="午前の場所")
    for user in (chair, member):
        row = meeting.attendance.get(organization=user.organization)
        row.mode = AttendanceMode.VENUE
        row.save()
        row.people.add(user)
    page_of = f"/members/meetings/{meeting.pk}/"

    desk = visit(size=DESK)
    page = desk.sign_in(office.email)
    desk.goto(page_of)
    page.get_by_role("button", name="議事録を書きはじめる").click()
    page.locator("textarea").first.fill("橋本さんが、相談が2件つづいていると話した。")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.locator("span.find", has_text="橋本").first).to_be_visible()
    assert axe_faults(page) == []
    page.locator("summary", has_text="書いたところを開いて").first.click()
    page.locator("textarea").first.fill("相談が2件つづいている。")
    page.get_by_role("button", name="保存する", exact=True).click()
    page.wait_for_url(re.compile(r"/minutes/$"))
    page.get_by_role("link", name="決定を書く").click()
    page.fill("[name=text]", "和室を使えるか確かめる")
    page.select_option("[name=organization]", label="なぎさの家")
    page.get_by_role("button", name="書きとめる").or_(page.locator("main form .btn").first).first.click()
    page.wait_for_url(re.compile(r"/minutes/$"))
    page.get_by_role("link", name="直しを受けつける").click()
    page.check("[name=confirm_by][value=meeting]")
    page.locator("main form .btn").first.click()
    page.wait_for_url(re.compile(r"/minutes/$"))

    phone = visit(size=PHONE)
    page = phone.sign_in(member.email)
    phone.goto(page_of + "minutes/")
    page.get_by_role("link", name="直しの案を書く").first.click()
    page.fill("[name=text]", "相談が3件つづいている。")
    page.get_by_role("button", name="直しの案を出す").click()
    expect(page.locator(".wish ins")).to_contain_text("3")
    assert axe_faults(page) == []

    phone = visit(size=PHONE)
    page = phone.sign_in(chair.email)
    phone.goto(page_of + "minutes/")
    page.get_by_role("link", name="この案に返事をする").click()
    page.get_by_role("button", name="この文で取り入れる").click()
    page.get_by_role("button", name="このままでよい").click()
    page.get_by_role("button", name="議事録を確定する").click()
    expect(page.locator("main")).to_contain_text("確定")
    assert Minutes.objects.get().state == "confirmed"

    page = desk.goto(page_of + "minutes/")
    page.get_by_role("button", name="いま鍵をかける").click()
    page.wait_for_load_state()
    minutes = Minutes.objects.get()
    assert (minutes.state, minutes.is_intact(), minutes.paragraphs.get().text) == (
        "locked",
        True,
        "相談が3件つづいている。",
    )

    phone = visit(size=PHONE, javascript=False)
    page = phone.sign_in(member.email)
    phone.goto("/members/decisions/?which=mine")
    page.locator("article.decide a").first.click()
    page.check("[name=state][value=done]")
    page.get_by_role("button", name="報告する").click()
    page.wait_for_load_state()
    assert Decision.objects.get().state == "done"
