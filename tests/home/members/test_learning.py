"""The library of learnings: words are posted, materials are resolved for the reader alone, constant queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casebook.actions.learning import give_back
from casebook.models import LearningCard
from home.queries.waiting.learning import card_tasks
from tests.factories.cards import TEXTS, make_card, make_shown
from tests.factories.cases import make_reviewer
from tests.factories.materials import make_material
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
LIBRARY = "/members/learning/"


def core(login: Any, role: str = "member") -> Client:
    """Somebody of a member organisation, signed in."""
    client, _user = login(role, organization=make_organization())
    return client


def copies(card: LearningCard, number: int) -> None:
    """More of the same, without the way through all hands."""
    fields = {f.name: getattr(card, f.name) for f in LearningCard._meta.fields if f.name != "id"}
    LearningCard.objects.bulk_create(LearningCard(**fields) for _each in range(number))


def test_words_are_posted_and_stand_in_no_address(login: Any) -> None:
    card, client = make_shown(), core(login)
    found = client.post(LIBRARY, {"words": "手伝い"})
    assert (found.status_code, TEXTS["title"] in found.content.decode()) == (200, True)
    nothing = client.post(LIBRARY, {"words": "雪かき"}).content.decode()
    assert (TEXTS["title"] in nothing, "当てはまるカードはありません" in nothing) == (False, True)
    assert TEXTS["title"] in client.get(LIBRARY, {"words": "雪かき"}).content.decode()  # an address searches nothing
    assert str(card.pk) in found.content.decode()


def test_codes_alone_stand_in_the_address(login: Any) -> None:
    make_shown()
    client = core(login)
    sent = client.post(LIBRARY, {"words": " ", "stage": "m1", "outcome": "found"})
    assert (sent.status_code, sent["Location"]) == (302, f"{LIBRARY}?stage=m1&outcome=found")
    assert TEXTS["title"] in client.get(sent["Location"]).content.decode()
    assert TEXTS["title"] not in client.get(f"{LIBRARY}?stage=m3").content.decode()
    assert TEXTS["title"] in client.get(f"{LIBRARY}?stage=nosuch").content.decode()  # no code: nothing asked


def test_pages_of_what_was_found_are_posted_too(login: Any) -> None:
    copies(make_shown(), 14)
    client = core(login)
    assert 'rel="next"' in client.get(LIBRARY).content.decode()
    first, second = (client.post(LIBRARY, {"words": "手伝い", "page": page}).content.decode() for page in (1, 2))
    assert (first.count(TEXTS["title"]), second.count(TEXTS["title"])) == (12, 3)
    assert 'name="page" value="2"' in first


def test_the_list_asks_the_same_number_of_questions(login: Any) -> None:
    client, card = core(login), make_shown()
    client.get(LIBRARY)
    counts = []
    for _round in range(2):
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(LIBRARY)
            client.post(LIBRARY, {"words": "手伝い"})
        counts.append(len(asked))
        copies(card, 10)
    assert counts[0] == counts[1]


def test_materials_are_shown_to_those_who_may_see_them(login: Any) -> None:
    """One that is for core members, one that is no more, and one that never was are left out alike."""
    everybody, narrow = make_material(title="だれでもの資料"), make_material(title="コアの資料", audience="core")
    names = [everybody.public_id, narrow.public_id, "zzzzzzz"]
    card = make_shown(materials=names)
    path = f"{LIBRARY}{card.pk}/"
    member = core(login).get(path).content.decode()
    partner = core(login, "partner").get(path).content.decode()
    assert ("だれでもの資料" in member, "コアの資料" in member) == (True, True)
    assert ("だれでもの資料" in partner, "コアの資料" in partner) == (True, False)
    assert [name for name in names[1:] if name in partner] == []


def test_a_card_that_names_only_unseen_materials_looks_like_one_without(login: Any) -> None:
    client = core(login, "partner")
    hidden = make_shown(materials=[make_material(audience="core").public_id])
    assert "関係する資料" not in client.get(f"{LIBRARY}{hidden.pk}/").content.decode()


def test_what_waits_stands_on_the_home_without_a_word(login: Any) -> None:
    card = make_card()
    reviewer = core(login, "reviewer")
    page = reviewer.get("/members/").content.decode()
    assert ("確認をたのまれた学びのカード" in page, TEXTS["title"] in page) == (True, False)
    give_back(by=make_reviewer(), card=card, note="短く。")
    assert "確認をたのまれた学びのカード" not in reviewer.get("/members/").content.decode()
    assert [str(task.title) for task in card_tasks(card.author)] == ["学びのカードに、書きなおしのお願いがあります"]


def test_a_part_of_it_when_nothing_says_all(login: Any) -> None:
    make_shown()
    page = core(login).post(LIBRARY, {"words": "手伝い 雪かき"}).content.decode()
    assert (TEXTS["title"] in page, "一部" in page) == (True, True)
