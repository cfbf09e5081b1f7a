"""From the invitation's mail to the members' home: with a passkey, and with an app; next time; and from the phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page, expect

from directory.actions import people
from directory.models import User
from tests.factories.people import make_organization, make_user
from tests.journeys.conftest import DESK, PHONE, axe_faults, give_digits, link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSPHRASE = "みなもの朝の長い散歩道"


def with_a_device(page: Page) -> None:
    """A finger on the screen: an authenticator inside this browser that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def letter(post_office: Callable[[], list[Any]]) -> str:
    """The path in the mail of an invitation."""
    organization = make_organization(name="なぎさの家")
    make_user("orgadmin", organization=organization)
    by = make_user("secretariat", organization=make_organization(name="みなも市", kind="city"))
    people.invite(by=by, email="nagi@example.jp", name="水野 なぎ", organization=organization, role="member")
    return link_in(post_office()[0], "/invitation/")


def accept(page: Page) -> None:
    """The invited person's page: name and a password twice."""
    assert axe_faults(page) == []
    page.fill("[name=name]", "水野 なぎ")
    page.fill("[name=password]", PASSPHRASE)
    page.fill("[name=repeated]", PASSPHRASE)
    page.locator("main form button.btn").click()
    page.wait_for_url("**/accounts/almost/")
    assert axe_faults(page) == []


def keep_the_codes(page: Page) -> list[str]:
    """The page of spare numbers: ten of them, as a file too; then on to where the person wanted to go."""
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    assert axe_faults(page) == []
    codes = page.locator("ul.spare li").all_inner_texts()
    with page.expect_download() as download:
        page.locator("a[href$='/recovery-codes/download/']").click()
    kept = download.value.path().read_text(encoding="utf-8")
    assert (len(codes), [code for code in codes if code not in kept]) == (10, [])
    page.locator("a[href='/accounts/go-on/']").click()
    page.wait_for_url("**/members/")
    return codes


def test_invitation_passkey_home_and_next_time_the_passkey_alone(
    visit: Callable[..., Any], letter: str, settings: Any
) -> None:
    window = visit(size=PHONE)
    page = window.goto(letter)
    with_a_device(page)
    accept(page)
    page.locator("a[href='/accounts/2fa/webauthn/add/']").click()
    expect(page.locator("#mfa_webauthn_add")).to_be_visible()
    assert axe_faults(page) == []
    page.locator("#mfa_webauthn_add").click()
    keep_the_codes(page)
    assert "水野 なぎ" in page.content()
    assert Authenticator.objects.filter(type="webauthn").count() == 1

    page.goto(window.base + "/accounts/logout/")
    page.locator("main form button.btn").click()
    page.wait_for_url(window.base + "/")
    page.goto(window.base + "/members/?a=1")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/members/?a=1")

    page.goto(window.base + "/accounts/sessions/")
    expect(page.locator("main li.sheet")).to_have_count(1)
    assert axe_faults(page) == []

    # Ten minutes later something important is wanted: the passkey answers that, too.
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page.goto(window.base + "/accounts/2fa/recovery-codes/")
    assert axe_faults(page) == []
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
    page.locator("a[href*='/2fa/reauthenticate/webauthn/'], a[href*='/webauthn/reauthenticate/']").click()
    page.locator("#mfa_webauthn_reauthenticate").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")


def test_invitation_app_home_and_next_time_password_and_digits(visit: Callable[..., Any], letter: str) -> None:
    window = visit(javascript=False, size=DESK)
    page = window.goto(letter)
    page.fill("[name=name]", "水野 なぎ")
    page.fill("[name=password]", PASSPHRASE)
    page.fill("[name=repeated]", PASSPHRASE)
    page.locator("main form button.btn").click()
    page.locator("a[href='/accounts/2fa/totp/activate/']").click()
    secret = page.locator(".secret").inner_text()
    give_digits(page, secret)
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    codes = page.locator("ul.spare li").all_inner_texts()
    page.locator("a[href='/accounts/go-on/']").click()
    page.wait_for_url("**/members/")

    again = visit(javascript=False, size=PHONE)
    page = password_of_the_day(again)
    cache.clear()  # the digits of this half minute were used to set up the app
    give_digits(page, secret)
    page.wait_for_url("**/members/")

    third = visit(javascript=False, size=PHONE)
    page = password_of_the_day(third)
    page.fill("[name=code]", codes[0])
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/members/")
    assert User.objects.get(email="nagi@example.jp").active_roles() == {"member"}


def password_of_the_day(window: Any) -> Page:
    """The login page with address and password."""
    page: Page = window.goto("/accounts/login/?next=/members/")
    page.fill("[name=login]", "nagi@example.jp")
    page.fill("[name=password]", PASSPHRASE)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile("/2fa/authenticate/"))
    return page


def test_going_back_after_logging_out_shows_nothing(visit: Callable[..., Any], person: Callable[..., Any]) -> None:
    window = visit(size=DESK)
    page = window.sign_in(person("member", organization=make_organization(name="なぎさの家"), name="水野 なぎ").email)
    page.goto(window.base + "/members/")
    assert "水野 なぎ" in page.content()
    page.goto(window.base + "/accounts/logout/")
    page.locator("main form button.btn").click()
    page.wait_for_url(window.base + "/")
    page.go_back()
    page.go_back()
    page.wait_for_load_state()
    assert ("水野 なぎ" in page.content(), "/accounts/login/" in page.url) == (False, True)
