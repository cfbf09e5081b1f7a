"""A form sent twice is one form (cms.once)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from cms.models import SentForm, Theme
from cms.once import FIELD, new_key, once
from cms.receivers import purge
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@once
def theme_new(request: HttpRequest) -> HttpResponse:
    """Makes a theme; without a name the form comes back."""
    name = request.POST.get("name", "")
    if not name:
        return HttpResponse("もう一度", status=422)
    if name == "誰":
        asked = redirect("/accounts/again/")
        asked.only_asks = True  # type: ignore[attr-defined]
        return asked
    number = Theme.objects.count()
    made = Theme.objects.create(name=f"{name}{number}", slug=f"t{number}")
    if name == "落ちる":
        raise RuntimeError
    return redirect(f"/themes/{made.slug}/")


def sent(user: Any, path: str = "/themes/new/", **fields: Any) -> HttpResponse:
    """What the view answers to this form."""
    request = RequestFactory().post(path, fields)
    request.user, request.session = user, {}
    request._messages = FallbackStorage(request)
    response = theme_new(request)
    response.said = [str(each) for each in request._messages]
    return response


def key_in(page: str) -> str:
    """The key a browser would send."""
    found = re.search(rf'name="{FIELD}" value="([^"]+)"', page)
    assert found
    return found[1]


def test_the_second_one_leads_to_where_the_first_led() -> None:
    user, key = make_user(), new_key()
    first, second = (sent(user, name="海", form_key=key) for _ in range(2))
    assert (first.status_code, first.said) == (302, [])
    assert (second.status_code, second.url) == (302, first.url)
    assert second.said == ["もう受けつけています。二度は送られていません。"]
    assert Theme.objects.filter(name__startswith="海").count() == 1


def test_a_page_opened_anew_makes_another_one() -> None:
    user = make_user()
    assert sent(user, name="海", form_key=new_key()).said + sent(user, name="海", form_key=new_key()).said == []
    assert Theme.objects.filter(name__startswith="海").count() == 2


def test_whoever_goes_back_and_writes_something_else_loses_nothing() -> None:
    user, key = make_user(), new_key()
    sent(user, name="海", form_key=key)
    sent(user, name="山", form_key=key)
    assert {name[0] for name in Theme.objects.values_list("name", flat=True)} == {"海", "山"}


@pytest.mark.parametrize("key", ["", "made up", "made:up:too"])
def test_without_a_key_of_ours_the_same_words_are_the_same_form(key: str) -> None:
    user = make_user()
    first, second = (sent(user, name="海", form_key=key) for _ in range(2))
    assert first.url == second.url
    assert sent(user, name="山").url != first.url
    assert sent(user, "/themes/other/", name="海").url != first.url


def test_two_people_are_two() -> None:
    key = new_key()
    assert sent(make_user(), name="海", form_key=key).url != sent(make_user(), name="海", form_key=key).url


@pytest.mark.parametrize("name", ["", "誰"])
def test_a_form_that_came_back_and_one_that_was_only_asked_about_may_be_sent_again(name: str) -> None:
    user, key = make_user(), new_key()
    assert [sent(user, name=name, form_key=key).said for _ in range(2)] == [[], []]
    assert not SentForm.objects.exists()


def test_what_fails_leaves_neither_the_thing_nor_the_claim() -> None:
    with pytest.raises(RuntimeError):
        sent(make_user(), name="落ちる", form_key=new_key())
    assert not SentForm.objects.exists()
    assert not Theme.objects.filter(name__startswith="落ちる").exists()


def test_looking_claims_nothing() -> None:
    request = RequestFactory().get("/themes/new/")
    request.user = make_user()
    assert theme_new(request).status_code == 422
    assert not SentForm.objects.exists()


def test_the_hidden_field_holds_a_new_key_each_time() -> None:
    drawn = [Template("{% load design %}{% form_key %}").render(Context()) for _ in range(2)]
    assert key_in(drawn[0]) != key_in(drawn[1])
    assert 'autocomplete="off"' in drawn[0]


def test_what_was_written_is_not_in_the_row() -> None:
    sent(make_user(), name="海の家の人", form_key=new_key())
    row = SentForm.objects.values().get()
    assert "海" not in str(row)
    assert re.fullmatch("[0-9a-f]{64}", row["mark"])


def test_after_two_days_the_claim_goes() -> None:
    sent(make_user(), name="海", form_key=new_key())
    assert purge(None, timezone.now() + dt.timedelta(hours=47))["sent_forms"] == 0
    assert purge(None, timezone.now() + dt.timedelta(hours=49))["sent_forms"] == 1
