"""What readers see with furigana on: whose reading wins, what is kept, and what never is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import models
from django.template import Context, Template
from django.test import Client, RequestFactory

from cms import readings
from cms.context import Reader
from cms.models import Term
from directory import gate
from directory.models import Organization
from tests.factories.desks import make_desk
from tests.factories.events import make_occurrence, make_registration

pytestmark = pytest.mark.django_db
KEPT = caches[settings.FURIGANA_CACHE]


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    KEPT.clear()
    monkeypatch.setattr(readings, "_kept", None)
    yield
    KEPT.clear()


def kept() -> list[Any]:
    """What lies in the store, whatever its keys."""
    return list(KEPT._cache)  # type: ignore[attr-defined]


def shown(html: str, *, keep: bool = True) -> str:
    return readings.with_readings(html, keep=keep)


def draw(html: str, reader: Reader | None, request: Any = None) -> str:
    source = "{% load furigana %}{% furigana %}{{ html|safe }}{% endfurigana %}"
    return Template(source).render(Context({"html": html, "reader": reader, "request": request}))


def test_off_by_default_and_for_pages_without_a_reader() -> None:
    for reader in (None, Reader()):
        assert draw("<p>漢字</p>", reader) == "<p>漢字</p>"
    assert "<rt>かんじ</rt>" in draw("<p>漢字</p>", Reader(furigana=True))
    assert kept() == []


def test_a_term_corrects_a_reading_and_what_was_kept_is_drawn_anew(
    django_capture_on_commit_callbacks: Any,
) -> None:
    assert "<rt>かみ</rt>" not in shown("<p>上の町</p>")
    with django_capture_on_commit_callbacks(execute=True):
        term = Term.objects.create(label="上の町", reading="かみのちょう")
    assert "<rt>ちょう</rt>" in shown("<p>上の町</p>")
    with django_capture_on_commit_callbacks(execute=True):
        term.delete()
    assert "<rt>ちょう</rt>" not in shown("<p>上の町</p>")
    assert len(kept()) == 3


@pytest.mark.parametrize(
    ("reading", "right"),
    [("", True), ("こうのしま", True), ("コウノシマ", True), ("kounoshima", False), ("神の島", False)],
)
def test_the_reading_of_a_term_is_kana(reading: str, right: bool) -> None:
    term = Term(label="神島", reading=reading)
    if right:
        term.full_clean()
        return
    with pytest.raises(ValidationError) as refused:
        term.full_clean()
    assert refused.value.message_dict == {"reading": ["よみは、ひらがなかカタカナで書いてください。"]}


def test_a_room_hands_in_its_names(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Organization.objects.create(name="飛騨の会", kana="とびだのかい")
    assert "<rt>とびだ</rt>" in shown("<p>飛騨の会</p>")


def test_a_registered_source_is_watched(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "_sources", dict(readings._sources))
    asked: list[type[models.Model]] = []
    readings.register("test", lambda: asked.append(Term) or [("漢字", "からもじ")], watched=Term)  # type: ignore[func-returns-value]
    assert "<rt>からもじ</rt>" in shown("<p>漢字</p>")
    shown("<p>漢字</p>")
    assert len(asked) == 1
    with django_capture_on_commit_callbacks(execute=True):
        Term.objects.create(label="無関係", reading="むかんけい")
    shown("<p>漢字</p>")
    assert len(asked) == 2
    for signal in (models.signals.post_save, models.signals.post_delete):
        signal.disconnect(sender=Term, dispatch_uid="readings.test")


def test_hidden_fields_differ_from_visit_to_visit_and_are_not_kept() -> None:
    one = shown('<p>漢字<input type="hidden" name="csrfmiddlewaretoken" value="first-token"></p>')
    other = shown('<p>漢字<input type="hidden" name="csrfmiddlewaretoken" value="second-token"></p>')
    assert "first-token" in one
    assert other == one.replace("first-token", "second-token")
    assert len(kept()) == 1
    assert b"-token" not in b"".join(KEPT._cache.values())  # type: ignore[attr-defined]


def test_drawn_once_then_taken_from_memory(django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown("<p>方が多い</p>")
    monkeypatch.setattr(readings, "furigana", None)  # nobody reads it a second time
    with django_assert_num_queries(0):
        assert shown("<p>方が多い</p>") == first


@pytest.mark.parametrize(
    ("path", "more", "may"),
    [
        ("/help/", {}, True),
        ("/help/", {"query": {"c": "k1"}}, False),
        ("/help/", {"method": "post"}, False),
        ("/help/", {"cookies": {settings.SESSION_COOKIE_NAME: "x"}}, False),
        ("/help/", {"cookies": {"messages": "x"}}, False),
        ("/help/", {"cookies": {"furigana": "on", "theme": "dusk"}}, True),
        ("/help/", {"preview": True}, False),
        ("/something/", {"kwargs": {"token": "x"}}, False),
        *((prefix, {}, False) for prefix in (*gate.PRIVATE_PREFIXES, "/admin/", "/search/", "/reader/")),
    ],
)
def test_only_what_everybody_may_see_is_kept(path: str, more: dict[str, Any], may: bool) -> None:
    request = getattr(RequestFactory(), more.get("method", "get"))(path, more.get("query", {}))
    request.COOKIES = more.get("cookies", {})
    request.is_preview = more.get("preview", False)
    request.resolver_match = type("Match", (), {"kwargs": more.get("kwargs", {})})()
    assert readings.may_keep(request) is may


def test_the_toggle_works_by_form_and_cookie_alone(client: Client) -> None:
    page = client.get("/help/").content.decode()
    assert 'name="furigana" value="on"' in page
    assert "<rt>" not in page
    assert "furigana.css" not in page
    client.post("/reader/", {"furigana": "on", "next": "/help/"})
    answer = client.get("/help/")
    page = answer.content.decode()
    assert 'name="furigana" value=""' in page
    assert 'data-furigana="on"' in page
    assert "<rt>そうだん</rt>" in page
    assert "furigana.css" in page
    assert "Cookie" in answer["Vary"]
    client.post("/reader/", {"furigana": "", "next": "/help/"})
    assert "<rt>" not in client.get("/help/").content.decode()


def test_public_pages_have_it_and_their_heads_have_not(client: Client) -> None:
    desk, occurrence = make_desk(name="灯台の窓口"), make_occurrence()
    client.cookies["furigana"] = "on"
    paths = (
        "/",
        "/help/",
        f"/help/{desk.slug}/",
        "/events/",
        f"/events/{occurrence.event.slug}/register/",
        "/news/",
        "/search/",
    )
    for path in paths:
        answer = client.get(path)
        head, _, body = answer.content.decode().partition("</head>")
        assert answer.status_code == 200, path
        assert "<rt>" in body, path
        assert "<rt>" not in head, path
        assert "Cookie" in answer["Vary"], path


def test_what_differs_by_reader_says_so_even_without_a_form(client: Client) -> None:
    assert "Cookie" in client.get("/no-such-page/")["Vary"]


def test_a_persons_registration_has_furigana_and_is_never_kept(client: Client) -> None:
    receipt = make_registration()
    client.cookies["furigana"] = "on"
    page = client.get(f"/registrations/{receipt.token}/").content.decode()
    assert "<rt>" in page
    assert client.get("/search/", {"q": "消えたい夜"}).status_code == 200
    assert kept() == []
