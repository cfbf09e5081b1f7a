"""The reader's tools: a posted form, a cookie, back to where one was."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "value"), [("theme", "dusk"), ("theme", "day"), ("size", "large"), ("furigana", "on")]
)
def test_a_choice_is_kept_in_a_cookie(client: Client, name: str, value: str) -> None:
    answer = client.post("/reader/", {name: value, "next": "/help/?c=k1"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/?c=k1")
    cookie = answer.cookies[name]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (value, "Lax", True)
    assert cookie["max-age"] == 365 * 24 * 60 * 60


def test_the_page_follows_the_choice(client: Client) -> None:
    assert 'data-theme="dusk"' not in client.get("/").content.decode()
    client.post("/reader/", {"theme": "dusk"})
    client.post("/reader/", {"size": "large"})
    assert '<html lang="ja" data-theme="dusk" data-size="large">' in client.get("/").content.decode()


@pytest.mark.parametrize("value", ["", "neon", "<script>", "dusk\x00"])
def test_anything_else_forgets_the_choice(client: Client, value: str) -> None:
    client.post("/reader/", {"theme": "dusk"})
    answer = client.post("/reader/", {"theme": value})
    assert answer.cookies["theme"].value == ""
    assert answer.cookies["theme"]["max-age"] == 0


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example", "", "https:evil"]
)
def test_it_never_leads_away(client: Client, wanted: str) -> None:
    assert client.post("/reader/", {"size": "large", "next": wanted})["Location"] == "/"


def test_getting_changes_nothing(client: Client) -> None:
    answer = client.get("/reader/", {"theme": "dusk", "next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert not answer.cookies


def test_the_form_carries_its_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/reader/", {"theme": "dusk"}).status_code == 403
    body = strict.get("/about/").content.decode()
    assert body.count('action="/reader/"') == 2
    assert body.count("csrfmiddlewaretoken") == 2
