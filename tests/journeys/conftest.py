"""A real Chromium against a real server; the outside world is closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from cms import outbox
from tests.factories.people import SECRET, make_user, satisfy_mfa
from tests.machine import CHROMIUM

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PASSWORD = "a-long-pass-phrase"
HALF_MINUTES = 3
ARGS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


class Visit:
    """A browser window that notes what must not happen: policy violations, errors, requests to other hosts."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base = context, base
        self.faults: list[str] = []
        context.on("request", self.note_request)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error.message}"))
        context.on("console", self.note_console)
        context.set_default_timeout(15_000)
        self.page: Page = context.new_page()

    def note_request(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.faults.append(f"request to {request.url}")

    def note_console(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def goto(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def sign_in(self, email: str) -> Page:
        """Password, then the six digits of the second factor."""
        cache.clear()  # the six digits of this half minute may have been used by the same person in another window
        page = self.goto("/accounts/login/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        give_digits(page)
        return page


def give_digits(page: Page, secret: str = SECRET) -> None:
    """The second factor; digits whose half minute ran out on the way are refused, and the next ones given."""
    for _half_minute in range(HALF_MINUTES):
        page.fill("input[name=code]", digits(secret))
        with page.expect_navigation():
            page.press("input[name=code]", "Enter")
        if not page.locator("input[name=code]").count():
            return
    raise AssertionError(page.locator("main").inner_text())


def digits(secret: str) -> str:
    """What an authenticator app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def visit(chromium: Browser, live_server: Any, settings: Any) -> Iterator[Callable[..., Visit]]:
    """visit(javascript=True, size=PHONE) -> a window on the site; at the end nothing may have gone wrong in any."""
    base = live_server.url.replace("127.0.0.1", "localhost")
    settings.BASE_URL = base
    settings.CSRF_TRUSTED_ORIGINS = [base]
    settings.THROTTLE_FACTOR = 1000  # Playwright types faster than anybody
    visits: list[Visit] = []

    def open_window(*, javascript: bool = True, size: dict[str, int] = PHONE) -> Visit:
        context = chromium.new_context(
            viewport=size,
            java_script_enabled=javascript,
            locale="ja-JP",
            timezone_id="Asia/Tokyo",  # type: ignore[arg-type]
        )
        visits.append(Visit(context, base))
        return visits[-1]

    yield open_window
    faults = [fault for one in visits for fault in one.faults]
    for one in visits:
        one.context.close()
    assert faults == []


@pytest.fixture
def person(transactional_db: None) -> Callable[..., Any]:
    """person("member", organization=…): somebody who can sign in with Visit.sign_in(user.email)."""

    def make(*roles: str, **fields: Any) -> Any:
        user = make_user(*roles, password=PASSWORD, **fields)
        satisfy_mfa(user)
        return user

    return make


@pytest.fixture
def post_office() -> Callable[[], list[Any]]:
    """Send what waits in the outbox and return all mails so far."""

    def deliver() -> list[Any]:
        outbox.deliver_due()
        return list(mail.outbox)

    return deliver


def link_in(message: Any, part: str) -> str:
    """The path of the first link in a mail that contains `part`."""
    match = re.search(r"https?://[^/\s]+(\S*" + re.escape(part) + r"\S*)", message.body)
    assert match, message.body
    return match[1]


def axe_faults(page: Page) -> list[str]:
    """Violations of WCAG 2.2 A and AA on the page as it stands, once it has loaded."""
    page.wait_for_load_state()
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    violations = Axe().run(page, options=options).response["violations"]
    return [f"{page.url} {v['id']}: {v['nodes'][0]['html'][:120]}" for v in violations]
