"""What a page says beforehand is what happens: where it may go, who learns what, who may still read it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import fields
from typing import Any

import pytest
from django.test import Client

from cms import dates, outbox
from cms.models import AuditEvent, Mail
from directory.actions.consultations import erasing, handing_on, holding, news, receiving, sending, watching
from directory.models import Consultation, ConsultationDesk, DeskReception, DeskSeat, Hold
from directory.models.consultations.contact import Contact
from directory.queries.consultations import reply
from directory.queries.consultations.handing_on import Arriving
from directory.queries.notifications import sentence, shown_to
from tests.directory.consultations import rooms
from tests.directory.consultations.handing import make_scene
from tests.directory.consultations.test_handing_on_views import as_, url
from tests.directory.consultations.test_reply_room import main_of
from tests.factories.consultations import ANY_TIME, make_consultation, make_counsellor, make_reception, send
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db


def opened(desk: ConsultationDesk, **words: Any) -> tuple[Consultation, Client]:
    """A consultation there, and a browser in which its room is open."""
    sent, browser = send(desk, **words), Client()
    assert browser.post("/consult/reply/", {"code": " ".join(sent.code)}).status_code == 302
    return sent.consultation, browser


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
    assert client.post(address, {"was_asked": "yes"})["Location"] == url("members:consultations")
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


# --- handing on ------------------------------------------------------------------------------------------


def test_in_one_house_the_person_is_told_that_it_has_moved_and_nothing_else_is_promised() -> None:
    said = sending.Said(contact=Contact(way="mail", mail="me@example.jp"))
    desk = make_reception().desk
    room, page = opened(desk, said=said)
    one = make_counsellor(desk)
    beside = make_reception(organization=desk.organization).desk
    question = handing_on.ask(by=one, consultation=room, to_desk=beside)
    asked = main_of(page.get("/consult/reply/"))
    assert ("やりとりは続きます" in asked, "あとから取りやめることもできます" in asked) == (True, False)
    Mail.objects.all().delete()
    receiving.write_note(by=one, consultation=room, text="電話で", kind="phone")
    handing_on.record_oral(by=one, question=question, agrees=True)
    assert Consultation.objects.get().desk == beside
    assert [mail.recipient for mail in Mail.objects.filter(kind="consultation_person")] == ["me@example.jp"]


def test_before_its_yes_the_other_house_learns_what_the_page_says() -> None:
    room, page = opened(make_reception().desk)
    question = handing_on.ask(
        by=make_counsellor(room.desk), consultation=room, to_desk=make_reception(organization=make_organization()).desk
    )
    asked = main_of(page.get("/consult/reply/"))
    assert "番号、届き方、だれのこと、年代、困っていること、至急かどうかだけ" in asked
    assert "あとから取りやめることもできます" in asked
    handing_on.answer_question(question=question, agrees=True)
    told = {field.name for field in fields(Arriving)} - {"key", "handover", "from_desk", "to_desk"}
    assert told == {"number", "method", "route", "life_stage", "concerns", "is_urgent"}


# --- what is kept ----------------------------------------------------------------------------------------


def test_a_hold_placed_at_the_moment_of_deleting_is_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    it, page = opened(make_reception().desk)
    boss = make_counsellor(it.desk, "supervisor")
    looked = reply.holds_on

    def between(consultation: Consultation) -> list[Hold]:
        found = looked(consultation)
        if not found:
            holding.hold(by=boss, consultation=it, reason="law", until=dates.today() + dt.timedelta(days=9))
        return found

    monkeypatch.setattr(reply, "holds_on", between)
    response = page.post("/consult/reply/delete/", rooms.of(it))
    assert "まだ何も消していません" in main_of(response)
    assert "法律で保管する期間" in main_of(response)
    assert Consultation.objects.get().state == "received"
    with pytest.raises(erasing.NotTold):
        erasing.delete(consultation=it, told={0})
    page.post("/consult/reply/delete/", rooms.of(it, told=str(Hold.objects.get().pk)))
    assert Consultation.objects.get().state == "held"


def test_taking_back_what_is_held_says_who_reads_it_afterwards() -> None:
    it, page = opened(make_reception().desk)
    free = main_of(page.get("/consult/reply/take-back/"))
    assert ("そのあと消えます" in free, "責任者" in free) == (True, False)
    assert "そのあとは、上に書いた日まで" not in main_of(page.get("/consult/reply/"))
    until = dates.today() + dt.timedelta(days=400)
    holding.hold(by=make_counsellor(it.desk, "supervisor"), consultation=it, reason="law", until=until)
    held = main_of(page.get("/consult/reply/take-back/"))
    assert ("そのあと消えます" in held, "上の日までは、窓口の責任者だけが見られます" in held) == (False, True)
    assert dates.japanese_date_long(until) in held
    assert "そのあとは、上に書いた日まで、窓口の責任者が見られます" in main_of(page.get("/consult/reply/"))
    page.post("/consult/reply/take-back/", rooms.of(it))
    assert "日がたって見られなくなっても、その日までは、この窓口の責任者だけ" in main_of(page.get("/consult/reply/"))


def test_a_hold_ends_when_it_is_handed_on_and_does_not_come_back_with_it() -> None:
    scene = make_scene()
    boss, until = scene.people["colleague here"], dates.today() + dt.timedelta(days=400)
    for leave in (scene.accept, lambda: handing_on.give_back(by=scene.asker, consultation=scene.it, was_asked=True)):
        holding.hold(by=boss, consultation=scene.it, reason="law", until=until)
        if leave != scene.accept:
            make_reception(receiving=True)
        leave()
        assert not Hold.objects.filter(lifted_at=None).exists()
        assert scene.events[-2] == "hold_over"
        if leave == scene.accept:
            handing_on.object_to(consultation=scene.it)
            scene.it.refresh_from_db()
            assert (scene.it.desk, reply.holds_on(scene.it)) == (scene.here, [])
    assert AuditEvent.objects.filter(action="consultation.hold_lifted").count() == 2


# --- notices ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "at", "expected"),
    [
        (Contact(), "2026-12-03T02:30+09:00", "2026-12-03T08:00+09:00"),
        (Contact(), "2026-12-03T07:59+09:00", "2026-12-03T08:00+09:00"),
        (Contact(), "2026-12-03T08:00+09:00", "2026-12-03T08:00+09:00"),
        (Contact(), "2026-12-03T19:59+09:00", "2026-12-03T19:59+09:00"),
        (Contact(), "2026-12-03T20:00+09:00", "2026-12-04T08:00+09:00"),
        (Contact(days=(0,)), "2026-12-03T12:00+09:00", "2026-12-07T08:00+09:00"),  # Mondays alone
        (Contact(days=(3,)), "2026-12-03T21:00+09:00", "2026-12-10T08:00+09:00"),
        (Contact(since="22:00", until="02:00"), "2026-12-03T21:00+09:00", "2026-12-03T22:00+09:00"),  # they said so
    ],
)
def test_nobody_is_written_to_at_night_unless_they_said_so(contact: Contact, at: str, expected: str) -> None:
    moment, first = dt.datetime.fromisoformat(at), dt.datetime.fromisoformat(expected)
    assert (contact.next_safe(moment), contact.is_safe(moment)) == (first, moment == first)


def test_the_page_on_which_hours_are_said_names_them() -> None:
    _it, page = opened(make_reception().desk)
    assert "何も書かなければ、8時から20時まで" in main_of(page.get("/consult/reply/more/"))


def test_what_is_set_aside_is_seen_by_a_second_person_and_told_to_whoever_wrote() -> None:
    reception = make_reception()
    it, page = opened(reception.desk, said=sending.Said(contact=Contact(way="mail", mail="me@example.jp", **ANY_TIME)))
    boss, one = make_counsellor(it.desk, "supervisor"), make_counsellor(it.desk)
    receiving.set_aside(by=one, consultation=it)
    heard = [row for row in shown_to(boss, boss.notifications.all()) if row.kind == news.ASIDE]
    assert [sentence(row) for row in heard] == [
        f"{it.number}　相談ではないとして、わきに置かれました。2週間で消えます。もう一度見てください。"
    ]
    assert not one.notifications.filter(kind=news.ASIDE).exists()
    outbox.deliver_due()
    assert [(row.recipient, row.state) for row in Mail.objects.filter(kind="consultation_person")] == [
        ("me@example.jp", "sent")
    ]
    it.refresh_from_db()
    assert it.erase_on is not None
    assert f"だれも書かなければ、{dates.japanese_date(it.erase_on)}に消えます" in main_of(page.get("/consult/reply/"))
    receiving.bring_back(by=boss, consultation=it)
    receiving.set_aside(by=boss, consultation=it)  # nobody above them: no news to themselves
    assert boss.notifications.filter(kind=news.ASIDE).count() == 1
