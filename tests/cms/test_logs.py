"""What the log may hold."""

import json
import logging
import sys
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import AdminEmailHandler

from cms.logs import LineFormatter, NoPrivateText, without_private_parts


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Not Found: /search/?q=死にたい", "Not Found: /search/?…"),
        ('"GET /search/?q=ねむれ ない\'夜 HTTP/1.1" 200', '"GET /search/?… HTTP/1.1" 200'),
        ("Not Found: /search/?q=\udce3\udc81\udc8d it's", "Not Found: /search/?…"),
        ("Gone: /registrations/32129781c7fc58e706e4/withdraw/", "Gone: /registrations/…/withdraw/"),
        ("Not Found: /accounts/invitation/abcDEF-_123/", "Not Found: /accounts/invitation/…/"),
        ("Not Found: /accounts/password/reset/key/3-d4e5/", "Not Found: /accounts/password/reset/key/…/"),
        ("Not Found: /help/nowhere/", "Not Found: /help/nowhere/"),
    ],
)
def test_queries_and_tokens_are_cut(line: str, kept: str) -> None:
    assert without_private_parts(line) == kept


def record(message: str, *args: object, exc_info: object = None) -> logging.LogRecord:
    made = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, exc_info)  # type: ignore[arg-type]
    made.request = object()
    NoPrivateText().filter(made)
    return made


def test_a_line_is_one_json_object_without_the_request() -> None:
    made = record("Internal Server Error: %s", "/consult/?a=1")
    line = json.loads(LineFormatter().format(made))
    assert (line["level"], line["message"]) == ("ERROR", "Internal Server Error: /consult/?…")
    assert "request" not in made.__dict__


def test_of_an_exception_only_its_kind_and_places_are_kept() -> None:
    try:
        secret = "田中さんの相談"
        raise ValueError(secret)
    except ValueError:
        text = LineFormatter().format(record("failed", exc_info=sys.exc_info()))
    line = json.loads(text)
    assert line["exception"] == "ValueError"
    assert line["places"].startswith("tests.cms.test_logs:")
    assert "田中" not in text


def failing(words: str) -> HttpResponse:
    """A view that fails with the words in its variables, its error, and that error's cause."""
    try:
        raise ValueError(words)
    except ValueError as error:
        raise RuntimeError(words) from error


@pytest.mark.parametrize("debug", [False, True])
def test_a_report_to_administrators_holds_no_word(settings: Any, mailoutbox: Any, debug: bool) -> None:
    """Nobody gets one; a city that asks for them all the same gets places, and no words."""
    settings.ADMINS, settings.DEBUG = [("A", "admin@example.jp")], debug
    words = "ZZ-CANARY-文"
    asked = {"QUERY_STRING": "q=ZZ-CANARY", "HTTP_REFERER": "/?q=ZZ-CANARY", "HTTP_COOKIE": "page=ZZ-CANARY"}
    request = RequestFactory().post("/consult/", {"text": words}, **asked)
    try:
        failing(words)
    except RuntimeError:
        error = sys.exc_info()
    line = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Error: /consult/", (), error)
    line.request = request
    AdminEmailHandler(include_html=True).emit(line)
    (message,) = mailoutbox
    report = message.body + str(message.alternatives)
    assert ("failing" in report, "RuntimeError" in report, "/consult/" in report) == (True, True, True)
    assert ("ZZ-CANARY" in report) is debug  # the control: whoever sets DEBUG on their own machine sees everything
