"""Whoever is called when it is urgent is called soon, and not forty times; what is written is never stopped."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

import pytest
import time_machine
from django.test import Client

from cms import dates, outbox
from cms.models import Mail
from directory.actions.consultations import receiving, sending
from directory.models import Consultation, DeskReception, Notification
from tests.factories.consultations import make_consultation, make_counsellor, make_reception

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dates.JST)
URGENT = "もう死にたい。"


def at(minutes: float) -> Any:
    """So many minutes after noon."""
    return time_machine.travel(NOON + dt.timedelta(minutes=minutes), tick=False)


def calls() -> list[float]:
    """When each goes, in minutes after noon."""
    rows = Mail.objects.filter(kind="consultation_urgent").order_by("pk").values_list("not_before", "created_at")
    return [((not_before or created_at) - NOON).total_seconds() / 60 for not_before, created_at in rows]


def write_on(it: Consultation) -> None:
    sending.write_on(consultation=it, text=URGENT, form_key=secrets.token_hex(8))


def test_one_consultation_calls_once_an_hour_until_somebody_has_read_it() -> None:
    desk = make_reception().desk
    one = desk.seats.get().user
    with at(0):
        it = make_consultation(desk, text=URGENT)
        for _each in range(30):
            write_on(it)
    with at(59):
        write_on(it)
    assert (calls(), it.messages.count()) == ([0], 32)  # everything was taken
    assert Notification.objects.filter(user=one, kind="consultation_urgent").count() == 32
    with at(61):
        write_on(it)
    with at(70):
        receiving.read(by=one, consultation=it)
    with at(72):
        write_on(it)  # read: a further word calls again
    assert calls() == [0, 61, 72]


def test_a_desk_is_called_every_five_minutes_and_a_flood_ends_within_the_hour() -> None:
    desk, other = make_reception().desk, make_reception().desk
    with at(0):
        its = [make_consultation(desk, text=URGENT) for _each in range(40)]
        assert calls() == [5 * place for place in range(13)]
        assert Consultation.objects.count() == 40
        assert Notification.objects.filter(kind="consultation_urgent").count() == 40
        make_consultation(other, text=URGENT)
    assert calls()[13:] == [0]  # another desk is another matter
    with at(66):
        make_consultation(desk, text=URGENT)
    assert calls()[14:] == [66]
    assert len({str(it.pk) for it in its}) == 40


def test_what_was_taken_back_at_once_keeps_no_call_from_the_next_one() -> None:
    desk = make_reception().desk
    with at(0):
        fake = make_consultation(desk, text=URGENT)
        sending.take_back(consultation=fake)
        make_consultation(desk, text=URGENT)
    assert calls() == [0, 5]  # it waits behind, and is not lost
    with at(1):
        outbox.deliver_due()
        make_consultation(desk, text=URGENT)
        states = list(Mail.objects.filter(kind="consultation_urgent").order_by("pk").values_list("state", flat=True))
    assert (states[0], calls()[2]) == ("dropped", 10)


def test_everybody_at_a_desk_without_a_named_one_is_one_call_and_no_cache_is_asked(monkeypatch: Any) -> None:
    desk = make_reception(people=3).desk
    monkeypatch.setattr("cms.throttle.cache", None)  # down
    with at(0):
        make_consultation(desk, text=URGENT)
    assert calls() == [0, 0, 0]


def test_forms_in_a_row_on_the_site_are_all_taken(settings: Any) -> None:
    settings.THROTTLE_FACTOR = 1
    reception = make_reception(people=0, receiving=True)
    DeskReception.objects.filter(pk=reception.pk).update(on_call=make_counsellor(reception.desk))
    for _each in range(40):
        Client().post("/consult/", {"text": URGENT, "website": "x"})
    first = Mail.objects.filter(kind="consultation_urgent", not_before=None)
    assert (Consultation.objects.count(), first.count()) == (40, 1)
