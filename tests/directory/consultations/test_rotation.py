"""Keys are changed while consultations are written: nothing is lost, all is readable, every receipt code still opens."""

from __future__ import annotations

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from cms import rotation
from cms.encryption import keyring
from directory import codes
from directory.actions.consultations import receiving, sending
from directory.enums import ContactWay
from directory.models import Consultation, ConsultationDesk, Message, User
from directory.models.consultations.contact import Contact
from tests.cms.test_encryption import own_keys
from tests.factories.consultations import make_counsellor, make_reception

__all__ = ["own_keys"]
WRITERS = 3


def said(who: int, turn: int) -> sending.Said:
    """Something private in the row itself, too."""
    return sending.Said(name=f"なまえ{who}-{turn}", contact=Contact(way=ContactWay.PHONE, note=f"ひみつ{who}-{turn}"))


def write(desk: ConsultationDesk, one: User, who: int, stop: threading.Event) -> dict[tuple[str, ...], list[str]]:
    """Consultations with three messages each until somebody says stop: what was acknowledged, by receipt code."""
    acknowledged: dict[tuple[str, ...], list[str]] = {}
    try:
        turn = 0
        while not stop.is_set() or not acknowledged:
            turn += 1
            texts = [f"{word}{who}-{turn}" for word in ("はじめの", "へんじの", "つづきの")]
            sent = sending.send(text=texts[0], desk=desk, form_key=secrets.token_hex(8), said=said(who, turn))
            acknowledged[sent.code] = texts[:1]
            receiving.answer(by=one, consultation=sent.consultation, text=texts[1], form_key=secrets.token_hex(8))
            acknowledged[sent.code] = texts[:2]
            sending.write_on(consultation=sent.consultation, text=texts[2], form_key=secrets.token_hex(8))
            acknowledged[sent.code] = texts
        return acknowledged
    finally:
        connection.close()


def rotate(times: int) -> int:
    """Add a key, seal everything again, drop the old ones, as often; how many times dropping was put off."""
    put_off = 0
    for _time in range(times):
        call_command("rotate_keys", stdout=StringIO())
        call_command("rotate_keys", "--resume", stdout=StringIO())
        try:
            call_command("rotate_keys", "--drop-old", stdout=StringIO(), stderr=StringIO())
        except SystemExit as stopped:
            put_off += stopped.code == 1  # something is still on an older key: it says so and drops none
    return put_off


def under_load(times: int) -> None:
    """Write and rotate at once; then read all that was acknowledged, with the last key alone."""
    desk = make_reception(people=0).desk
    one = make_counsellor(desk)
    stop, first = threading.Event(), keyring().current
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write, desk, one, who, stop) for who in range(WRITERS)]
        try:
            rotate(times)
        finally:
            stop.set()
        acknowledged = {code: texts for writer in writers for code, texts in writer.result().items()}
    rotation.GRACE = 0  # nobody writes any more: everything is on the newest key, and the others go
    assert rotate(1) == 0
    assert (len(keyring().keys), first in keyring().keys, rotation.left_on_other_keys()) == (1, False, 0)
    assert Consultation.objects.count() == len(acknowledged) >= WRITERS
    for code, texts in acknowledged.items():
        it = Consultation.objects.by_code(codes.code_hash(code)).get()
        assert [message.text for message in Message.objects.filter(consultation=it)] == texts
        which = texts[0].removeprefix("はじめの")
        assert (it.name, Contact.read(it.contact).note) == (f"なまえ{which}", f"ひみつ{which}")


@pytest.fixture
def keys(own_keys: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Keys of this test, that may be dropped a moment after they were added."""
    monkeypatch.setattr(rotation, "GRACE", 0.05)
    return own_keys


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_keys_change_while_people_write(keys: Any) -> None:
    under_load(2)


@pytest.mark.prove
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", range(20))
def test_keys_change_while_people_write_twenty_times(keys: Any, run: int) -> None:
    under_load(3)


@pytest.mark.django_db
def test_a_receipt_code_opens_after_its_desk_changed_keys(keys: Any) -> None:
    """`hash_key` is not rotated: on SQLite too, one after the other."""
    desk = make_reception().desk
    sent = sending.send(text="はじめの", desk=desk, form_key="k", said=said(0, 0))
    rotation.GRACE = 0
    assert rotate(1) == 0
    it = Consultation.objects.by_code(codes.code_hash(sent.code)).get()
    assert (it.name, it.messages.get().text) == ("なまえ0-0", "はじめの")
    assert not Consultation.objects.by_code(codes.code_hash(codes.new_code())).exists()
