"""Urgent words of staff: they count at once, and the shipped ones stay."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.enums import Danger
from cms.models import Term, UrgentWord
from cms.search.urgent import current_distress

pytestmark = pytest.mark.django_db


def test_a_word_of_staff_counts_from_the_next_worry_on() -> None:
    assert current_distress().danger_in("みなも橋の手すり") is None
    word = UrgentWord.objects.create(words="みなも橋の手すり", danger=Danger.LIFE)
    assert current_distress().danger_in("みなも橋の手すりにいます") is Danger.LIFE
    word.delete()
    assert current_distress().danger_in("みなも橋の手すり") is None


def test_the_list_is_cut_once_until_a_word_changes() -> None:
    kept = current_distress()
    assert current_distress() is kept


def test_nobody_can_empty_the_shipped_list() -> None:
    """It is not in the database at all."""
    UrgentWord.objects.all().delete()
    Term.objects.all().delete()
    assert current_distress().danger_in("しにたい") is Danger.LIFE


@pytest.mark.parametrize("words", ["", " ", "の", "。。", "死"])
def test_a_word_that_every_text_would_have_is_refused(words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        UrgentWord(words=words, danger=Danger.LIFE).full_clean()
    assert list(refused.value.message_dict) == ["words"]


@pytest.mark.parametrize(("role", "status"), [("editor", 302), ("publisher", 302), ("secretariat", 403)])
def test_who_may_add_one(login: Callable[..., Any], role: str, status: int) -> None:
    client, _user = login(role)
    add = "/admin/snippets/cms/urgentword/add/"
    assert client.post(add, {"words": "手すりをこえる", "danger": "life"}).status_code == status
    assert UrgentWord.objects.filter(words="手すりをこえる").exists() is (status == 302)
    if status == 302:
        shown = client.get(add).content.decode()
        assert "<b>いのちが危ない</b>" in shown
        assert "消えてしまいたい" in shown


def test_terms_say_where_they_come_from(login: Callable[..., Any]) -> None:
    term = Term.objects.get(label="ひきこもり")
    assert term.origin == "はじめから入っていることば"
    term.aliases += "\nこもりびと"
    assert term.origin == "はじめから入っていたことば（ここで直した）"
    assert Term(label="みなも").origin == "ここで足したことば"
    client, _user = login("editor")
    assert "はじめから入っていることば" in client.get("/admin/snippets/cms/term/").content.decode()
