"""Pages of minutes and decisions: nothing typed is lost, counts of queries do not grow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.minutes import WISH, WORDS, Scene, make_decision, make_scene, make_wish, write
from tests.factories.people import satisfy_mfa
from workshops.models import Amendment, Decision

pytestmark = pytest.mark.django_db
Login = Callable[[Any], Client]


def client_of(person: Any) -> Client:
    """Signed in, second factor in place."""
    satisfy_mfa(person)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def typed(scene: Scene, text: str) -> dict[str, str]:
    """What a browser sends of the writing page."""
    rows = list(scene.minutes.paragraphs.all())
    data = {f"p{row.pk}": row.text for row in rows} | {f"v{row.pk}": str(row.version) for row in rows}
    return {**data, f"p{rows[0].pk}": text}


def test_somebody_was_quicker_both_texts_are_on_the_page_and_a_second_press_is_meant() -> None:
    scene = make_scene()
    mine = typed(scene, "わたしの文です。")
    write(scene, "先に書かれた文です。")
    client, url = client_of(scene.keeper), reverse("members:minutes_write", args=[scene.meeting.pk])
    answer = client.post(url, mine)
    page = answer.content.decode()
    assert (answer.status_code, "わたしの文です。" in page, "<del>" in page, "<ins>" in page) == (409, True, True, True)
    assert scene.paragraph.text == "先に書かれた文です。"
    mine[f"v{scene.paragraph.pk}"] = str(scene.paragraph.version)
    assert client.post(url, mine).status_code == 302
    assert scene.paragraph.text == "わたしの文です。"


def test_marked_words_come_back_unstored() -> None:
    scene = make_scene()
    url = reverse("members:minutes_write", args=[scene.meeting.pk])
    answer = client_of(scene.office).post(url, typed(scene, "橋本さんが話した。"))
    assert (answer.status_code, "橋本" in answer.content.decode(), scene.paragraph.text) == (422, True, WORDS)


def test_a_wish_is_shown_as_a_difference_to_those_who_came_and_to_nobody_else() -> None:
    scene = make_scene("amending")
    url = reverse("members:minutes_amend", args=[scene.meeting.pk, scene.paragraph.pk])
    assert client_of(scene.member).post(url, {"text": WISH, "reason": "二回と聞きました"}).status_code == 302
    page = reverse("members:minutes", args=[scene.meeting.pk])
    assert "二回と聞きました" in client_of(scene.other).get(page).content.decode()
    assert client_of(scene.absent).get(page).status_code == 404
    meeting = reverse("members:meeting", args=[scene.meeting.pk])
    assert "二回と聞きました" not in client_of(scene.outside).get(meeting).content.decode()
    absent = Client()
    absent.force_login(scene.absent, backend="django.contrib.auth.backends.ModelBackend")
    seen = absent.get(meeting).content.decode()
    assert (WORDS in seen, "二回と聞きました" in seen) == (False, False)


def test_taking_in_against_newer_words_shows_them_first() -> None:
    scene = make_scene("amending")
    first, second = make_wish(scene), make_wish(scene, by=scene.other, text="まったく別の文。")
    client, version = client_of(scene.chair), str(scene.paragraph.version)

    def answer(wish: Amendment, text: str) -> int:
        url = reverse("members:minutes_answer", args=[scene.meeting.pk, wish.pk])
        return client.post(url, {"text": text, "version": version, "what": "take"}).status_code

    assert (answer(first, WISH), answer(second, "まったく別の文。")) == (302, 409)
    assert scene.paragraph.text == WISH


def test_the_page_asks_as_often_with_many_paragraphs_and_wishes() -> None:
    counts = []
    for points in (2, 6):
        scene = make_scene("amending", points=points)
        for row in scene.minutes.paragraphs.all():
            for person in (scene.member, scene.other):
                Amendment.objects.create(
                    minutes=scene.minutes, paragraph=row, before="文", text="別の文", proposed_by=person
                )
        client, url = client_of(scene.member), reverse("members:minutes", args=[scene.meeting.pk])
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_register_asks_as_often_with_many_decisions() -> None:
    scene, counts = make_scene("confirmed"), []
    client, url = client_of(scene.other), reverse("members:decisions")
    client.get(url)
    for more in (2, 6):
        for _each in range(more):
            make_decision(scene)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_reported_in_one_press_on_the_list_of_its_owner() -> None:
    scene = make_scene("confirmed")
    decision = make_decision(scene)
    client = client_of(scene.other)
    assert decision.number in client.get(reverse("members:decisions") + "?which=mine").content.decode()
    url = reverse("members:decision", args=[decision.pk])
    assert client.post(url, {"state": "done", "note": "使えることになった"}).status_code == 302
    assert Decision.objects.get().state == "done"
    assert decision.number not in client.get(reverse("members:decisions") + "?which=mine").content.decode()
