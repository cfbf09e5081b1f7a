"""Words that staff have changed stay theirs when the lists that come with the site grow."""

from importlib import import_module

import pytest
from django.apps import apps

from cms.models import Term
from directory.models import Concern

pytestmark = pytest.mark.django_db
terms = import_module("cms.migrations.0007_words")
concerns = import_module("home.migrations.0007_words")


def test_every_shipped_term_is_marked() -> None:
    assert Term.objects.count() == len(terms.ROWS)
    assert not Term.objects.filter(shipped="").exists()


def test_a_changed_term_stays_as_it_is_and_a_new_one_comes() -> None:
    Term.objects.update(shipped="")  # as before the migration
    Term.objects.filter(label="ひきこもり").update(aliases="こもりびと")
    newest = next(row["label"] for row in terms.ROWS if row.get("since") == "0007")
    oldest = terms.ROWS[0]["label"]
    Term.objects.filter(label__in=[newest, oldest]).delete()
    terms.mark(apps, None)
    changed = Term.objects.get(label="ひきこもり")
    assert (changed.aliases, changed.shipped) == ("こもりびと", "")
    assert Term.objects.get(label=newest).shipped
    assert not Term.objects.filter(label=oldest).exists()  # deleted by staff: it does not come back
    assert not Term.objects.exclude(label="ひきこもり").filter(shipped="").exists()


def test_a_changed_concern_stays_as_it_is() -> None:
    Concern.objects.filter(code="k3").update(aliases="こもりびと")
    Concern.objects.filter(code="k4").update(aliases=concerns.shipped_first()["k4"])
    concerns.add_words(apps, None)
    assert Concern.objects.get(code="k3").aliases == "こもりびと"
    assert "学校に行きたくない" in Concern.objects.get(code="k4").aliases


def test_words_of_concerns_fit_their_field() -> None:
    longest = Concern._meta.get_field("aliases").max_length
    assert all(len(" ".join(words)) <= longest for words in concerns.WORDS.values())
