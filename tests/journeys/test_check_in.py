"""A volunteer at the door, on a telephone, without JavaScript: somebody who registered, two of three, somebody who just came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from cms.dates import now
from tests.factories.events import make_event, make_occurrence, make_registration
from tests.factories.people import make_organization
from tests.journeys.conftest import PHONE, axe_faults
from workshops.actions import passes
from workshops.enums import Origin
from workshops.models import Registration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_host_receives_people(visit: Callable[..., Any], person: Callable[..., Any]) -> None:
    host = make_organization(name="水辺のいえ")
    helper = person("orgadmin", organization=host)
    start = now() + dt.timedelta(minutes=1)
    occurrence = make_occurrence(make_event(title="灯りをつくる夕べ", host=host, starts_at=start, hours=1))
    party = make_registration(occurrence, name="なぎ", people=3).registration
    alone = make_registration(occurrence, name="たけ").registration

    window = visit(javascript=False, size=PHONE)
    page = window.sign_in(helper.email)
    page = window.goto(f"/members/events/dates/{occurrence.pk}/")
    expect(page.locator(".bigcount b")).to_have_text(["0", "4"])
    page.fill("[name=q]", "ナギ")
    page.get_by_role("button", name="さがす").click()
    page.locator(".guest-card summary").click()
    page.get_by_role("button", name="2人", exact=True).click()
    expect(page.locator(".bigcount b")).to_have_text(["2", "1"])

    page.get_by_role("link", name="申込なしで来た方").click()
    page.locator("label", has_text="2人").click()
    page.get_by_role("button", name="入れる").click()
    expect(page.locator(".bigcount b")).to_have_text(["4", "1"])

    page = window.goto(f"/members/events/checkin/{passes.mark_of(alone)}/")
    page.locator(".tick-in").click()
    expect(page.locator(".bigcount b")).to_have_text(["5", "0"])
    page.locator(f"#g{alone.pk} button").click()
    expect(page.locator(".bigcount b")).to_have_text(["4", "1"])

    came = Registration.objects.filter(occurrence=occurrence, checked_in_at__isnull=False)
    assert sorted(came.values_list("origin", "attended")) == [(Origin.WALK_IN, 2), (Origin.WEB, 2)]
    assert party in came


def test_the_pages_of_the_day_have_no_faults(visit: Callable[..., Any], person: Callable[..., Any]) -> None:
    host = make_organization(name="水辺のいえ")
    helper = person("orgadmin", organization=host)
    start = now() + dt.timedelta(minutes=1)
    occurrence = make_occurrence(make_event(host=host, starts_at=start, hours=1, capacity=3))
    make_registration(occurrence, name="なぎ", people=3)
    window = visit(size=PHONE)
    window.sign_in(helper.email)
    day, event = f"/members/events/dates/{occurrence.pk}/", f"/members/events/{occurrence.event_id}/"
    for path in ("/members/events/", event, event + "result/", day, day + "walk-in/", day + "sheet/"):
        page = window.goto(path)
        assert axe_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page = window.goto(day + "walk-in/")
    page.get_by_role("button", name="入れる").click()
    page.get_by_role("button", name="定員をこえて入れる").wait_for()
    assert axe_faults(page) == []
    page.get_by_role("button", name="定員をこえて入れる").click()
    expect(page.locator(".bigcount b")).to_have_text(["1", "3"])
