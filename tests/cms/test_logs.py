"""What the log may hold."""

import json
import logging
import sys

import pytest

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
