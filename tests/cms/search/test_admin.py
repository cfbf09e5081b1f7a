"""Searching inside the Wagtail admin goes through the same backend."""

from typing import Any

import pytest
from django.urls import reverse

from cms.models import Term

pytestmark = pytest.mark.django_db
ODD = ('"', "・", "🙂")


@pytest.fixture
def client(write: Any, login: Any) -> Any:
    write("ひきこもり相談窓口", "外に出られない日について話せます。")
    client, user = login("publisher")
    user.is_superuser = True
    user.save()
    return client


@pytest.mark.parametrize(
    "name",
    ["wagtailadmin_pages:search", "wagtailadmin_explore_root", "wagtailadmin_choose_page_search", "wagtailimages:index",
     "wagtaildocs:index", "wagtailimages_chooser:choose_results", "wagtaildocs_chooser:choose_results"],
)  # fmt: skip
def test_every_search_box_answers_to_anything(client: Any, name: str) -> None:
    for question in ("相談", *ODD):
        assert client.get(reverse(name), {"q": question}).status_code == 200, question


def test_the_explorer_and_the_chooser_find_japanese(client: Any) -> None:
    found = client.get(reverse("wagtailadmin_pages:search"), {"q": "引籠り"}).content.decode()
    chosen = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "ひきこ"}).content.decode()
    assert ("ひきこもり相談窓口" in found, "ひきこもり相談窓口" in chosen) == (True, True)


def test_staff_keep_the_word_list(client: Any) -> None:
    listed = client.get("/admin/snippets/cms/term/")
    assert (
        listed.status_code,
        "ひきこもり" in client.get("/admin/snippets/cms/term/?q=hikikomori").content.decode(),
    ) == (
        200,
        True,
    )
    made = client.post(
        "/admin/snippets/cms/term/add/", {"label": "断酒会", "reading": "", "aliases": "しらふの会", "related": ""}
    )
    assert (made.status_code, Term.objects.get(label="断酒会").alias_list) == (302, ["しらふの会"])
