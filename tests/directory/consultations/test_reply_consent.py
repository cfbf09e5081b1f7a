"""Handing on, as the person sees it: who would receive it, what they would see, yes, no, and a change of mind."""

from __future__ import annotations

import pytest
from django.test import Client

from directory.actions.consultations import handing_on, receiving
from directory.enums import ConsentState
from directory.models import ConsentQuestion, Consultation
from tests.directory.consultations import rooms
from tests.directory.consultations.handing import Scene, make_scene
from tests.directory.consultations.test_reply_room import ROOM, main_of
from tests.factories.consultations import WORDS, send

pytestmark = pytest.mark.django_db


def room_in(scene: Scene) -> Client:
    """A browser in which the room of a consultation of that scene is open."""
    sent = send(scene.here)
    scene.it = sent.consultation
    browser = Client()
    browser.post(ROOM, {"code": " ".join(sent.code)})
    return browser


def answer(browser: Client, question: ConsentQuestion, words: str) -> int:
    return browser.post(f"{ROOM}handover/{question.pk}/", rooms.of(question.consultation, answer=words)).status_code


def now(scene: Scene) -> Consultation:
    return Consultation.objects.get(pk=scene.it.pk)


def test_asked_with_the_receiving_desk_named_first() -> None:
    scene = make_scene()
    browser = room_in(scene)
    question = scene.ask(words="くわしい人がいます。<b>")
    page = main_of(browser.get(ROOM))
    box = page.split('id="asked">')[1].split("</section>")[0]
    assert box.startswith(f"{scene.there.name}（{scene.there.organization.name}）に、引きついでもよいですか")
    assert "くわしい人がいます。&lt;b&gt;" in box
    assert f"{scene.there.name}の相談員 2人にも見えます" in box
    assert "番号、届き方、だれのこと、年代、困っていること、至急かどうかだけです" in box
    assert "おたずねがきています" in page
    assert page.count("あなたが「よい」と答えるまで、見えません") == 1
    assert answer(browser, question, "maybe") == 302
    assert ConsentQuestion.objects.get(pk=question.pk).state == ConsentState.ASKED
    assert not Consultation.objects.visible_to(scene.taker).exists()


def test_no_leaves_it_where_it_is() -> None:
    scene = make_scene()
    browser = room_in(scene)
    question = scene.ask()
    assert answer(browser, question, "no") == 302
    page = main_of(browser.get(ROOM))
    assert (scene.there.name in page, 'id="asked"' in page, now(scene).desk) == (False, False, scene.here)
    assert answer(browser, question, "yes") == 302  # from another window, too late: nothing changes
    assert ConsentQuestion.objects.get(pk=question.pk).state == ConsentState.REFUSED


def test_yes_then_they_are_asked_then_they_have_it_and_the_person_takes_it_back() -> None:
    scene = make_scene()
    browser = room_in(scene)
    question = scene.ask()
    answer(browser, question, "yes")
    page = main_of(browser.get(ROOM))
    assert f"{scene.there.name}が、引き受けられるか見ています" in page
    assert "引き受けられるか、聞いています。文は、まだ見えません" in page
    handing_on.accept(by=scene.taker, handover=handing_on.Handover.objects.get())
    page = main_of(browser.get(ROOM))
    assert f"{scene.there.name}が引きつぎました" in page
    assert f"ここからは、{scene.there.name}がお受けします" in page
    assert page.count("おちつくまで見られます。書くことはできません") == 1
    receiving.answer(by=scene.taker, consultation=now(scene), text="はじめまして", form_key="1")
    page = main_of(browser.get(ROOM))
    assert (f"{scene.there.name}　相談員" in page, WORDS in page) == (True, True)
    assert answer(browser, question, "back") == 302
    assert (now(scene).desk, now(scene).handed_from) == (scene.here, None)
    page = main_of(browser.get(ROOM))
    assert ('id="agreed"' in page, "はじめまして" in page) == (False, True)
    assert not Consultation.objects.visible_to(scene.taker).exists()
    assert answer(browser, question, "back") == 302  # nothing runs any more


def test_a_change_of_mind_before_they_have_answered() -> None:
    scene = make_scene()
    browser = room_in(scene)
    question = scene.ask()
    answer(browser, question, "yes")
    answer(browser, question, "back")
    page = main_of(browser.get(ROOM))
    assert ("引き受けられるか" in page, 'id="agreed"' in page) == (False, False)


def test_within_one_house_it_moves_at_once_and_nothing_is_said_of_asking_them() -> None:
    scene = make_scene()
    browser = room_in(scene)
    question = scene.ask(scene.beside)
    assert "はじめに、引き受けられるかを聞きます" not in main_of(browser.get(ROOM))
    answer(browser, question, "yes")
    assert now(scene).desk == scene.beside


def test_a_question_of_somebody_else_is_none() -> None:
    scene = make_scene()
    question = scene.ask()  # of the scene's own consultation
    browser = room_in(scene)
    path = f"{ROOM}handover/{question.pk}/"
    assert browser.post(path, rooms.of(scene.it, answer="yes")).status_code == 404
    assert answer(Client(), question, "yes") == 302  # no room is open there
    assert ConsentQuestion.objects.get(pk=question.pk).state == ConsentState.ASKED
    assert browser.get(path).status_code == 405


def test_taken_back_it_asks_nothing_more() -> None:
    scene = make_scene()
    browser = room_in(scene)
    scene.ask()
    browser.post(f"{ROOM}take-back/", rooms.of(scene.it))
    page = main_of(browser.get(ROOM))
    assert ('id="asked"' in page, scene.there.name in page) == (False, False)
