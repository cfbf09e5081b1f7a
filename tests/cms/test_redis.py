"""The shared cache of production: Redis behind the throttle and the probe."""

import os
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from cms import throttle

URL = os.environ.get("REDIS_TEST_URL", "")
REDIS = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": URL}}
GONE = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}

pytestmark = pytest.mark.django_db


@pytest.fixture
def redis() -> Any:
    if not URL:
        pytest.skip("no REDIS_TEST_URL")
    with override_settings(CACHES=REDIS):
        cache.clear()
        yield
        cache.clear()


def test_the_throttle_counts_in_redis(redis: None) -> None:
    answers = [throttle.allow("try", "somebody", limit=3, seconds=60) for _ in range(5)]
    assert answers == [True, True, True, False, False]
    assert throttle.allow("try", "somebody else", limit=3, seconds=60) is True


def test_the_probe_finds_redis(redis: None, client: Client) -> None:
    assert client.get("/readyz").json()["cache"] is True


@override_settings(CACHES=GONE)
def test_without_redis_each_throttle_answers_as_its_caller_decided() -> None:
    assert throttle.allow("register", "somebody", limit=3, seconds=60, when_down=True) is True
    assert throttle.allow("registration_code", "somebody", limit=3, seconds=60, when_down=False) is False


@override_settings(CACHES=GONE)
def test_without_redis_the_probe_says_so(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()["cache"]) == (503, False)
