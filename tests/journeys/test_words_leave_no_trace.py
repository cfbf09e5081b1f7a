"""After a whole visit nothing that was typed is anywhere: logs, addresses, headers, mails, tables, caches, the browser.

The same sweep finds a word that was put there on purpose, in each of these places.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote_plus

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache, caches
from django.core.signals import request_started
from django.db import connection
from django.test import Client
from django.views.debug import SafeExceptionReporterFilter
from playwright.sync_api import expect

from cms.enums import Danger
from cms.logs import LineFormatter
from cms.models import UrgentWord
from home.public import words
from tests.factories.desks import make_desk
from tests.factories.pages import make_content_page

pytestmark = pytest.mark.django_db(transaction=True)

TYPED = ("しにたい、ぬばたま七三九一", "学校いきたくない、あしびき八二六四", "ちはやぶる五五一八")
NEEDLES = ("ぬばたま", "あしびき", "ちはやぶる", "七三九一")
ENVIRON = ("PATH_INFO", "QUERY_STRING", "HTTP_REFERER", "HTTP_COOKIE")


class Ears(logging.Handler):
    """Keeps every record as it was meant, and as our formatter writes it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [record.getMessage(), LineFormatter().format(record)]


@pytest.fixture
def ears() -> Iterator[Ears]:
    """All loggers at DEBUG for the length of a test."""
    heard = Ears()
    names = [None, "django", "django.request", "django.security", "django.template", "django.db.backends", "wagtail"]
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(heard)
    yield heard
    logging.getLogger().removeHandler(heard)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What the server sees of each request besides its body: that is all an access log can hold."""
    seen: list[str] = []

    def note(environ: dict[str, Any], **kwargs: Any) -> None:
        seen.extend(str(environ.get(name, "")) for name in ENVIRON)

    request_started.connect(note, weak=False, dispatch_uid="asked")
    yield seen
    request_started.disconnect(dispatch_uid="asked")


def in_tables() -> Iterator[tuple[str, str]]:
    """(table, text) of every column of every table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(as_text(value) for value in row)


def as_text(value: Any) -> str:
    """A value of a column or a cache as text, bytes too."""
    return bytes(value).decode("utf-8", "ignore") if isinstance(value, bytes | memoryview) else str(value)


def in_caches() -> Iterator[str]:
    for name in settings.CACHES:
        for key, value in caches[name]._cache.items():  # type: ignore[attr-defined]  # all of them are in memory here
            yield f"{key} {as_text(value)}"


def places(ears: Ears, asked: list[str], browser: list[str]) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that may hold a word."""
    yield from (("log", line) for line in ears.lines)
    yield from (("request", line) for line in asked)
    yield from (("mail", f"{letter.subject} {letter.body} {letter.to}") for letter in mail.outbox)
    yield from (("cache", text) for text in in_caches())
    yield from in_tables()
    yield from (("browser", text) for text in browser)


def traces(ears: Ears, asked: list[str], browser: list[str]) -> set[str]:
    """Where one of the words is, also where it is written as in an address."""
    return {
        where
        for where, text in places(ears, asked, browser)
        if any(needle in text or needle in unquote_plus(text) for needle in NEEDLES)
    }


def kept_by(window: Any) -> list[str]:
    """What the browser has kept: cookies and both storages."""
    stored = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, document.title, location.href])"
    return [str(window.context.cookies()), window.page.evaluate(stored)]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("javascript", "paths"),
    [(True, ("/", "/help/", "/search/")), (False, ("/help/",))],
    ids=["with script", "without script"],
)
def test_a_visit_leaves_no_trace(
    visit: Callable[..., Any], ears: Ears, asked: list[str], javascript: bool, paths: tuple[str, ...]
) -> None:
    make_desk({"value": "0865-63-0911", "hours": "24/7"}, name="夜も開いている窓口", concerns=("k1", "k4"))
    make_content_page(title="ねむれない夜")
    window = visit(javascript=javascript)
    for path, typed in zip(paths, TYPED, strict=False):
        page = window.goto(path)
        page.fill("#worry", typed)
        page.locator("form.worry button").click()
        page.wait_for_url("**/search/")
        expect(page.locator("#worry")).to_have_value(typed)
        expect(page.locator("main a[href^='tel:']").first).to_be_visible()
        page.reload()
        page.locator("main a[href^='/help/?c=']").first.click()
        page.wait_for_url("**/help/?c=*")
        page.get_by_role("link", name="夜も開いている窓口").first.click()
    browser = kept_by(window)
    assert asked.count("/search/") >= 2 * len(paths)
    assert traces(ears, asked, browser) == set()


@pytest.mark.browser
def test_the_sweep_finds_what_was_put_there(visit: Callable[..., Any], ears: Ears, asked: list[str]) -> None:
    window = visit()
    page = window.goto("/search/?q=" + quote(NEEDLES[0]))
    page.evaluate(f"localStorage.setItem('worry', '{NEEDLES[0]}')")
    logging.getLogger("django.request").debug("typed: %s", NEEDLES[1])
    mail.EmailMessage("x", NEEDLES[2], "a@example.jp", ["b@example.jp"]).send()
    cache.set("x", NEEDLES[3])
    UrgentWord.objects.create(words=NEEDLES[0], danger=Danger.LIFE)
    found = traces(ears, asked, kept_by(window))
    assert found == {"log", "request", "mail", "cache", "browser", "cms_urgentword"}


def test_a_failure_while_reading_tells_nothing(ears: Ears, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the failure itself carries the words."""
    seen: list[Any] = []

    def fail(text: str, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError(text)

    def note(request: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(request)
        return real(request)

    real = words._worry
    monkeypatch.setattr(words.queries, "listen", fail)
    monkeypatch.setattr(words, "_worry", note)
    answer = Client(raise_request_exception=False).post("/search/", {"worry": TYPED[0]})
    body = answer.content.decode()
    assert answer.status_code == 500
    assert 'href="tel:119"' in body
    assert not any(needle in body for needle in NEEDLES)
    assert any("RuntimeError" in line and "home.public.words" in line for line in ears.lines)
    assert traces(ears, asked, []) == set()
    report = SafeExceptionReporterFilter().get_post_parameters(seen[0])
    assert TYPED[0] not in str(report)


def test_a_refused_form_tells_nothing(ears: Ears, asked: list[str]) -> None:
    answer = Client(enforce_csrf_checks=True).post("/search/", {"worry": TYPED[0]})
    assert answer.status_code == 403
    assert any("CSRF" in line for line in ears.lines)
    assert not any(needle in answer.content.decode() for needle in NEEDLES)
    assert traces(ears, asked, []) == set()
