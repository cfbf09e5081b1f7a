"""What lies here of a visit: for whom, how long, and whether it was kept at all."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cms import dates
from directory.actions.consultations import visits
from directory.models import Consultation, ConsultVisit, DeskReception
from directory.public.consult import cookies
from tests.directory.consultations.test_reply_room import ROOM, main_of
from tests.directory.consultations.test_writing import TEXT, form_of, words_on, write
from tests.factories.consultations import make_reception

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def front(settings: Any) -> DeskReception:
    """The desk that receives what names none; nobody has been counted yet."""
    cache.clear()
    settings.THROTTLE_FACTOR = 1000
    return make_reception(receiving=True)


def planted() -> tuple[Client, Client]:
    """(who planted the cookie of a visit of their own, whose browser brings it)."""
    planter, victim = Client(), Client()
    planter.post("/consult/save/", {"text": "x"})
    victim.cookies[cookies.NAME] = planter.cookies[cookies.NAME].value
    return planter, victim


def test_who_planted_the_cookie_reads_no_draft_once_the_page_was_opened() -> None:
    planter, victim = planted()
    form = form_of(victim)
    victim.post("/consult/save/", {**form, "text": "下書き"})
    assert (form_of(victim)["text"], form_of(planter)["text"]) == ("下書き", "")
    planter, victim = planted()
    victim.get("/consult/desk/")
    victim.post("/consult/desk/", {"text": "下書き"})
    assert (form_of(victim)["text"], form_of(planter)["text"]) == ("下書き", "")


def test_who_planted_the_cookie_gets_neither_the_words_nor_the_room() -> None:
    planter, victim = planted()
    form = form_of(Client())
    old = victim.cookies[cookies.NAME].value
    victim.post("/consult/", {**form, "text": TEXT})
    assert victim.cookies[cookies.NAME].value != old
    assert (len(words_on(victim)), words_on(planter)) == (6, [])
    assert TEXT.split()[0] not in planter.get(ROOM).content.decode()
    planter.cookies[cookies.NAME] = old
    victim.post("/consult/", {**form, "text": TEXT})  # the same form once more: another value again
    assert (len(words_on(victim)), words_on(planter)) == (6, [])


def test_the_words_go_when_one_goes_on_and_their_hour_is_not_prolonged(frozen: Any) -> None:
    frozen("2026-12-03T11:59+09:00")
    browser = Client()
    form = form_of(browser)
    frozen("2026-12-03T12:00+09:00")
    browser.post("/consult/", {**form, "text": TEXT})
    page = main_of(browser.get("/consult/sent/"))
    assert "「今すぐ閉じる」を押すまで、長くて1時間、ここに出ています" in page
    assert "もう一度は出せません" not in page
    frozen("2026-12-03T12:50+09:00")
    browser.post("/consult/save/", {**form_of(browser), "text": "つぎの相談"})
    assert ConsultVisit.objects.get().expires_at == dates.now() + dt.timedelta(minutes=10)
    assert len(words_on(browser)) == 6
    assert 'href="/consult/sent/"' in browser.get("/consult/").content.decode()
    for path in (ROOM, f"{ROOM}more/"):
        ConsultVisit.objects.update(code="さくら" * 6)
        assert browser.get(path).status_code == 200
        assert (ConsultVisit.objects.get().code, words_on(browser)) == (None, [])
    assert 'href="/consult/sent/"' not in browser.get("/consult/").content.decode()


def test_where_others_use_the_device_the_words_are_shown_once() -> None:
    browser = Client()
    sent = write(browser, shared="on")
    assert sent["Location"] == "/consult/sent/?once"
    page = main_of(browser.get(sent["Location"]))
    assert (len(re.findall(r"<li>(\w{3})</li>", page)), "この一度だけです" in page) == (6, True)
    assert words_on(browser) == []
    assert Consultation.objects.count() == 1


def test_a_desk_is_chosen_and_what_cannot_be_kept_meanwhile_stays_in_the_box(settings: Any) -> None:
    settings.THROTTLE_FACTOR = 1
    chosen = make_reception().desk.slug
    for _browser in range(60):
        assert Client().post("/consult/save/", {"text": "x"}).status_code == 204
    refused = Client().post("/consult/desk/", {"text": TEXT, "desk": chosen})
    assert (refused.status_code, TEXT in refused.content.decode()) == (422, True)
    assert "お預かりできませんでした" in main_of(refused)
    assert f'name="desk" value="{chosen}"' in refused.content.decode()
    cache.clear()
    long = "あ" * 40_001
    refused = Client().post("/consult/desk/", {"text": long})
    assert (refused.status_code, long in refused.content.decode()) == (422, True)


def test_a_saving_says_whether_it_is_kept() -> None:
    browser = Client()
    form = form_of(browser)
    assert browser.post("/consult/save/", {**form, "text": "はじめ"}).status_code == 204
    assert browser.post("/consult/save/", {**form, "text": "あ" * 40_001}).status_code == 409
    ConsultVisit.objects.update(expires_at=dates.now() - visits.LASTS)
    assert browser.post("/consult/save/", {**form, "text": "つづき"}).status_code == 409
    assert not ConsultVisit.objects.filter(expires_at__gt=dates.now()).exists()
    assert browser.post("/consult/save/", {**form, "shared": "on"}).status_code == 204
