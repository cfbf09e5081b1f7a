"""Places and opportunities in the Wagtail admin: editors draft, publishers publish, mistakes come back beside the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from directory.enums import PlaceFact
from directory.models import Opportunity, Place
from tests.factories.people import make_organization
from tests.factories.places import make_opportunity, make_place

pytestmark = pytest.mark.django_db

PLACE, OPPORTUNITY = "/admin/snippets/directory/place/add/", "/admin/snippets/directory/opportunity/add/"


def place_form(**changes: Any) -> dict[str, Any]:
    """What a browser sends for a place."""
    texts = (
        "kana aliases description doing who_comes crowd_from crowd_to arriving greeting asking talking leaving cost cost_text "
        "booking booking_text address way online_url online_text access_text hours_text hours_note contact_phone contact_mail "
        "website age_min age_max audience assured_on themes"
    )
    return {
        **dict.fromkeys(texts.split(), ""), "name": "夜のひろば", "organization": make_organization().pk, "kind": "space",
        "venue_name": "駅前ビル", "hours": "Mo,We １３:00～16:00；PH off", "silence_ok": "on", "aliases": "ひろば\n\nみなと", **changes,
    }  # fmt: skip


def opportunity_form(**changes: Any) -> dict[str, Any]:
    """What a browser sends for an opportunity."""
    texts = "description minutes rhythm takes_place_on when_text place with_whom skills_text pay pay_text insurance minors open_until assured_on"
    return {
        **dict.fromkeys(texts.split(), ""), "title": "皿をふく", "organization": make_organization().pk, "where_text": "港倉庫", **changes,
    }  # fmt: skip


def test_a_publisher_puts_a_place_and_an_opportunity_on_the_pages(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("publisher")
    for url, form in ((PLACE, place_form()), (OPPORTUNITY, opportunity_form())):
        assert client.get(url).status_code == 200
        answer = client.post(url, form | {"action-publish": "1"})
        assert answer.status_code == 302, answer.context["form"].errors
    place, opportunity = Place.objects.visible_to(None).get(), Opportunity.objects.visible_to(None).get()
    assert (place.hours, place.aliases, place.facts) == (
        "Mo,We 13:00-16:00; PH off",
        ["ひろば", "みなと"],
        [PlaceFact.SILENCE],
    )
    assert len(place.slug) == len(opportunity.slug) == 7
    assert "夜のひろば" in Client().get("/places/").content.decode()
    assert "皿をふく" in Client().get("/volunteer/").content.decode()


def test_an_editor_keeps_a_draft_and_the_published_version_stays(login: Callable[..., tuple[Client, Any]]) -> None:
    place = make_place(name="まえの名前")
    client, _user = login("editor")
    form = place_form(name="あたらしい名前", organization=place.organization_id)
    assert (
        client.post(f"/admin/snippets/directory/place/edit/{place.pk}/", form | {"action-publish": "1"}).status_code
        == 302
    )
    place.refresh_from_db()
    assert (place.name, place.has_unpublished_changes) == ("まえの名前", True)
    assert client.post(OPPORTUNITY, opportunity_form()).status_code == 302
    assert Opportunity.objects.get().live is False


def test_mistakes_come_back_beside_the_field_and_nothing_is_lost(login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("publisher")
    wrong = place_form(hours="月-金 9:00-17:00", contact_phone="0120-CALL", cost="paid", age_min="30", age_max="20")
    page = client.post(PLACE, wrong | {"action-publish": "1"}).content.decode()
    for words in (
        "1文字目：曜日は Mo",
        "数字とハイフン",
        "いくらかかるか",
        "0120-CALL",
        "月-金 9:00-17:00",
        "夜のひろば",
    ):
        assert words in page, words
    page = client.post(
        OPPORTUNITY, opportunity_form(where_text="", minutes="5000") | {"action-publish": "1"}
    ).content.decode()
    assert "場所を書くか" in page
    assert not Place.objects.exists()
    assert not Opportunity.objects.exists()


@pytest.mark.parametrize("name", ["place", "opportunity"])
def test_lists_open_and_find_drafts(login: Callable[..., tuple[Client, Any]], name: str) -> None:
    client, _user = login("editor")
    make_place(name="下書きの畑", live=False)
    make_opportunity(title="下書きの畑の水やり", live=False)
    page = client.get(f"/admin/snippets/directory/{name}/", {"q": "下書きの畑"}).content.decode()
    assert "下書きの畑" in page
    assert client.get(f"/admin/snippets/directory/{name}/", {"q": "ない"}).status_code == 200


@pytest.mark.parametrize("role", ["orgadmin", "secretariat", "auditor"])
def test_others_have_no_door(login: Callable[..., tuple[Client, Any]], role: str) -> None:
    client, _user = login(role)
    assert client.get(PLACE).status_code == 403
