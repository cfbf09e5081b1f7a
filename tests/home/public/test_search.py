"""Site search: answers, helps when nothing is found, bears anything, leaves no trace."""

import logging

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import ContentPage
from home.queries import search
from tests.factories.desks import make_desk
from tests.factories.pages import make_content_page, make_news, text

pytestmark = pytest.mark.django_db

ODD = [
    "", " ", "　", "a", "。", "・", '"', "'", '"a"b', "\\", "*", "%", "%s", "NEAR(", ") OR 1", "AND OR NOT", "-", "--",
    "\x00", "a\x00b", "\ud800", "🙂", "👨‍👩‍👧", "髙﨑𠮷", "é́́́", "\u202e逆", "<script>alert(1)</script>", "{{ 7*7 }}",
    "あ" * 10_000, "相談 " * 500, "?q=1&q=2", "１２３", "＃9999", "' OR '1'='1", "\n\r\t", "title:相談", "相談*", "(((((", "^~!@#$",
]  # fmt: skip


@pytest.fixture
def written() -> ContentPage:
    """A page, a piece of news and a desk about the same thing."""
    make_news(title="夜の電話番をふやしました", body=text("<p>眠れない時間がつらいという声から。</p>"))
    make_desk(name="みなもほっと電話", worries=["悩みや不安で、眠れない"])
    return make_content_page(title="眠れない夜にできること", body=text("<p>時計を裏がえしてください。</p>"))


def found(client: Client, **query: str) -> list[str]:
    """Titles of the hits."""
    return [row.hit.title for row in client.get("/search/", query).context["found"].rows]


def test_pages_news_and_desks_answer(client: Client, written: ContentPage) -> None:
    assert set(found(client, q="眠れない")) >= {written.title, "夜の電話番をふやしました", "みなもほっと電話"}


@pytest.mark.parametrize(
    ("kind", "title"), [("d", "みなもほっと電話"), ("n", "夜の電話番をふやしました"), ("p", "眠れない夜にできること")]
)
def test_it_can_be_narrowed(client: Client, written: ContentPage, kind: str, title: str) -> None:
    assert found(client, q="眠れない", kind=kind) == [title]


def test_what_was_asked_for_is_marked(client: Client, written: ContentPage) -> None:
    assert "<mark>眠れ" in client.get("/search/", {"q": "眠れない"}).content.decode()


def test_drafts_and_hidden_pages_are_not_found(client: Client, written: ContentPage) -> None:
    written.unpublish()
    assert written.title not in found(client, q="眠れない")


def test_nothing_found_leads_to_people(client: Client) -> None:
    body = client.get("/search/", {"q": "くぁwせdrftg"}).content.decode()
    assert "「くぁwせdrftg」に合うページは、まだありません" in body
    assert "いま話せるところ" in body
    assert "0件" not in body
    assert 'href="/help/"' in body


@pytest.mark.parametrize("question", ODD)
@pytest.mark.parametrize("kind", ["", "d", "zzz"])
def test_nothing_that_is_typed_breaks_it(client: Client, question: str, kind: str) -> None:
    typed = question.encode("utf-8", "replace").decode()
    answer = client.get("/search/", {"q": typed, "kind": kind, "page": typed[:9]})
    assert answer.status_code == (400 if "\x00" in question else 200)  # NUL never gets as far as a view
    assert "<script>alert(1)" not in answer.content.decode()
    search(question, kind=kind, page=question[:9])


@pytest.mark.parametrize("raw", ["q=%ff%fe", "q", "q=%E7%9C", "page=999999999999", "q=a&page=-1", "kind=" + "x" * 500])
def test_broken_addresses_do_not_break_it(client: Client, raw: str) -> None:
    assert client.get(f"/search/?{raw}").status_code == 200


def test_the_question_is_cut_at_200_characters() -> None:
    assert len(search("相" * 5000).question) == 200


def test_nothing_is_kept(client: Client, written: ContentPage, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="home"), CaptureQueriesContext(connection) as seen:
        answer = client.get("/search/", {"q": "きえてしまいたい"})
    written_rows = [q["sql"] for q in seen if q["sql"].split(" ", 1)[0] in {"INSERT", "UPDATE", "REPLACE"}]
    assert written_rows == []
    assert "きえてしまいたい" not in caplog.text
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies.get("q")
    assert cache.get("きえてしまいたい") is None


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    counts = []
    for number in (3, 12):
        for count in range(number):
            make_content_page(title=f"眠れない夜 {number} {count}")
            make_desk(name=f"夜の電話 {number} {count}", worries=["眠れない"])
        client.get("/search/", {"q": "眠れない"})
        with CaptureQueriesContext(connection) as seen:
            client.get("/search/", {"q": "眠れない"})
        counts.append(len(seen))
    assert counts[1] <= counts[0]  # how rare a word is, is remembered
