"""The page of a body: seats are asked in directory, meetings in workshops; here they meet."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.bodies import make_body
from tests.factories.meetings import make_held
from tests.factories.minutes import make_scene
from tests.factories.people import make_user
from workshops.actions import summaries
from workshops.models import Meeting

pytestmark = pytest.mark.django_db


def page_of(body: Any) -> str:
    """What residents read."""
    return Client().get(body.get_absolute_url()).content.decode()


def test_it_stands_where_it_always_stood() -> None:
    body = make_body()
    assert body.get_absolute_url() == reverse("home:body_detail", args=[body.slug]) == f"/about/bodies/{body.slug}/"
    assert Client().get("/about/bodies/nosuch1/").status_code == 404


def test_a_meeting_leads_to_its_summary_while_residents_may_read_it() -> None:
    scene = make_scene("confirmed")
    summary = summaries.write(by=scene.office, meeting=scene.meeting, text="窓口のこと。", version=0, hand_in=True)
    assert scene.meeting.title not in page_of(scene.body)
    summaries.publish(by=make_user("publisher"), summary=summary, version=summary.version)
    link = f'<a href="{reverse("workshops:summary", args=[summary.slug])}">{scene.meeting.title}</a>'
    assert page_of(scene.body).count(link) == 1
    assert scene.meeting.title not in page_of(make_body())
    summaries.take_down(by=scene.office, summary=summary)
    assert scene.meeting.title not in page_of(scene.body)


def test_a_meeting_named_in_public_without_a_summary_is_named_only() -> None:
    held = make_held()
    Meeting.objects.filter(pk=held.pk).update(is_public=True)
    assert f"<p>{held.title}</p>" in page_of(held.body)


def test_many_meetings_ask_no_more_than_one() -> None:
    body, counts = make_body(), []
    for number in range(3):
        Meeting.objects.filter(pk=make_held(body).pk).update(is_public=True)
        if number in (0, 2):
            with CaptureQueriesContext(connection) as asked:
                page_of(body)
            counts.append(len(asked))
    assert counts[0] == counts[1]
