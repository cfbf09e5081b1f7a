"""Offers as people meet them: taken up, thanked for, declined, asked about; what each reader sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebook.actions import offers
from casebook.models import Offer
from casebook.queries.exchange import exchange_of
from cms import dates
from tests.casebook.test_questions import make_question
from tests.factories.cases import make_author, make_offer, make_released
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def seen(client: Any, case: Any) -> str:
    return client.get(url("case_detail", case.pk)).content.decode()


def test_the_author_takes_up_and_the_other_side_learns_who_asks(login: Login) -> None:
    mine, author = login("member", organization=make_organization(name="みなと学習会"))
    client, helper = login("member", organization=make_organization())
    case = make_released(author=author)
    offer = make_offer(case, by=helper, stance="handle", due_on=dates.today() + dt.timedelta(days=5))
    assert "みなと学習会" not in seen(client, case)
    page = seen(mine, case)
    assert "お願いする" in page
    assert "もう少し聞く" in page
    assert "お願いすると、あなたの団体の名が相手に伝わります。" in page
    assert "お礼を伝える" not in page
    answer = mine.post(url("offer_accept", case.pk, offer.pk), follow=True).content.decode()
    assert "相手" in answer
    assert "みなと学習会" in seen(client, case)
    assert "お願いされました" in seen(client, case)


def test_information_is_thanked_for_and_nothing_is_handed_on(login: Login) -> None:
    mine, author = login("member", organization=make_organization())
    case = make_released(author=author)
    offer = make_offer(case, stance="information", text="読書室が空いています。")
    page = seen(mine, case)
    assert "お礼を伝える" in page
    assert "お願いする<" not in page
    told = mine.post(url("offer_accept", case.pk, offer.pk), follow=True).content.decode()
    assert "お礼を伝えました。" in told
    assert "引きつぎをお願いする" not in told
    assert mine.get(url("handover_propose", case.pk, offer.pk)).status_code == 404


def test_what_is_difficult_now_can_be_put_aside_but_not_taken_up(login: Login) -> None:
    mine, author = login("member", organization=make_organization())
    case = make_released(author=author)
    make_offer(case, stance="cannot", text="")
    page = seen(mine, case)
    assert "お願いする" not in page
    assert "今回は見送る" in page


def test_a_third_reader_sees_offers_and_no_verb(login: Login) -> None:
    other, _user = login("member", organization=make_organization())
    case = make_released()
    offer = make_offer(case, text="午前の会議室が空いています。")
    page = seen(other, case)
    assert "午前の会議室が空いています。" in page
    assert str(offer.organization) in page
    for route in ("offer_accept", "offer_decline", "offer_ask", "handover_propose", "offer_withdraw"):
        assert url(route, case.pk, offer.pk) not in page


def test_what_each_side_may_do_with_an_offer() -> None:
    case, helper = make_released(), make_author()
    offer = make_offer(case, by=helper)

    def verbs(user: Any) -> tuple[bool, bool, bool, bool]:
        (given,) = exchange_of(user, case).offers
        return given.may_decide, given.may_ask, given.may_withdraw, given.may_hand_on

    assert (verbs(case.author), verbs(helper)) == ((True, True, False, False), (False, False, True, False))
    offers.answer(by=case.author, offer=offer, accept=True)
    assert (verbs(case.author), verbs(helper)) == ((False, True, False, True), (False,) * 4)
    assert verbs(make_author()) == (False,) * 4


def test_an_offer_that_was_declined_cannot_be_asked_about(login: Login) -> None:
    mine, author = login("member", organization=make_organization())
    case = make_released(author=author)
    offer = make_offer(case)
    mine.post(url("offer_decline", case.pk, offer.pk))
    assert Offer.objects.get().state == "declined"
    assert mine.get(url("offer_ask", case.pk, offer.pk)).status_code == 404


def test_the_page_asks_the_same_number_of_questions_however_much_was_said(
    login: Login,
) -> None:
    mine, author = login("member", organization=make_organization())
    few, many = make_released(author=author), make_released(author=author)
    make_question(few)
    make_offer(few)
    for _number in range(4):
        make_question(many)
        offer = make_offer(many)
        make_question(many, offer=offer)
    counts = []
    for case in (few, many, few, many):  # the first visits mark news as read
        with CaptureQueriesContext(connection) as asked:
            seen(mine, case)
        counts.append(len(asked))
    assert counts[2] == counts[3]
