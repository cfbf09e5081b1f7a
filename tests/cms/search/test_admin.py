"""Searching inside the Wagtail admin goes through the same backend."""

from typing import Any

import pytest
from django.urls import reverse

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
