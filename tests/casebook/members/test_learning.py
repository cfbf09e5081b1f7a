"""Closing and writing down what was learned: the screens."""

from __future__ import annotations

from typing import Any

import pytest

from casebook.enums import CardState, CaseState
from casebook.members.forms import LearningForm
from casebook.models import Case, LearningCard
from tests.factories.cards import CODED, TEXTS, make_card
from tests.factories.cases import TEXTS as CASE_TEXTS
from tests.factories.cases import make_released
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
DESK = "/members/cases/learning/"


def sent(**changes: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {**TEXTS, **CODED, "materials": "", **changes}


def closed_by(login: Any) -> tuple[Any, Case]:
    """Its author, who has just said what came of it, and where that led."""
    client, user = login("member", organization=make_organization())
    case = make_released(author=user)
    answer = client.post(f"/members/cases/{case.pk}/close/", {"outcome": "partly", "note": ""})
    assert (answer.status_code, answer["Location"]) == (302, f"/members/cases/{case.pk}/learning/")
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    return client, case


def test_the_way_from_closing_to_the_library(login: Any) -> None:
    client, case = closed_by(login)
    path = f"/members/cases/{case.pk}/learning/"
    page = client.get(path).content.decode()
    assert [text for text in CASE_TEXTS.values() if text in page] == []
    assert ("いまは書かない" in page, 'value="partly" id="id_outcome_1" required checked' in page) == (True, True)
    marked = client.post(path, sent(learned="田中さんに教わった。"))
    assert (marked.status_code, "田中" in marked.content.decode(), LearningCard.objects.count()) == (200, True, 0)
    assert client.post(path, sent())["Location"] == DESK
    card = LearningCard.objects.get()
    reviewer, _user = login("reviewer", organization=make_organization())
    assert TEXTS["title"] in reviewer.get(DESK).content.decode()
    missing = reviewer.post(f"{DESK}{card.pk}/accept/", {"nobody": "on"})
    assert (missing.status_code, LearningCard.objects.get().state) == (200, CardState.WAITING)
    done = reviewer.post(f"{DESK}{card.pk}/accept/", dict.fromkeys(["nobody", "nowhere", "useful"], "on"))
    assert (done.status_code, LearningCard.objects.get().state) == (302, CardState.READY)
    assert "並ぶ予定" in client.get(DESK).content.decode()


def test_sent_twice_is_one_card(login: Any) -> None:
    client, case = closed_by(login)
    for _time in range(2):
        assert client.post(f"/members/cases/{case.pk}/learning/", sent(form_key="x")).status_code == 302
    assert LearningCard.objects.count() == 1


def test_a_card_that_came_back_holds_what_was_written(login: Any) -> None:
    client, case = closed_by(login)
    card = make_card(case=case, materials=["abcdefg"])
    reviewer, _user = login("reviewer", organization=make_organization())
    marked = reviewer.post(f"{DESK}{card.pk}/return/", {"back-note": "田中さんのことが分かります。"})
    assert (marked.status_code, LearningCard.objects.get().state) == (200, CardState.WAITING)
    reviewer.post(f"{DESK}{card.pk}/return/", {"back-note": "もう少し、おおまかに。"})
    page = client.get(f"{DESK}{card.pk}/edit/").content.decode()
    wanted = ["もう少し、おおまかに。", TEXTS["learned"], "abcdefg"]
    assert [words for words in wanted if words not in page] == []
    assert client.post(f"{DESK}{card.pk}/edit/", sent(title="別の題"))["Location"] == DESK
    assert LearningCard.objects.get().title == "別の題"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("", []),
        ("abcdefg", ["abcdefg"]),
        ("https://tsunagari.minamo.example/members/materials/abcdefg/", ["abcdefg"]),
        ("/members/materials/abcdefg/\nhjkmnpq\nabcdefg", ["abcdefg", "hjkmnpq"]),
        ("https://example.jp/abcdefg", None),
        ("../../etc", None),
        ("abcdefg hjkmnpq rstuvwx yz23456", None),
    ],
)
def test_materials_are_taken_by_their_form_alone(pasted: str, kept: list[str] | None) -> None:
    form = LearningForm(sent(materials=pasted))
    form.is_valid()
    assert form.cleaned_data.get("materials") == kept
    assert ("materials" in form.errors) is (kept is None)


def test_at_most_three_concerns(login: Any) -> None:
    form = LearningForm(sent(concerns=["k1", "k2", "k3", "k5"]))
    assert (form.is_valid(), list(form.errors)) == (False, ["concerns"])
