"""Pages of the portal for tests. The tree itself comes with the migrations."""

from __future__ import annotations

from itertools import count
from typing import Any

from wagtail.models import Page

from home.models import ContentPage, HomePage, NewsIndexPage, NewsPage

numbers = count(1)


def text(html: str) -> list[tuple[str, Any]]:
    """A body of one piece of text."""
    return [("text", html)]


def make_content_page(parent: Page | None = None, **fields: Any) -> ContentPage:
    """A live page of text below home, unless `parent` or `live` say otherwise."""
    fields.setdefault("title", f"読みもの{next(numbers)}")
    page = ContentPage(**fields)
    (parent or HomePage.objects.get()).add_child(instance=page)
    return page


def make_news(**fields: Any) -> NewsPage:
    """A live piece of news of today."""
    fields.setdefault("title", f"お知らせ{next(numbers)}")
    page = NewsPage(**fields)
    NewsIndexPage.objects.get().add_child(instance=page)
    return page
