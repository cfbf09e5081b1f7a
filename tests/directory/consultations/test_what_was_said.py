"""What a page says beforehand is what happens: where it may go, who learns what, who may still read it."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from django.test import Client

from directory.actions.consultations import handing_on, receiving, watching
from directory.models import Consultation, DeskReception, DeskSeat
from tests.directory.consultations.test_handing_on_views import as_, url
from tests.directory.consultations.test_reply_room import main_of
from tests.factories.consultations import make_consultation, make_counsellor, make_reception
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db


# --- where it may go -------------------------------------------------------------------------------------


def test_the_form_says_outside_the_fold_where_it_may_go() -> None:
    house = make_organization(name="みどりの会")
    front, other = make_reception(receiving=True, organization=house).desk, make_reception().desk
    seen = main_of(Client().get("/consult/", {"d": other.slug}))
    said = f"この窓口で受けられないときは、{front.name}（みどりの会）にうつります。"
    assert said in seen.split("<details")[0]
    assert ("そのほかの団体には" in seen, "ほかの団体には、あなたに聞いてからでないと見せません" in seen) == (
        True,
        True,
    )
    assert "受けられないとき" not in main_of(Client().get("/consult/", {"d": front.slug}))
    DeskReception.objects.update(is_receiving=False)
    assert "受けられないとき" not in main_of(Client().get("/consult/", {"d": other.slug}))


def test_without_having_asked_nothing_goes_to_a_desk_that_no_form_has_named() -> None:
    here, house = make_reception(people=0).desk, make_organization()
    one = make_counsellor(here)
    early = make_consultation(here)  # there was no receiving desk yet
    front = make_reception(receiving=True, organization=house).desk
    told = make_consultation(here)
    call = receiving.enter(by=one, desk=here, text="電話で", method="phone", form_key=secrets.token_hex(8)).consultation
    for untold in (early, call):
        with pytest.raises(handing_on.NotAsked):
            handing_on.give_back(by=one, consultation=untold)
    handing_on.give_back(by=one, consultation=told)
    DeskReception.objects.update(is_receiving=False)
    make_reception(receiving=True)  # another one is named later
    there = Consultation.objects.get(pk=told.pk)
    with pytest.raises(handing_on.NotAsked):
        handing_on.give_back(by=front.seats.get().user, consultation=there)
    assert [Consultation.objects.get(pk=each.pk).desk for each in (early, call, told)] == [here, here, front]

    client, address = as_(one), url("members:consultation_give_back", call.pk)
    page = client.get(address).content.decode()
    assert ("先に、おたずねください" in page, "おたずねはいりません" in page) == (True, False)
    page = client.post(address).content.decode()
    assert ("先にご本人におたずねになり" in page, Consultation.objects.get(pk=call.pk).desk) == (True, here)
    assert client.post(address, {"was_asked": "yes"}).url == url("members:consultations")
    assert Consultation.objects.get(pk=call.pk).desk != here


def test_within_one_house_nobody_need_have_been_told() -> None:
    house = make_organization()
    here = make_reception(organization=house).desk
    it = make_consultation(here)
    front = make_reception(receiving=True, organization=house).desk
    assert handing_on.give_back(by=here.seats.get().user, consultation=it).desk == front


def test_a_role_that_lapses_for_a_moment_moves_nothing(frozen: Any) -> None:
    frozen("2026-12-04T10:00+09:00")  # a Friday
    front, left = make_reception(receiving=True).desk, make_reception().desk
    calm, urgent = make_consultation(left), make_consultation(left, is_urgent=True)
    seat = DeskSeat.objects.filter(desk=left)

    def at(moment: str) -> list[bool]:
        """Whether the calm one, the urgent one has gone."""
        frozen(moment)
        watching.give_back_unseen()
        return [Consultation.objects.get(pk=each.pk).desk == front for each in (calm, urgent)]

    seat.update(until="2026-12-04")
    assert at("2026-12-04T10:10+09:00") == [False, False]
    seat.update(until=None)
    assert at("2026-12-04T10:20+09:00") == [False, False]
    seat.update(until="2026-12-04")  # the time begins anew
    assert at("2026-12-07T17:30+09:00") == [False, False]
    assert at("2026-12-07T18:30+09:00") == [False, True]
    assert at("2026-12-08T16:59+09:00") == [False, True]
    assert at("2026-12-08T17:00+09:00") == [True, True]
