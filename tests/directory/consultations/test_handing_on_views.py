"""The screens of handing on, as counsellors of both desks go through them."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.actions.consultations import handing_on, receiving, sending
from directory.enums import ConsentState, HandoverState
from directory.models import ConsentQuestion, Consultation, Handover, Notification, User
from directory.models.consultations.contact import Contact
from directory.queries.notifications import kinds, shown_to
from tests.directory.consultations.handing import Scene, make_scene
from tests.factories.consultations import make_consultation, make_counsellor, make_reception
from tests.factories.people import make_organization, satisfy_mfa, sign_in

pytestmark = pytest.mark.django_db
SECRETS = ("ZZ本文", "ZZ名前", "ZZなぜ", "0000-00-0001")
OPEN, HANDING = "members:consultation", "members:consultation_handing"


def as_(user: User) -> Client:
    """Somebody who has come in."""
    client = Client()
    if not Authenticator.objects.filter(user=user).exists():
        satisfy_mfa(user)
    sign_in(client, user)
    return client


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def said() -> sending.Said:
    return sending.Said(route="r2", life_stage="l6", name="ZZ名前", contact=Contact(way="phone", phone="0000-00-0001"))


def told(scene: Scene, user: User) -> list[str]:
    """Where the news of the hand-over leads this person."""
    rows = shown_to(user, Notification.objects.visible_to(user).filter(kind="consultation_handover"))
    return [kinds()[row.kind].path(row) for row in rows]


def test_from_the_question_to_the_end_of_the_hand_over() -> None:
    scene = make_scene(text="ZZ本文", said=said())
    pk = scene.it.pk
    here, there = as_(scene.asker), as_(scene.taker)
    assert url("members:consultation_hand_on", pk) in here.get(url(OPEN, pk)).content.decode()

    ask = url("members:consultation_hand_on", pk)
    page = here.post(ask, {"to_desk": scene.here.pk, "words": "ZZなぜ"})  # its own desk is none of the choices
    assert (page.status_code, "to_desk" in page.context["form"].errors) == (200, True)
    assert "ZZなぜ" in page.content.decode()  # nothing typed is lost
    sent = {"to_desk": scene.there.pk, "words": "ZZなぜ"}
    assert here.post(ask, sent).status_code == 302
    assert here.post(ask, sent).status_code == 302  # pressed twice
    question = ConsentQuestion.objects.get()
    assert (question.state, question.words) == (ConsentState.ASKED, "ZZなぜ")
    for address in (url(OPEN, pk), url(HANDING, pk)):
        assert there.get(address).status_code == 404

    here.post(url("members:consultation_answered", pk, question.pk), {})  # neither yes nor no
    assert ConsentQuestion.objects.get().state == ConsentState.ASKED
    page = here.post(url("members:consultation_answered", pk, question.pk), {"agrees": "yes"}, follow=True)
    assert "先に、どうやって聞いたか" in page.content.decode()  # it came in writing, and no contact is noted
    assert ConsentQuestion.objects.get().state == ConsentState.ASKED
    receiving.write_note(by=scene.asker, consultation=scene.it, text="電話で聞いた", kind="phone")
    here.post(url("members:consultation_answered", pk, question.pk), {"agrees": "yes"})
    handover = Handover.objects.get()
    assert told(scene, scene.taker) == [url(HANDING, pk)]
    for address in (url(HANDING, pk), url("members:consultations_asked"), url("members:consultations")):
        text = there.get(address).content.decode()
        assert [word for word in SECRETS if word in text] == []
    assert scene.it.number in there.get(url(HANDING, pk)).content.decode()
    assert there.get(url(OPEN, pk)).status_code == 404

    assert there.post(url("members:consultation_accept", pk, handover.pk)).status_code == 302
    text = there.get(url(OPEN, pk)).content.decode()
    assert [word for word in SECRETS if word in text] == ["ZZ本文", "ZZ名前", "0000-00-0001"]
    assert there.get(url(HANDING, pk)).url.startswith(url(OPEN, pk))
    assert here.get(url(OPEN, pk)).status_code == 200  # reads along

    there.post(url("members:consultation_done", pk, handover.pk))
    assert (here.get(url(OPEN, pk)).status_code, there.get(url(OPEN, pk)).status_code) == (404, 200)
    assert Handover.objects.get().state == HandoverState.DONE


def test_the_inbox_says_what_each_side_waits_for() -> None:
    scene = make_scene()

    def beside(user: User) -> list[str]:
        return [each.step for each in as_(user).get(url("members:consultations")).context["mine"]]

    def waiting(user: User) -> int:
        page = as_(user).get(url("members:consultations"), {"tab": "handed"})
        return len(page.context["page"].object_list)

    row = scene.propose()
    assert (beside(scene.asker), waiting(scene.asker)) == (["引きつぎの返事を待っています"], 1)
    assert as_(scene.taker).get(url("members:consultations")).context["asked"] == 1
    handing_on.accept(by=scene.taker, handover=row)
    receiving.answer(by=scene.taker, consultation=scene.it, text="はじめまして。", form_key="first")
    assert beside(scene.taker) == ["引きつぎを終えていません"]
    assert [waiting(user) for user in (scene.asker, scene.taker)] == [1, 1]


def test_no_by_a_code_and_without_a_word() -> None:
    scene = make_scene()
    row, there = scene.propose(), as_(scene.taker)
    address = url("members:consultation_decline", scene.it.pk, row.pk)
    assert "reason" in there.post(address, {}).context["form"].errors
    assert there.post(address, {"reason": "full", "note": "ZZ"}).url == url("members:consultations")
    assert (scene.fresh(row).state, scene.fresh(row).note) == (HandoverState.DECLINED, None)
    assert there.get(address).status_code == 404
    page = as_(scene.asker).get(url(OPEN, scene.it.pk))
    assert page.context["handing"].refusal == row


def test_either_side_takes_it_back_and_says_why_once_it_was_taken_on() -> None:
    scene = make_scene()
    row = scene.propose()
    here, there = as_(scene.asker), as_(scene.taker)
    address = url("members:consultation_withdraw", scene.it.pk, row.pk)
    assert there.get(address).status_code == 404  # they have not taken it on
    assert here.get(address).status_code == 200
    handing_on.accept(by=scene.taker, handover=row)
    assert "reason" in here.post(address, {}).context["form"].errors
    assert there.post(address, {"reason": "unable"}).url == url("members:consultations")
    scene.it.refresh_from_db()
    assert (scene.it.desk, scene.fresh(row).reason) == (scene.here, "unable")
    assert here.post(address, {"reason": "wish"}).status_code == 404  # over


def test_in_one_house_the_counsellor_is_led_to_the_list_when_it_has_moved() -> None:
    scene = make_scene()
    question = scene.ask(scene.beside)
    answered = url("members:consultation_answered", scene.it.pk, question.pk)
    client = as_(scene.asker)
    receiving.write_note(by=scene.asker, consultation=scene.it, text="電話で聞いた", kind="phone")
    assert client.post(answered, {"agrees": "yes"}).url == url("members:consultations")
    scene.it.refresh_from_db()
    assert scene.it.desk == scene.beside
    assert client.post(answered, {"agrees": "no"}).status_code == 404


def test_too_late_is_said_kindly() -> None:
    scene = make_scene()
    question = scene.ask()
    client = as_(scene.asker)
    handing_on.answer_question(question=question, agrees=False)
    page = client.post(url("members:consultation_question_back", scene.it.pk, question.pk), follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["warning"]
    row = scene.propose()
    colleague = as_(scene.people["colleague there"])
    handing_on.accept(by=scene.taker, handover=row)
    page = colleague.post(url("members:consultation_accept", scene.it.pk, row.pk), follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["warning"]


def test_given_back_is_offered_only_where_there_is_such_a_desk() -> None:
    scene = make_scene()
    client, address = as_(scene.asker), url("members:consultation_give_back", scene.it.pk)
    assert client.get(address).status_code == 404
    front = make_reception(receiving=True).desk
    assert front.name in client.get(address).content.decode()
    assert client.post(address, {"was_asked": "yes"}).url == url("members:consultations")
    assert Consultation.objects.get().desk == front
    assert as_(front.seats.get().user).get(address).status_code == 404  # it is theirs already


def test_the_list_asks_the_database_as_often_for_one_as_for_many() -> None:
    desk = make_reception(people=0).desk
    client = as_(make_counsellor(desk))

    def asked() -> None:
        other = make_reception(people=0, organization=make_organization()).desk
        by = make_counsellor(other)
        question = handing_on.ask(by=by, consultation=make_consultation(other), to_desk=desk)
        handing_on.answer_question(question=question, agrees=True)

    def count() -> tuple[int, int]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(url("members:consultations_asked"))
        return len(queries), len(page.context["rows"])

    asked()
    one = count()
    for _each in range(3):
        asked()
    assert (one[1], count()) == (1, (one[0], 4))
