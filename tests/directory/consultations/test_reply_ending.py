"""Taking it back, deleting it, closing the room: said before, done at once, and nothing left in the browser."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from cms import dates
from directory.actions.consultations import holding
from directory.enums import ConsultationState
from directory.models import Consultation, ConsultVisit, Destruction
from directory.public.consult import cookies
from tests.directory.consultations import rooms
from tests.directory.consultations.test_reply_room import ROOM, Scene, main_of
from tests.factories.consultations import WORDS, make_counsellor

pytestmark = pytest.mark.django_db

TAKE_BACK, DELETE, CLOSE = f"{ROOM}take-back/", f"{ROOM}delete/", f"{ROOM}close/"


def hold(scene: Scene, reason: str = "law") -> dt.date:
    """A supervisor of the desk has to keep it; until when."""
    until = dates.today() + dt.timedelta(days=100)
    boss = make_counsellor(scene.desk, "supervisor")
    holding.hold(by=boss, consultation=scene.it, reason=reason, until=until)
    return until


def test_taken_back_the_person_alone_goes_on_reading() -> None:
    scene = Scene()
    page = main_of(scene.browser.get(TAKE_BACK))
    assert (scene.desk.name in page, "90日のあいだ見られます" in page) == (True, True)
    assert Consultation.objects.get().state == ConsultationState.RECEIVED  # looking changes nothing
    assert scene.browser.post(TAKE_BACK, rooms.of(scene.it))["Location"] == ROOM
    page = scene.page()
    assert WORDS in page
    assert ("とりさげました" in page, "あなただけです。" in page, TAKE_BACK in page) == (True, True, False)
    assert not Consultation.objects.visible_to(scene.counsellor).exists()
    again = scene.browser.post(TAKE_BACK, rooms.of(scene.it))
    assert (again.status_code, again["Location"]) == (302, ROOM)


def test_deleted_at_once_here_and_there() -> None:
    scene = Scene()
    page = main_of(scene.browser.get(DELETE))
    for words in (scene.desk.name, "もとにはもどせません", "六つの言葉は、もう使えません", "一行だけ残ります"):
        assert words in page
    assert Consultation.objects.exists()
    response = scene.browser.post(DELETE, rooms.of(scene.it))
    page = main_of(response)
    assert (response.status_code, "もう、ありません" in page, scene.desk.name in page) == (200, True, False)
    assert (Consultation.objects.exists(), ConsultVisit.objects.exists(), Destruction.objects.count()) == (
        False,
        False,
        1,
    )
    assert scene.browser.cookies[cookies.NAME].value == ""
    assert response["Cache-Control"] == "private, no-store"
    assert scene.browser.post(DELETE, rooms.of(scene.it))["Location"] == ROOM
    assert scene.enter(Client()).status_code == 422


def test_what_a_desk_has_to_keep_is_said_before() -> None:
    scene = Scene()
    until = hold(scene)
    day = dates.japanese_date_long(until)
    room, page = scene.page(), main_of(scene.browser.get(DELETE))
    for shown in (room, page):
        assert f"窓口が{day}まで残します" in shown
        assert "法律で保管する期間が決まっているため" in shown
    told = str(scene.it.holds.get().pk)
    assert f'name="told" value="{told}"' in page
    response = scene.browser.post(DELETE, rooms.of(scene.it, told=told))
    page = main_of(response)
    assert (response.status_code, day in page, "期限の日まで" in page) == (200, True, True)
    assert Consultation.objects.get().state == ConsultationState.HELD
    assert not Consultation.objects.visible_to(scene.counsellor).exists()
    assert scene.enter(Client()).status_code == 422


def test_a_reason_that_came_after_the_page_was_opened_is_read_first() -> None:
    scene = Scene()
    scene.browser.get(DELETE)
    hold(scene, "safety")
    response = scene.browser.post(DELETE, rooms.of(scene.it))
    assert "まだ何も消していません" in main_of(response)
    assert Consultation.objects.get().state == ConsultationState.RECEIVED
    scene.browser.post(DELETE, rooms.of(scene.it, told=str(scene.it.holds.get().pk)))
    assert Consultation.objects.get().state == ConsultationState.HELD


def test_two_windows_delete_and_both_hear_that_it_is_gone() -> None:
    scene = Scene()
    other = Client()
    scene.enter(other)
    scene.browser.post(DELETE, rooms.of(scene.it))
    response = other.post(DELETE, rooms.of(scene.it))
    assert (response.status_code, response["Location"]) == (302, ROOM)
    assert WORDS not in main_of(other.get(ROOM))


def test_closed_on_this_device_and_opened_again_with_the_words() -> None:
    scene = Scene()
    other = Client()
    scene.enter(other)
    assert scene.browser.get(CLOSE).status_code == 405
    response = scene.browser.post(CLOSE)
    assert (response.status_code, "閉じました" in main_of(response)) == (200, True)
    assert WORDS not in scene.page()
    assert WORDS in main_of(other.get(ROOM))  # the other device goes on
    assert scene.enter().status_code == 302
    assert WORDS in scene.page()


def test_the_way_out_leads_by_way_of_forgetting() -> None:
    scene = Scene()
    for page in (ROOM, TAKE_BACK, DELETE, f"{ROOM}more/"):
        body = scene.browser.get(page).content.decode()
        assert '<a class="exit" href="/consult/leave/"' in body, page
    scene.browser.get("/consult/leave/")
    assert ConsultVisit.objects.count() == 0
    assert WORDS not in scene.page()
