"""News: the list, one piece, the feed."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.dates import today
from home.enums import NewsCategory
from home.models import NewsIndexPage
from tests.factories.pages import make_news, text

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def titles(client: Client, **query: str) -> list[str]:
    """The titles of a page of the list, in their order."""
    return [page.title for page in client.get("/news/", query).context["news"].object_list]


def test_newest_first_and_only_what_is_public(client: Client) -> None:
    make_news(title="きのう", date=today() - DAY)
    make_news(title="きょう", date=today())
    make_news(title="あした", date=today() + DAY)
    make_news(title="下書き", live=False)
    assert titles(client) == ["きょう", "きのう"]


def test_a_list_without_news_says_so(client: Client) -> None:
    assert "お知らせは、まだありません" in client.get("/news/").content.decode()


def test_twenty_a_page_and_any_number_is_a_page(client: Client) -> None:
    for number in range(23):
        make_news(title=f"{number}", date=today() - number * DAY)
    assert len(titles(client)) == 20
    assert titles(client, page="2") == ["20", "21", "22"]
    for odd in ("99", "0", "-1", "abc", "1e9", "１"):
        assert client.get("/news/", {"page": odd}).status_code == 200


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    counts = []
    for number in (2, 12):
        for _again in range(number):
            make_news()
        client.get("/news/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/news/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_one_piece(client: Client) -> None:
    page = make_news(
        title="夜の電話番をふやしました",
        category=NewsCategory.DESK,
        summary="週に五日です。",
        body=text("<p>くわしく</p>"),
    )
    make_news(title="ほかの知らせ")
    body = client.get(page.url).content.decode()
    for words in ("夜の電話番をふやしました", "窓口", "週に五日です。", "くわしく", "ほかの知らせ"):
        assert words in body
    assert body.count("<h1") == 1


def test_the_list_is_gone_when_its_page_is_not_live(client: Client) -> None:
    NewsIndexPage.objects.update(live=False)
    assert client.get("/news/").status_code == 404


def test_the_feed(client: Client) -> None:
    page = make_news(title="<b>太字</b>&", summary="一文")
    make_news(title="下書き", live=False)
    answer = client.get("/news/feed/")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = ET.fromstring(answer.content).find("channel")  # noqa: S314 — our own
    assert channel is not None
    assert channel.findtext("title") == "つながり　お知らせ"
    items = [(item.findtext("title"), item.findtext("link")) for item in channel.findall("item")]
    assert items == [("<b>太字</b>&", settings.BASE_URL + page.url)]


def test_the_editor_sees_the_list_in_a_preview() -> None:
    make_news(title="見えるか")
    answer = NewsIndexPage.objects.get().make_preview_request(None, "", {})
    answer.render()
    assert "見えるか" in answer.content.decode()
