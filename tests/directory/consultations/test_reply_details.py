"""What the person adds: each part optional, a way of contact that holds, nothing kept that was not chosen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from cms.models import Mail
from directory.actions.consultations import receiving, sending
from directory.actions.consultations.sending import Said
from directory.enums import ContactWay, OthersRead
from directory.models import Concern, Consultation
from directory.models.consultations.contact import Contact
from directory.public.consult.reply_added import added_to
from tests.directory.consultations import rooms
from tests.directory.consultations.test_reply_room import NOON, ROOM, Scene, main_of
from tests.factories.consultations import send

pytestmark = pytest.mark.django_db

MORE = "/consult/reply/more/"
NOTHING = {"way": "none"}


def kept(scene: Scene, **fields: Any) -> tuple[int, Consultation]:
    """(status, the consultation as it is now) after that form."""
    status = scene.browser.post(MORE, {**NOTHING, **rooms.of(scene.it), **fields}).status_code
    return status, Consultation.objects.get(pk=scene.it.pk)


def test_everything_is_kept_as_it_was_said_and_shown_again(settings: Any) -> None:
    settings.DEMO = True
    concerns = [Concern.objects.create(name=f"困りごと{number}", code=f"z{number}") for number in (1, 2)]
    scene = Scene()
    status, it = kept(
        scene, name="なぎ", route="r2", life_stage="l7", concerns=["z1", "z2"], heard_of="h1", way="mail",
        mail="ｎａｇｉ@example.jp", others_read="no", days=["0", "2"], since="10:00", until="12:30", no_message="on",
        note="市役所とだけ", phone="0000-00-0001",
    )  # fmt: skip
    assert status == 302
    assert (it.name, it.route, it.life_stage, it.heard_of, it.concerns) == ("なぎ", "r2", "l7", "h1", ["z1", "z2"])
    assert Contact.read(it.contact) == Contact(
        way=ContactWay.MAIL, mail="nagi@example.jp", days=(0, 2), since="10:00", until="12:30", no_message=True,
        others_read=OthersRead.NO, note="市役所とだけ",
    )  # fmt: skip
    page = main_of(scene.browser.get(MORE))
    for shown in ('value="なぎ"', 'value="nagi@example.jp"', 'value="10:00"', 'value="12:30"', concerns[0].name):
        assert shown in page
    assert page.count(" checked") == 1 + 2 + 1 + 1 + 2 + 1
    assert [(each.label, each.value) for each in added_to(it)] == [
        ("だれのことですか", "家族のこと"), ("連絡の方法", "メール"), ("ほかにメールを見る人", "いない"),
        ("連絡してよい時間", "月・水 10時〜12時30分"), ("よび名", "なぎ"),
    ]  # fmt: skip
    room = scene.page()
    assert ("月・水 10時〜12時30分" in room, "nagi@example.jp" in room) == (True, False)
    # Another way: the address of the first one is not kept.
    _status, it = kept(scene, way="phone", phone="０００００００００２", mail="nagi@example.jp")
    contact = Contact.read(it.contact)
    assert (contact.way, contact.phone, contact.mail, contact.no_message) == ("phone", "0000-00-0002", "", False)
    assert (it.name, it.concerns) == (None, [])
    assert "0000-00-0002" in main_of(scene.browser.get(MORE))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"way": "mail"}, "mail"),
        ({"way": "mail", "mail": "nagi.example.jp"}, "mail"),
        ({"way": "phone"}, "phone"),
        ({"way": "phone", "phone": "くちで言います"}, "phone"),
        ({"way": "phone", "phone": "189"}, "phone"),
        ({"way": "phone", "phone": "0000-00-0001"}, "phone"),  # a sample, and this is no demo
        ({"since": "10:00"}, "until"),
        ({"until": "10:00"}, "since"),
        ({"since": "10:00", "until": "10:00"}, "until"),
        ({"since": "あさ", "until": "10:00"}, "since"),
        ({"route": "r7"}, "route"),
        ({"days": ["8"]}, "days"),
        ({"name": "な" * 61}, "name"),
    ],
)
def test_mistakes_stand_beside_their_field_and_nothing_is_kept(fields: dict[str, Any], name: str) -> None:
    scene = Scene()
    before = Consultation.objects.values().get(pk=scene.it.pk)
    response = scene.browser.post(MORE, {**NOTHING, **rooms.of(scene.it), "note": "ここは残る", **fields})
    page = main_of(response)
    assert (response.status_code, f'id="m_{name}_error"' in page, "ここは残る" in page) == (422, True, True)
    assert Consultation.objects.values().get(pk=scene.it.pk) == before


def test_a_japanese_number_and_any_day_are_kept_in_one_form() -> None:
    scene = Scene()
    _status, it = kept(scene, way="phone", phone="（０８６５）63-8515", days=list("0123456"))
    contact = Contact.read(it.contact)
    assert (contact.phone, contact.days, contact.others_read) == ("+81865638515", (), "unknown")


def test_an_empty_form_takes_back_what_was_said() -> None:
    sent = send(said=Said(name="なぎ", contact=Contact(way="mail", mail="a@example.jp", days=(1,))))
    browser = Client()
    browser.post(ROOM, {"code": " ".join(sent.code)})
    assert browser.post(MORE, rooms.of(sent.consultation)).status_code == 302
    it = Consultation.objects.get()
    assert (it.name, Contact.read(it.contact)) == (None, Contact(no_message=False))


def test_the_mail_says_nothing_and_goes_in_safe_hours_only(frozen: Any) -> None:
    frozen(NOON)  # a Thursday
    scene = Scene()
    kept(scene, way="mail", mail="nagi@example.jp", others_read="yes", days=["4"], since="10:00", until="11:00")
    scene.answer("ここだけの返事")
    mail = Mail.objects.get(kind="consultation_person")
    assert (mail.recipient, mail.not_before.isoformat()) == ("nagi@example.jp", "2026-12-04T01:00:00+00:00")
    assert "ここだけの返事" not in str(mail.context)


def test_after_an_end_one_may_still_say_how_one_is_reached() -> None:
    scene = Scene()
    receiving.close(by=scene.counsellor, consultation=scene.it, outcome="o1")
    status, it = kept(scene, way="mail", mail="a@example.jp")
    assert (status, Contact.read(it.contact).mail, it.state) == (302, "a@example.jp", "closed")


def test_what_is_sent_after_the_hour_comes_back_and_is_taken_with_the_words(frozen: Any) -> None:
    frozen(NOON)
    scene = Scene()
    frozen("2026-12-03T13:30+09:00")
    fields = {"way": "mail", "mail": "nagi@example.jp", "name": "なぎ"}
    late = scene.browser.post(MORE, fields)
    page = main_of(late)
    assert (late.status_code, 'name="code"' in page, 'value="なぎ"' in page) == (409, True, True)
    wrong = scene.browser.post(MORE, {**fields, "code": "さくら"})
    assert (wrong.status_code, 'value="なぎ"' in main_of(wrong)) == (422, True)
    assert "部屋が開きませんでした" in main_of(wrong)
    for _guess in range(9):
        scene.browser.post(MORE, {**fields, "code": "さくら"})
    often = scene.browser.post(MORE, {**fields, "code": scene.words})
    assert (often.status_code, often["Retry-After"], "13時31分" in main_of(often)) == (429, "60", True)
    frozen("2026-12-03T13:31+09:00")
    again = scene.browser.post(MORE, {**fields, "code": scene.words})
    assert (again.status_code, Consultation.objects.get().name) == (302, "なぎ")
    assert "よび名" in scene.page()


def test_what_the_desk_knew_less_exactly_can_be_kept_as_it_is() -> None:
    scene = Scene()
    Consultation.objects.update(life_stage="m1")
    page = main_of(scene.browser.get(MORE))
    assert re.search(r'<option value="m1" selected>', page)
    assert kept(scene, life_stage="m1")[1].life_stage == "m1"
    Consultation.objects.update(life_stage="l4")
    assert kept(scene, life_stage="m1")[0] == 422


def test_nobody_adds_to_what_is_gone() -> None:
    scene = Scene()
    sending.take_back(consultation=scene.it)
    assert "足しておけること" not in scene.page()
    Consultation.objects.all().delete()
    assert scene.browser.post(MORE, NOTHING).status_code == 409
