"""What holds a person or a case is invisible to Wagtail's own machinery."""

from django.apps import apps
from django.db import models
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, RevisionMixin
from wagtail.search import index
from wagtail.snippets.models import get_snippet_models

from cms.encryption import SealedField
from directory.models import Invitation, Membership, RoleAssignment, User

ROOMS = {"cms", "directory", "workshops", "casebook", "home"}


def private_models() -> set[type[models.Model]]:
    """Models with a sealed field, all of the casebook, and those that say who somebody is."""
    found = {User, RoleAssignment, Membership, Invitation}
    for model in apps.get_models():
        sealed = any(isinstance(field, SealedField) for field in model._meta.get_fields())
        if model._meta.app_label in ROOMS and (sealed or model._meta.app_label == "casebook"):
            found.add(model)
    return found


def test_the_list_is_not_empty() -> None:
    assert {model._meta.label for model in private_models()} >= {
        "casebook.Case",
        "casebook.Offer",
        "cms.Mail",
        "directory.Invitation",
        "workshops.Registration",
    }


def test_none_is_a_page_a_snippet_searched_or_kept_in_revisions() -> None:
    forbidden = (Page, index.Indexed, RevisionMixin, DraftStateMixin)
    faults = [model._meta.label for model in private_models() if issubclass(model, forbidden)]
    assert faults + [m._meta.label for m in get_snippet_models() if m in private_models()] == []


def test_none_is_in_wagtails_reference_index() -> None:
    assert [m._meta.label for m in private_models() if ReferenceIndex.model_is_indexable(m)] == []


def test_a_public_model_is_in_the_reference_index() -> None:
    """Otherwise the test above could not fail."""
    assert ReferenceIndex.model_is_indexable(apps.get_model("home", "ContentPage"))
