"""Slugs: neutral, never a word of the URL map; index pages stay where they are."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Page

from cms.models.base import ALPHABET
from home.models import ContentPage, HomePage, NewsIndexPage, NewsPage
from home.models.addresses import KEPT_SLUGS, RESERVED_SLUGS
from tests.factories.pages import make_content_page, make_news

pytestmark = pytest.mark.django_db


def first_segments() -> set[str]:
    """First segments of every address our resolver knows before Wagtail's catch-all."""
    found = set()
    for pattern in get_resolver().url_patterns[:-1]:
        for inner in getattr(pattern, "url_patterns", [pattern]) if str(pattern.pattern) == "" else [pattern]:
            text = str(inner.pattern).lstrip("^")
            found.add(text.split("/")[0])
    return {part for part in found if part and part[0].isalpha()}


def test_every_word_of_the_map_is_reserved() -> None:
    assert first_segments() - RESERVED_SLUGS - KEPT_SLUGS == set()
    assert {"help", "events", "news", "members", "search"} <= first_segments()


@pytest.mark.parametrize("word", sorted(RESERVED_SLUGS))
def test_a_page_may_not_stand_where_a_view_answers(word: str) -> None:
    before = Page.objects.count()
    for live in (True, False):
        with pytest.raises(ValidationError):
            make_content_page(slug=word, live=live)
    assert Page.objects.count() == before


def test_news_leave_the_feed_alone() -> None:
    with pytest.raises(ValidationError):
        make_news(slug="feed")


@pytest.mark.parametrize("live", [True, False])
def test_a_japanese_title_gives_a_neutral_slug(live: bool) -> None:
    page = make_content_page(title="DV から逃げる人へ", live=live)
    assert len(page.slug) == 7
    assert set(page.slug) <= set(ALPHABET)


def test_an_index_page_keeps_its_slug() -> None:
    index = NewsIndexPage.objects.get()
    index.slug = "elsewhere"
    index.save()
    assert NewsIndexPage.objects.get().slug == "news"


def test_only_one_of_each_index() -> None:
    assert not NewsIndexPage.can_create_at(HomePage.objects.get())
    assert ContentPage.can_create_at(HomePage.objects.get())
    assert not ContentPage.can_create_at(NewsIndexPage.objects.get())
    assert NewsPage.can_create_at(NewsIndexPage.objects.get())
    assert not NewsPage.can_create_at(HomePage.objects.get())
    assert HomePage.allowed_parent_page_models() == [Page]


KEPT = ["home", "news", "about", "help", "events", "volunteer", "join", "privacy", "accessibility", "traces"]


@pytest.mark.parametrize("slug", KEPT)
@pytest.mark.parametrize("route", ["wagtailadmin_pages:delete", "wagtailadmin_pages:unpublish"])
def test_staff_cannot_take_a_page_of_the_map_away(login, slug: str, route: str) -> None:
    client, _user = login("publisher")
    page = Page.objects.get(slug=slug, depth__lte=3)
    client.post(reverse(route, args=[page.pk]), {"confirm": "yes"})
    page.refresh_from_db()
    assert page.live


def test_the_refusal_says_what_to_do_instead(login) -> None:
    client, _user = login("publisher")
    page = Page.objects.get(slug="join")
    answer = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
    assert "文章を書きかえてください" in answer.content.decode()


def test_bulk_deleting_is_refused_as_a_whole(login) -> None:
    client, _user = login("publisher")
    other = make_content_page()
    kept = Page.objects.get(slug="join")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{url}?id={kept.pk}&id={other.pk}&next=/admin/")
    assert Page.objects.filter(pk__in=[kept.pk, other.pk]).count() == 2


def test_an_ordinary_page_can_be_deleted(login) -> None:
    client, _user = login("publisher")
    page = make_content_page()
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()


def test_copying_proposes_a_neutral_word_and_refuses_the_map(login) -> None:
    client, _user = login("publisher")
    page = make_content_page()
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    home = HomePage.objects.get()
    form = client.get(url).context["form"]
    assert len(form["new_slug"].value()) == 7
    answer = client.post(url, {"new_title": "写し", "new_slug": "search", "new_parent_page": home.pk})
    assert answer.status_code == 200
    assert not Page.objects.filter(slug="search").exists()


def test_editors_see_the_forms_without_a_slug(login) -> None:
    client, _user = login("editor")
    home = HomePage.objects.get()
    for model in ("contentpage",):
        answer = client.get(reverse("wagtailadmin_pages:add", args=["home", model, home.pk]))
        assert answer.status_code == 200
        assert 'name="slug"' not in answer.content.decode()


def test_a_stranger_cannot_delete(client: Client) -> None:
    page = make_content_page()
    assert client.post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302
    assert Page.objects.filter(pk=page.pk).exists()
