"""One browser, two tabs, two consultations: what was drawn in one room does nothing in the other."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from cms import keys
from directory.models import Consultation
from directory.public.consult.reply import SALT
from tests.directory.consultations.handing import make_scene
from tests.directory.consultations.test_reply_room import ROOM, main_of
from tests.factories.consultations import make_reception, send

pytestmark = pytest.mark.django_db


class Tabs:
    """A page of the first room stands open; then the second one was opened in the same browser."""

    def __init__(self) -> None:
        self.first, self.second = (send(make_reception().desk, text=text) for text in ("ひとつめ", "ふたつめ"))
        self.browser = Client()
        self.open(self.first)

    def open(self, sent: Any, **more: str) -> Any:
        return self.browser.post(ROOM, {"code": " ".join(sent.code), **more})

    def form(self, path: str) -> dict[str, str]:
        """What the form of that page carries unseen."""
        page = self.browser.get(path).content.decode()
        found = re.findall(r'<input type="hidden" name="(room|told)" value="([^"]*)"', page)
        assert len(found) == 1
        return dict(found)


@pytest.mark.parametrize(
    ("path", "page", "fields"),
    [
        (ROOM, ROOM, {"text": "ひとつめの窓口へ"}),
        (f"{ROOM}more/", f"{ROOM}more/", {"name": "ひとつめの窓口へ", "way": "none"}),
        (f"{ROOM}take-back/", f"{ROOM}take-back/", {}),
        (f"{ROOM}delete/", f"{ROOM}delete/", {}),
    ],
)
def test_a_form_of_the_first_room_does_nothing_in_the_second(path: str, page: str, fields: dict[str, str]) -> None:
    tabs = Tabs()
    form = {**tabs.form(page), **fields, "key": keys.new_form_key(SALT)}
    tabs.open(tabs.second)
    before = list(Consultation.objects.order_by("pk").values())
    for sent in (form, {**form, "room": ""}, {**form, "room": "x"}):
        answer = tabs.browser.post(path, sent)
        assert (answer.status_code, "別の部屋が開いています" in main_of(answer)) == (409, True)
        assert all(words in main_of(answer) for words in fields.values() if words != "none")
    assert list(Consultation.objects.order_by("pk").values()) == before
    assert [each.consultation.messages.count() for each in (tabs.first, tabs.second)] == [1, 1]
    # Its own words open it again, with what was written; those of the other room do not take it over.
    other = tabs.browser.post(page, {**form, "code": " ".join(tabs.second.code)})
    if fields:
        assert (other.status_code, "書いていた部屋のものではありません" in main_of(other)) == (409, True)
        assert tabs.browser.post(page, {**form, "code": " ".join(tabs.first.code)}).status_code in (200, 302)
    tabs.open(tabs.first)
    assert tabs.browser.post(path, form).status_code in (200, 302)  # it is a good form, in its own room


def test_an_answer_about_handing_on_is_of_one_room() -> None:
    scene = make_scene()
    first, second = send(scene.here), send(scene.here)
    browser = Client()
    browser.post(ROOM, {"code": " ".join(first.code)})
    scene.it = first.consultation
    question = scene.ask()
    room = re.findall(r'name="room" value="([^"]*)"', browser.get(ROOM).content.decode())
    assert (len(room), len(set(room))) == (2, 1)
    browser.post(ROOM, {"code": " ".join(second.code)})
    path = f"{ROOM}handover/{question.pk}/"
    assert browser.post(path, {"answer": "yes", "room": room[0]}).status_code == 409
    question.refresh_from_db()
    assert question.state == "asked"
    browser.post(ROOM, {"code": " ".join(first.code)})
    assert browser.post(path, {"answer": "no", "room": room[0]}).status_code == 302
