"""How often one may."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from cms import throttle

NOON = "2026-12-03T12:00+09:00"


def tries(count: int, key: str = "192.0.2.1", action: str = "register") -> list[bool]:
    """The answers to so many acts, three a minute allowed."""
    return [throttle.allow(action, key, limit=3, seconds=60) for _ in range(count)]


def test_as_often_as_allowed_and_no_more(frozen: Any) -> None:
    frozen(NOON)
    assert tries(5) == [True, True, True, False, False]


def test_others_and_other_acts_are_counted_apart(frozen: Any) -> None:
    frozen(NOON)
    assert tries(3) == [True] * 3
    assert tries(1, key="192.0.2.2") == [True]
    assert tries(1, action="consult") == [True]
    assert tries(1) == [False]


def test_a_new_window_begins_anew(frozen: Any) -> None:
    frozen(NOON)
    tries(4)
    frozen("2026-12-03T12:01+09:00")
    assert tries(1) == [True]


def test_the_factor_widens(frozen: Any, settings: Any) -> None:
    frozen(NOON)
    settings.THROTTLE_FACTOR = 2
    assert tries(7) == [True] * 6 + [False]


def test_no_address_lies_in_the_cache(frozen: Any) -> None:
    frozen(NOON)
    tries(1)
    names = list(cache._cache)
    assert len(names) == 1
    assert "192.0.2.1" not in names[0]


@pytest.mark.parametrize("answer", [True, False])
def test_without_a_cache_the_caller_has_said_what_to_do(monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    def down(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(throttle.cache, "add", down)
    assert throttle.allow("register", "a", limit=1, seconds=60, when_down=answer) is answer


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "spoofed, 203.0.113.9", "203.0.113.9"),
        (2, "spoofed, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.1"),
        (1, "", "198.51.100.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings: Any, proxies: int, forwarded: str, expected: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert throttle.address(request) == expected


def test_one_home_has_many_addresses_and_one_network() -> None:
    senders = ["192.0.2.1", "2001:db8:1:2:3::4", "2001:db8:1:2:ffff::1", "2001:db8:1:3::1", "::ffff:192.0.2.1", "", "x"]
    networks = [throttle.network(RequestFactory().get("/", REMOTE_ADDR=sender)) for sender in senders]
    assert networks == [
        "192.0.2.1", "2001:db8:1:2::/64", "2001:db8:1:2::/64", "2001:db8:1:3::/64", "192.0.2.1", "", "x",
    ]  # fmt: skip
