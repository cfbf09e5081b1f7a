"""The list: narrowed down by codes, counted over visible rows alone, in the same order on every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from casebook.actions import closing
from casebook.members import listing as view
from casebook.queries import listed
from tests.factories.cases import make_author, make_case, make_offer, make_released
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]
LIST = reverse("members:case_list")


def shown(client: Any, query: str = "") -> list[str]:
    return [case.number for case in client.get(f"{LIST}?{query}").context["page"]]


def test_pages_keep_the_order_of_the_whole_list(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    client, user = login("member", organization=make_organization())
    make_offer(make_released(), by=user)
    make_case(author=user)
    over = make_released()
    closing.close(by=over.author, case=over, outcome="found", note="")
    for _number in range(3):
        make_released()
    monkeypatch.setattr(view, "PAGE_SIZE", 2)
    pages = [shown(client, f"page={number}") for number in (1, 2, 3)]
    assert [number for page in pages for number in page] == [case.number for case in listed(user)]
    assert shown(client, "page=9") == pages[-1]


def test_only_visible_cases_are_counted(login: Login) -> None:
    client, user = login("member", organization=make_organization())
    make_released(concerns=["k5"])
    make_released(concerns=["k7"], excluded=[user.organization])
    make_case(concerns=["k6"])
    found = client.get(LIST).context["found"]
    assert [(choice.code, choice.count) for choice in found.concerns] == [("k5", 1)]
    assert found.total == 1


def test_it_is_narrowed_down_by_concern_stage_state_and_whose_turn_it_is(login: Login) -> None:
    client, user = login("member", organization=make_organization())
    mine, sleep = make_case(author=user, concerns=["k1"]), make_released(concerns=["k1"], life_stage="m1")
    answered = make_released(concerns=["k5"], life_stage="m2")
    make_offer(answered, by=user)
    assert set(shown(client, "c=k1")) == {mine.number, sleep.number}
    assert shown(client, "c=k1&l=m1") == [sleep.number]
    assert shown(client, "s=waiting") == [sleep.number]
    assert shown(client, "s=mine") == [mine.number]
    assert set(shown(client, "s=released")) == {sleep.number, answered.number}
    assert shown(client, "c=k1&l=m2") == []


@pytest.mark.parametrize(
    "query", ["c=%22", "c='x", "l=zz", "s=draft", "page=x", "page=-1", "page=" + "9" * 60, "page=%E4%B8%89"]
)
def test_whatever_stands_in_the_address_the_list_answers(login: Login, query: str) -> None:
    client, _user = login("member", organization=make_organization())
    case = make_released(author=make_author())
    assert shown(client, query) == [case.number]
