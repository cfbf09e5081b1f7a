"""A migrated, empty database already has the page tree."""

import importlib
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from wagtail.models import Page, Site

from directory.models import VolunteerIndexPage
from home.models import AboutPage, ContentPage, HomePage

pytestmark = pytest.mark.django_db

TREE = [
    ("/home/", "home", "homepage"),
    ("/home/help/", "directory", "helpindexpage"),
    ("/home/events/", "workshops", "eventindexpage"),
    ("/home/news/", "home", "newsindexpage"),
    ("/home/about/", "home", "aboutpage"),
    ("/home/volunteer/", "directory", "volunteerindexpage"),
    ("/home/join/", "home", "contentpage"),
    ("/home/privacy/", "home", "contentpage"),
    ("/home/accessibility/", "home", "contentpage"),
    ("/home/traces/", "home", "contentpage"),
    ("/home/places/", "directory", "placesindexpage"),
]


def test_the_tree_is_the_one_of_the_url_map() -> None:
    pages = Page.objects.filter(depth__gte=2).order_by("path")
    found = [(p.url_path, p.content_type.app_label, p.content_type.model) for p in pages.select_related("content_type")]
    assert found == TREE
    assert {page.locale.language_code for page in pages} == {"ja"}
    assert all(page.live for page in pages)


def test_the_tree_is_sound() -> None:
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_site_begins_at_home() -> None:
    site = Site.objects.get()
    assert site.root_page.specific == HomePage.objects.get()
    assert site.is_default_site
    assert site.hostname == urlsplit(settings.BASE_URL).hostname


def test_every_page_of_text_says_something() -> None:
    for page in ContentPage.objects.all():
        assert page.introduction, page.slug
        assert len(page.body) >= 3, page.slug


def test_join_says_whom_to_write_to() -> None:
    assert "事務局へ" in str(ContentPage.objects.get(slug="join").body)


def test_a_page_of_the_tree_can_be_edited_and_published() -> None:
    page = ContentPage.objects.get(slug="join")
    blocks = [block.block_type for block in page.body]
    page.save_revision().publish()
    page.refresh_from_db()
    assert [block.block_type for block in page.body] == blocks


def test_a_child_can_be_added_and_found(client: Client) -> None:
    parent = ContentPage.objects.get(slug="join")
    parent.add_child(instance=ContentPage(title="会費のこと", slug="abcdefg"))
    assert client.get("/join/abcdefg/").status_code == 200


def test_editors_write_and_publishers_also_publish() -> None:
    rights = {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.filter(name__in=["Editors", "Moderators"])
    }
    assert {"access_admin", "change_consultationdesk", "change_event", "change_term"} <= rights["Editors"]
    assert "publish_consultationdesk" not in rights["Editors"]
    assert {"publish_consultationdesk", "change_sitesettings"} <= rights["Moderators"]
    about_people = {"user", "registration", "case", "roleassignment", "invitation", "mail"}
    for codes in rights.values():
        assert not {code for code in codes if code.split("_", 1)[1] in about_people}


class Editor:
    """What the migration asks a schema editor for (SQLite lends none inside a transaction)."""

    connection = connection


def test_the_tree_can_be_taken_back_and_laid_again() -> None:
    tree = importlib.import_module("home.migrations.0002_page_tree")
    places = importlib.import_module("home.migrations.0005_places")
    loader = MigrationLoader(connection)
    then = loader.project_state(("home", "0002_page_tree")).apps
    later = loader.project_state(("home", "0005_places")).apps
    places.take_pages_back(later, Editor())
    assert ContentPage.objects.get(slug="volunteer").introduction
    tree.back_to_welcome(then, Editor())
    assert list(Page.objects.order_by("path").values_list("title", flat=True)) == [
        "いちばん上",
        "Welcome to your new Wagtail site!",
    ]
    tree.make_tree(then, Editor())
    places.make_pages(later, Editor())
    assert list(Page.objects.filter(depth__gte=2).order_by("path").values_list("url_path", flat=True)) == [
        path for path, _app, _model in TREE
    ]
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_about_page_without_words_draws_no_empty_parts(client: Client) -> None:
    body = client.get("/about/").content.decode()
    assert 'class="vision' not in body
    AboutPage.objects.update(vision="だれもが話せるまち")
    assert 'class="vision' in client.get("/about/").content.decode()


def test_first_texts_are_json() -> None:
    texts = importlib.import_module("home.migrations._first_texts")
    for page in texts.CONTENT_PAGES:
        json.dumps(texts.stored(page["text"]))


def test_what_editors_wrote_on_the_page_about_helping_outlives_its_change(login: Any) -> None:
    """/volunteer/ was a page of text: own words, themes and drafts go along; only the notice of a coming list goes."""
    places = importlib.import_module("home.migrations.0005_places")
    later = MigrationLoader(connection).project_state(("home", "0005_places")).apps
    places.take_pages_back(later, Editor())
    page = ContentPage.objects.get(slug="volunteer")
    coming = {"kind": "lamp", "title": "募集の一覧は、いま準備しています", "text": ""}
    page.body = [("heading", {"text": "いつでも", "level": "2"}), ("notice", coming)]
    page.introduction = "わたしたちの言葉"
    page.save(clean=False)  # its address is a word of the map by now
    page.introduction = "書きかけ"
    page.save_revision(clean=False)
    places.make_pages(later, Editor())
    index = VolunteerIndexPage.objects.get()
    assert (index.pk, index.introduction) == (page.pk, "わたしたちの言葉")
    assert [block.block_type for block in index.body] == ["heading"]
    assert index.get_latest_revision_as_object().introduction == "書きかけ"
    client, _user = login("publisher")
    assert client.get(f"/admin/pages/{index.pk}/edit/").status_code == 200
