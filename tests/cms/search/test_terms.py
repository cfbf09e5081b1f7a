"""The editable word list."""

from typing import Any

import pytest

from cms.models import Term
from cms.models.terms import split_words
from cms.search.terms import current_thesaurus

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["母子家庭\n父子家庭", "母子家庭、父子家庭", "母子家庭, 父子家庭\n\n", "母子家庭；父子家庭"]
)
def test_words_are_split_as_people_type_them(text: str) -> None:
    assert split_words(text) == ["母子家庭", "父子家庭"]


def test_a_new_installation_knows_words() -> None:
    assert Term.objects.filter(label="ひきこもり").exists()
    assert Term.objects.count() > 200


def test_the_list_is_cut_once_until_a_term_changes(words: Any) -> None:
    words(("断酒会", "禁酒会"))
    kept = current_thesaurus()
    assert current_thesaurus() is kept
    term = Term.objects.get()
    term.aliases = "しらふの会"
    term.save()
    assert current_thesaurus() is not kept


def test_deleting_a_term_counts(words: Any) -> None:
    words(("断酒会", "禁酒会"), ("手話", "サイン"))
    kept = current_thesaurus()
    Term.objects.get(label="断酒会").delete()
    assert (len(kept.groups), len(current_thesaurus().groups)) == (2, 1)
