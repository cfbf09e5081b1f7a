"""A study session sent by several clicks at one moment is one session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from cms import dates
from cms.models import AuditEvent, SentForm
from directory.models import Notification
from tests.factories.forms import browser_tabs, key_on, post_together
from tests.factories.people import make_organization, make_user
from workshops.models import StudySession

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 4


def plan() -> dict[str, str]:
    """What the form of a session asks for."""
    return {
        "title": "居場所を見る会",
        "starts_at": f"{dates.today() + dt.timedelta(days=20)}T14:00",
        "format": "venue",
        "venue_name": "市民センター",
        "audience": "members",
    }


@pytest.mark.parametrize("keyed", [True, False], ids=["with the key of the page", "without a key"])
def test_clicks_at_one_moment_are_one_session(login: Callable[..., Any], keyed: bool) -> None:
    client, _user = login("orgadmin", organization=make_organization())
    listener = make_user("member", organization=make_organization())
    url = reverse("members:study_new")
    data = {**plan(), "form_key": key_on(client, url)} if keyed else plan()
    answers = post_together(browser_tabs(client, CLICKS), url, data)
    session = StudySession.objects.get()
    there = reverse("members:study", args=[session.pk])
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, there)] * CLICKS
    assert AuditEvent.objects.filter(action="study.held").count() == 1
    assert Notification.objects.filter(user=listener).count() == 1
    assert SentForm.objects.get().led_to == there


def test_a_form_with_a_mistake_sent_by_several_clicks_can_still_be_sent(login: Callable[..., Any]) -> None:
    client, _user = login("orgadmin", organization=make_organization())
    url = reverse("members:study_new")
    data = {**plan(), "form_key": key_on(client, url)}
    answers = post_together(browser_tabs(client, CLICKS), url, {**data, "venue_name": ""})
    assert [answer.status_code for answer in answers] == [422] * CLICKS
    assert not SentForm.objects.exists()
    assert client.post(url, data).status_code == 302
    assert StudySession.objects.count() == 1


def test_two_pages_sent_at_one_moment_are_two_sessions(login: Callable[..., Any]) -> None:
    """Negative control: it is the form that counts, not the person or the words."""
    client, _user = login("orgadmin", organization=make_organization())
    url = reverse("members:study_new")
    for _page in range(2):
        client.post(url, {**plan(), "form_key": key_on(client, url)})
    assert StudySession.objects.count() == 2
