"""A case sent by several clicks at one moment is one case; so is an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from casebook.models import Case, Offer
from cms.models import SentForm
from tests.factories.cases import CODED, TEXTS, make_released
from tests.factories.forms import browser_tabs, key_on, post_together
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 3


def test_clicks_at_one_moment_are_one_case(login: Callable[..., Any]) -> None:
    client, author = login("member", organization=make_organization())
    url = reverse("members:case_new")
    data = {**CODED, **TEXTS, "form_key": key_on(client, url)}
    answers = post_together(browser_tabs(client, CLICKS), url, data)
    case = Case.objects.get(author=author)
    there = reverse("members:case_detail", args=[case.pk])
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, there)] * CLICKS
    row = str(SentForm.objects.values().get())
    assert not any(words in row for words in TEXTS.values())


def test_clicks_at_one_moment_are_one_answer(login: Callable[..., Any]) -> None:
    """The constraint would refuse the second; the form leads it to the case instead of to a reproach."""
    case = make_released()
    client, _user = login("member", organization=make_organization())
    url = reverse("members:case_offer", args=[case.pk])
    answer = {"stance": "together", "text": "午前の会議室が空いています。", "form_key": key_on(client, url)}
    answers = post_together(browser_tabs(client, CLICKS), url, answer)
    assert [each.status_code for each in answers] == [302] * CLICKS
    assert Offer.objects.filter(case=case).count() == 1


def test_words_the_guard_asks_about_do_not_use_the_form_up(login: Callable[..., Any]) -> None:
    client, _user = login("member", organization=make_organization())
    url = reverse("members:case_new")
    data = {**CODED, **TEXTS, "form_key": key_on(client, url)}
    assert client.post(url, {**data, "situation": "電話は090-1234-5678です。"}).status_code == 200
    assert not SentForm.objects.exists()
    assert client.post(url, data).status_code == 302
