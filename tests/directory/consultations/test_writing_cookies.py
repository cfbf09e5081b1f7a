"""Without our cookie nothing is taken, and nothing that was typed is lost; no cookie of ours outlives the browser."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client

from cms.logs import LineFormatter
from directory.models import Consultation, ConsultVisit
from directory.public.consult import cookies
from tests.directory.consultations import rooms
from tests.directory.consultations.test_reply_room import Scene, main_of
from tests.directory.consultations.test_writing import form_of
from tests.factories.consultations import make_reception

pytestmark = pytest.mark.django_db
TEXT = "よる、ねむれません。ぬばたま七三九二"


@pytest.fixture
def strict(settings: Any) -> Client:
    """A browser whose forms need their token."""
    cache.clear()
    settings.THROTTLE_FACTOR = 1000
    make_reception(receiving=True)
    return Client(enforce_csrf_checks=True)


def token_in(response: Any) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', response.content.decode())
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/consult/", "/consult/desk/"])
def test_a_form_whose_cookie_is_gone_comes_back_with_all_that_was_written(
    strict: Client, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    form = {**form_of(strict), "text": TEXT, "csrfmiddlewaretoken": token_in(strict.get("/consult/"))}
    strict.cookies.clear()
    refused = strict.post(path, form)
    assert (refused.status_code, TEXT in refused.content.decode()) == (403, True)
    assert "クッキー" in main_of(refused)
    assert 'href="tel:119"' in refused.content.decode()
    assert refused["Cache-Control"] == "private, no-store"
    assert not Consultation.objects.exists()
    assert not ConsultVisit.objects.exists()
    assert TEXT not in "".join(f"{each.getMessage()}{LineFormatter().format(each)}" for each in caplog.records)
    taken = strict.post("/consult/", {**form, "csrfmiddlewaretoken": token_in(refused)})
    assert (taken.status_code, Consultation.objects.count()) == (302, 1)


def test_by_script_it_is_said_beside_the_button_and_the_next_press_arrives(strict: Client) -> None:
    headers = {"Accept": "application/json"}
    form = {**form_of(strict), "text": TEXT}
    strict.cookies.clear()
    refused = strict.post("/consult/", form, headers=headers)
    answer = refused.json()
    assert (refused.status_code, set(answer), "クッキー" in answer["says"]) == (403, {"says", "token"}, True)
    again = strict.post("/consult/", {**form, "csrfmiddlewaretoken": answer["token"]}, headers=headers)
    assert (again.status_code, Consultation.objects.count()) == (200, 1)


def test_no_cookie_outlives_the_browser(strict: Client) -> None:
    form = {**form_of(strict), "csrfmiddlewaretoken": token_in(strict.get("/consult/"))}
    assert strict.post("/consult/save/", {**form, "text": TEXT}).status_code == 204
    ages = {name: (each["max-age"], each["expires"]) for name, each in strict.cookies.items()}
    assert ages == {configured.CSRF_COOKIE_NAME: ("", ""), cookies.NAME: ("", "")}


def test_the_box_of_the_room_cuts_nothing_off_and_counts_lines_once() -> None:
    scene = Scene()
    box = re.search(r'<textarea[^>]*name="text"[^>]*>', scene.page())
    assert box
    assert ("maxlength" in box[0], 'spellcheck="false"' in box[0], 'autocomplete="off"' in box[0]) == (
        False,
        True,
        True,
    )
    long = "あ" * 10_001
    refused = scene.write(long)
    assert (refused.status_code, long in refused.content.decode(), "10000文字" in main_of(refused).replace(",", "")) == (
        422, True, True,
    )  # fmt: skip
    assert scene.write("あ\r\n" * 5_000).status_code == 302
    assert scene.said()[-1] == ("あ\n" * 5_000).strip()


def test_in_the_room_too() -> None:
    scene = Scene()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[cookies.NAME] = scene.browser.cookies[cookies.NAME].value
    refused = strict.post("/consult/reply/", rooms.of(scene.it, text=TEXT))
    assert (refused.status_code, TEXT in refused.content.decode(), "クッキー" in main_of(refused)) == (403, True, True)
    more = strict.post("/consult/reply/more/", rooms.of(scene.it, name="なぎ七三九二"))
    assert (more.status_code, "なぎ七三九二" in main_of(more), "クッキー" in main_of(more)) == (403, True, True)
    for path, name in (("/consult/reply/", "text"), ("/consult/reply/more/", "name")):  # and where the room is not open
        away = Client(enforce_csrf_checks=True).post(path, {name: "なぎ七三九二", "code": "さくら"})
        assert (away.status_code, "なぎ七三九二" in main_of(away), "クッキー" in main_of(away)) == (403, True, True)
        assert "さくら" in main_of(away)
    scene.it.refresh_from_db()
    assert (len(scene.said()), scene.it.name) == (1, None)
