"""Public summaries: two people, no names, taken down at once; and residents' pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cms.guard.storing import OpenFindings
from tests.factories.minutes import Scene, make_scene
from tests.factories.people import make_user
from workshops.actions import summaries
from workshops.actions.minutes import Stale
from workshops.enums import SummaryState
from workshops.models import Summary

pytestmark = pytest.mark.django_db
TEXT = "新しい窓口のことを話しました。"


def handed_in(scene: Scene, text: str = TEXT, version: int = 0) -> Summary:
    return summaries.write(by=scene.office, meeting=scene.meeting, text=text, version=version, hand_in=True)


def public(slug: str) -> Any:
    return Client().get(reverse("workshops:summary", args=[slug]))


@pytest.mark.parametrize(
    "text",
    ["K7F-204について話しました。", "試験 花子が話しました。", "試験花子が話しました。", "試験　花子が話しました。"],
)
def test_no_number_of_a_case_and_no_name_of_anybody_here(text: str) -> None:
    scene = make_scene("confirmed")
    make_user("member", name="試験 花子")
    with pytest.raises(ValidationError):
        handed_in(scene, text)
    assert Summary.objects.count() == 0


def test_other_names_the_guard_finds() -> None:
    scene = make_scene("confirmed")
    with pytest.raises(OpenFindings):
        handed_in(scene, "山田さんが話しました。")


def test_not_before_the_minutes_are_confirmed_and_by_the_secretariat_alone() -> None:
    with pytest.raises(ValidationError):
        handed_in(make_scene("amending"))
    scene = make_scene("confirmed")
    for person in (scene.keeper, scene.member, make_user("publisher")):
        with pytest.raises(PermissionDenied):
            summaries.write(by=person, meeting=scene.meeting, text=TEXT, version=0, hand_in=True)


def test_shown_by_a_second_person_and_gone_at_once() -> None:
    scene = make_scene("confirmed")
    summary = handed_in(scene)
    assert public(summary.slug).status_code == 404
    with pytest.raises(ValidationError):
        summaries.publish(by=scene.office, summary=summary, version=summary.version)
    for person in (scene.keeper, scene.member, make_user("editor")):
        with pytest.raises(PermissionDenied):
            summaries.publish(by=person, summary=summary, version=summary.version)
    summaries.publish(by=make_user("publisher"), summary=summary, version=summary.version)
    assert TEXT in public(summary.slug).content.decode()
    summaries.take_down(by=scene.office, summary=summary)
    assert public(summary.slug).status_code == 404


def test_the_database_too_wants_two_people() -> None:
    scene = make_scene("confirmed")
    summary = handed_in(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        Summary.objects.update(state=SummaryState.PUBLISHED, published_by=scene.office, published_at=summary.written_at)


def test_only_the_words_that_were_read_are_shown() -> None:
    scene = make_scene("confirmed")
    summary = handed_in(scene)
    read = summary.version
    handed_in(scene, "ほかの文にしました。", version=read)
    with pytest.raises(ValidationError):
        summaries.publish(by=make_user("secretariat"), summary=summary, version=read)
    with pytest.raises(Stale):
        handed_in(scene, "さらにほかの文。", version=read)


def test_a_body_residents_do_not_know_has_no_public_summaries() -> None:
    scene = make_scene("confirmed")
    summary = handed_in(scene)
    summaries.publish(by=make_user("publisher"), summary=summary, version=summary.version)
    listed = Client().get(reverse("workshops:summaries"))
    assert scene.meeting.title in listed.content.decode()
    scene.body.is_public = False
    scene.body.save()
    assert public(summary.slug).status_code == 404
    assert scene.meeting.title not in Client().get(reverse("workshops:summaries")).content.decode()
