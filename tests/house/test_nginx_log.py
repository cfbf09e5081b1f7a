"""deploy/nginx.conf: a line of its log tells nobody who wrote to a desk, nor whose link was opened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CONF = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text()


def mapped(variable: str, uri: str) -> str:
    """What nginx puts in place of `$variable` for that path: the first expression that fits, else the default."""
    body = re.search(rf"map \$uri \${variable} {{(.*?)}}", CONF, re.DOTALL)
    assert body is not None
    rules = [line.split() for line in body[1].replace(";", "").strip().splitlines()]
    fits = [value for rule, value in rules if rule.startswith("~") and re.match(rule[1:], uri)]
    return fits[0] if fits else dict(rules)["default"]


@pytest.mark.parametrize(
    ("uri", "who", "what"),
    [
        ("/consult", "-", "/consult…"),
        ("/consult/", "-", "/consult…"),
        ("/consult/reply/", "-", "/consult…"),
        ("/consult/save/", "-", "/consult…"),
        ("/feeds/a1b2/", "$remote_addr", "/feeds/…"),
        ("/members/consultations/", "$remote_addr", "$uri"),  # signed in, and noted in the trail anyhow
        ("/", "$remote_addr", "$uri"),
    ],
)
def test_a_line_beside_a_letter_has_no_address(uri: str, who: str, what: str) -> None:
    assert (mapped("loggable_from", uri), mapped("loggable", uri)) == (who, what)


def test_the_log_is_made_of_nothing_else() -> None:
    formats = re.findall(r"log_format (\w+) '(.*?)';", CONF)
    assert [name for name, _line in formats] == ["without_query"]
    assert set(re.findall(r"\$\w+", formats[0][1])) == {
        "$loggable_from", "$time_local", "$request_method", "$loggable", "$status", "$body_bytes_sent", "$request_time",
    }  # fmt: skip
    assert set(re.findall(r"access_log +([^;]+);", CONF)) == {"off", "/var/log/nginx/tsunagari.log without_query"}
