"""Giving a material: everything that is missing is said at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.factories.materials import make_waiting
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db


def errors(answer: Any) -> set[str]:
    """Names of the controls with a sentence."""
    return {name for form in (answer.context["form"], answer.context["files"]) for name in form.errors}


def test_an_empty_form_names_the_words_and_the_file(login: Callable[..., Any]) -> None:
    client, _user = login("member", organization=make_organization())
    answer = client.post(reverse("members:material_new"), {"draft": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert {"title", "purpose", "files_slides"} <= errors(answer)
    summary = answer.content.decode().split("</form>")[0]
    assert summary.count('href="#id_files_slides"') == 1


def test_a_file_that_waits_is_enough(login: Callable[..., Any]) -> None:
    client, user = login("member", organization=make_organization())
    draft = str(uuid.uuid4())
    file = make_waiting(user, draft)
    url = reverse("members:material_new")
    assert "files_slides" not in errors(client.post(url, {"draft": draft}))
    dropped = {f"file-{file.pk}-role": "slides", f"file-{file.pk}-title": "", f"file-{file.pk}-dropped": "on"}
    assert "files_slides" in errors(client.post(url, {"draft": draft, **dropped}))
