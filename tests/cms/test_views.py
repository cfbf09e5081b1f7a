"""Doors that belong to no room."""

import pytest
from django.test import Client
from django.utils import timezone

from cms import encryption, outbox, views

pytestmark = pytest.mark.django_db
PARTS = ["database", "migrations", "keys", "cache", "worker"]


def test_health_is_plain_and_never_kept(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]


def test_ready_says_one_word_for_each_part_and_nothing_more(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, list(response.json())) == (503, PARTS)
    assert response.json() == dict.fromkeys(PARTS, True) | {"worker": False}
    outbox.beat(timezone.now())
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, dict.fromkeys(PARTS, True))


def test_what_goes_wrong_means_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> bool:
        raise RuntimeError("田中さん")

    monkeypatch.setattr(encryption, "ready", broken)
    monkeypatch.setattr(views, "migrated", broken)
    response = client.get("/readyz")
    assert {name for name, well in response.json().items() if not well} == {"keys", "migrations", "worker"}
    assert "田中" not in response.content.decode()


def test_security_txt_has_the_two_fields_that_must_be_there(client: Client) -> None:
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert {"Contact", "Expires"} <= set(lines)


@pytest.mark.parametrize("path", ["/%00/", "/help/?c=%00", "/search/?q=a%00b"])
def test_a_nul_in_an_address_is_400(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_a_form_from_elsewhere_is_403_with_a_way_on() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/reader/", {"theme": "dusk"})
    assert response.status_code == 403
    assert "119" in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/help/", "/nowhere/", "/members/", "/accounts/login/"])
def test_the_policy_is_strict_everywhere_but_in_the_admin(client: Client, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert client.get(path).headers["Referrer-Policy"] == "same-origin"
