"""What was promised is kept: thirty days after the last day nothing personal is left."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories.events import make_occurrence, make_registration
from workshops.actions.capacity import recount
from workshops.actions.erasing import erase_due
from workshops.models import Registration

pytestmark = pytest.mark.django_db


def test_on_its_day_a_registration_forgets_the_person_and_keeps_the_count(client: Client) -> None:
    occurrence = make_occurrence(unit="person")
    receipt = make_registration(
        occurrence, name="なぎ", people=2, companions=["そら"], supports=["edge"], note="静かな席", email="a@example.jp",
        phone="0000-00-0009",
    )  # fmt: skip
    day = receipt.registration.erase_on
    assert erase_due(on=day - dt.timedelta(days=1)) == 0
    assert Registration.objects.get().name == "なぎ"
    assert erase_due(on=day) == 1
    assert erase_due(on=day) == 0
    stored = Registration.objects.get()
    personal = (stored.name, stored.email, stored.phone, stored.companions, stored.supports, stored.note)
    assert personal == ("", None, None, None, None, None)
    assert (stored.email_hash, stored.party_size, recount(occurrence=occurrence)) == ("", 2, (2, 2))
    assert client.get(f"/registrations/{receipt.token}/").status_code == 404
    assert not Registration.objects.by_code(receipt.code).exists()


def test_the_nightly_purge_does_it(capsys: Any, frozen: Any) -> None:
    registration = make_registration().registration
    frozen(f"{registration.erase_on}T03:00+09:00")
    call_command("purge")
    assert '"registrations": 1' in capsys.readouterr().out
    assert Registration.objects.get().name == ""
